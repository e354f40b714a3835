import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { commandLineOf, type ProcessIdentity } from './processes.js';

/** State of a listening socket in proc(5)'s tables. */
const LISTEN = '0A';
const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];

/** The process that listens on a TCP port of this machine; undefined where the system does not tell, as of another user's. */
export function portHolder(port: number): ProcessIdentity | undefined {
  const pid = existsSync('/proc/net/tcp') ? holderFromProc(port) : holderFromLsof(port);
  const commandLine = pid === undefined ? undefined : commandLineOf(pid);
  return pid === undefined || commandLine === undefined ? undefined : { pid, commandLine };
}

function holderFromProc(port: number): number | undefined {
  const sockets = TABLES.filter(existsSync).flatMap((table) => listeningSockets(readFileSync(table, 'utf8'), port));
  const links = new Set(sockets.map((inode) => `socket:[${inode}]`));
  if (links.size === 0) return undefined;
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).find((pid) => openFiles(pid).some((link) => links.has(link)));
}

/** Inodes of the sockets that listen on a port: fields 2 (`address:port` in hexadecimal), 4 and 10 of each line. */
function listeningSockets(table: string, port: number): string[] {
  return table.split('\n').flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const isOnPort = parseInt(fields[1]?.split(':')[1] ?? '', 16) === port;
    return isOnPort && fields[3] === LISTEN && fields[9] !== undefined ? [fields[9]] : [];
  });
}

/** What the open files of a process are; empty for a process of somebody else, or one that has just ended. */
function openFiles(pid: number): string[] {
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).map((descriptor) => linkTarget(`${folder}/${descriptor}`));
  } catch {
    return [];
  }
}

function linkTarget(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return '';
  }
}

function holderFromLsof(port: number): number | undefined {
  try {
    const answer = execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fp'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [, pid] = /^p(\d+)$/m.exec(answer) ?? [];
    return pid === undefined ? undefined : Number(pid);
  } catch {
    return undefined;
  }
}
