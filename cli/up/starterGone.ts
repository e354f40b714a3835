import { readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 500;

/**
 * Resolves when the npm that started us has been killed: then nobody can stop us with Ctrl-C any more, and a new `npm start`
 * needs our place. Never resolves where no npm did: who detaches us on purpose (nohup, a service manager) is not followed.
 */
export function starterGone(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  if (env['npm_lifecycle_event'] === undefined) return new Promise(() => undefined);
  const starters = starterChain();
  return new Promise((resolve) => {
    const look = setInterval(() => {
      if (starterChain() === starters) return;
      clearInterval(look);
      resolve();
    }, LOOK_EVERY_MS);
    look.unref();
  });
}

/** Our parent and its parent: npm runs a shell that runs us. */
const starterChain = (): string => `${process.ppid} ${parentOf(process.ppid)}`;

/** Field 4 of proc(5); the name before it may hold spaces and brackets. Empty where the system does not tell. */
function parentOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? '';
  } catch {
    return '';
  }
}
