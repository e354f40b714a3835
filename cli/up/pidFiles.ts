import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { commandLineOf, isAlive, type ProcessIdentity } from './processes.js';

/** `run/NAME.pid` holds the pid alone, for `kill`; `run/NAME.command` the command line that has to match it. */
const filesOf = (runDir: string, name: string) => ({
  pid: path.join(runDir, `${name}.pid`),
  command: path.join(runDir, `${name}.command`),
});

/** Writes down that a process runs under this name, unless it has ended already. The pid comes last: alone the other means nothing. */
export function writePidFile(runDir: string, name: string, pid: number): void {
  const commandLine = commandLineOf(pid);
  if (commandLine === undefined) return;
  const files = filesOf(runDir, name);
  writeFileSync(files.command, `${commandLine}\n`);
  writeFileSync(files.pid, `${pid}\n`);
}

/** The process that was written down under this name, where it still runs. */
export function runningAs(runDir: string, name: string): ProcessIdentity | undefined {
  const files = filesOf(runDir, name);
  const pid = Number(textOf(files.pid));
  const identity = { pid, commandLine: textOf(files.command) };
  return Number.isInteger(pid) && pid > 0 && identity.commandLine !== '' && isAlive(identity) ? identity : undefined;
}

export function removePidFile(runDir: string, name: string): void {
  const files = filesOf(runDir, name);
  for (const file of [files.pid, files.command]) rmSync(file, { force: true });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
