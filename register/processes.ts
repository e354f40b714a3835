import { readFileSync } from 'node:fs';

/**
 * When a process started, in the kernel's own ticks: with the pid it names a process for good, because pids are given out
 * again. Empty where the system does not tell (no Linux) or there is no such process.
 */
export function startOfProcess(pid: number): string {
  return fieldsOf(pid)?.start ?? '';
}

/** Whether the process with that pid that started then (`startOfProcess`; empty: unknown) still runs. */
export function isRunning(pid: number, start: string): boolean {
  if (!existsProcess(pid)) return false;
  const now = fieldsOf(pid);
  if (now === undefined) return true;
  const isSame = start === '' || now.start === start;
  return isSame && now.state !== 'Z';
}

function existsProcess(pid: number): boolean {
  try {
    // Signal 0 only asks.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** State and start time, fields 3 and 22 of proc(5); the name before them may hold spaces and brackets. */
function fieldsOf(pid: number): { state: string; start: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const start = rest[18];
    return state === undefined || start === undefined ? undefined : { state, start };
  } catch {
    return undefined;
  }
}
