import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const POLL_EVERY_MS = 50;

/** A process for certain: pids are given out again, so the command line has to match too. */
export interface ProcessIdentity {
  pid: number;
  /** Words joined by spaces, as the system tells. */
  commandLine: string;
}

const hasProc = existsSync('/proc/self/cmdline');

/** The command line of a process; undefined where there is none any more. */
export function commandLineOf(pid: number): string | undefined {
  const text = hasProc ? procCommandLine(pid) : psCommandLine(pid);
  return text === '' ? undefined : text;
}

function procCommandLine(pid: number): string {
  try {
    // A process that has ended and whose parent has not looked yet has an empty one.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

function psCommandLine(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

export const isAlive = ({ pid, commandLine }: ProcessIdentity): boolean => commandLineOf(pid) === commandLine;

/** Waits until a process has gone. @returns false when it has not in that time */
export async function hasGone(identity: ProcessIdentity, withinMs: number): Promise<boolean> {
  const giveUpAtMs = Date.now() + withinMs;
  while (isAlive(identity)) {
    if (Date.now() > giveUpAtMs) return false;
    await pause(POLL_EVERY_MS);
  }
  return true;
}

/** Asks a process to end, and insists after that time. */
export async function endProcess(identity: ProcessIdentity, patienceMs: number): Promise<void> {
  signal(identity, 'SIGTERM');
  if (await hasGone(identity, patienceMs)) return;
  signal(identity, 'SIGKILL');
  await hasGone(identity, patienceMs);
}

function signal(identity: ProcessIdentity, name: NodeJS.Signals): void {
  try {
    if (isAlive(identity)) process.kill(identity.pid, name);
  } catch (error) {
    const hasJustGone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!hasJustGone) throw error;
  }
}
