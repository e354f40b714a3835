/**
 * An exclusive lock on a folder, for one process at a time: two processes on one embedded database lose rows silently.
 *
 * `register.lock` is the lock, kept fresh while its holder lives; `owner.json` says who holds it, so that the lock of a
 * killed process can be taken over at once, and that of a process that is merely stopped or asleep never is.
 */
import { existsSync } from 'node:fs';
import { readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { lock } from 'proper-lockfile';
import { z } from 'zod';
import { RegisterLockedError } from './errors.js';
import { isRunning, startOfProcess } from './processes.js';

export interface FolderLock {
  /** True once another process has the lock, which takes someone deleting files by hand. */
  isLost(): boolean;
  release(): Promise<void>;
}

/** Where the holder cannot be looked up (another machine, another container), a lock this old is nobody's. */
const STALE_MS = 10_000;
/** Long enough to see such a lock grow stale. */
const UNTIL_STALE = { retries: 12, factor: 1, minTimeout: 1_000, maxTimeout: 1_000 };
/** Taking the lock takes milliseconds; only a process killed within them makes others wait. */
const TURN = { stale: 2_000, retries: { retries: 30, factor: 1, minTimeout: 100, maxTimeout: 100 } };

const ownerSchema = z.object({ pid: z.int(), host: z.string(), start: z.string() });
type Owner = z.infer<typeof ownerSchema>;

/** Takes the lock on an existing folder. @throws RegisterLockedError when another process holds it */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const real = await realpath(folder);
  const endTurn = await lock(path.join(real, 'opening'), { ...TURN, realpath: false }).catch(refusal(folder));
  try {
    return await takeLock(folder, real);
  } finally {
    await endTurn();
  }
}

/** Between looking at the owner and taking the lock nobody else may do the same, hence the turns. */
async function takeLock(folder: string, real: string): Promise<FolderLock> {
  const files = { lock: path.join(real, 'register.lock'), owner: path.join(real, 'owner.json') };
  const owner = existsSync(files.lock) ? await readOwner(files.owner) : undefined;
  const isHere = owner?.host === hostname();
  if (owner && isHere) await endIfDead(folder, files.lock, owner);

  let lost = false;
  const release = await lock(path.join(real, 'register'), {
    realpath: false,
    stale: STALE_MS,
    retries: isHere ? 0 : UNTIL_STALE,
    onCompromised: () => {
      lost = true;
    },
  }).catch(refusal(folder, owner?.pid));
  await writeFile(files.owner, JSON.stringify(thisProcess()));
  return {
    isLost: () => lost,
    release: async () => {
      if (lost) return;
      await rm(files.owner, { force: true });
      await release();
    },
  };
}

async function endIfDead(folder: string, lockPath: string, owner: Owner): Promise<void> {
  if (isRunning(owner.pid, owner.start)) throw new RegisterLockedError(folder, owner.pid);
  await rm(lockPath, { recursive: true, force: true });
}

function thisProcess(): Owner {
  return { pid: process.pid, host: hostname(), start: startOfProcess(process.pid) };
}

async function readOwner(file: string): Promise<Owner | undefined> {
  try {
    return ownerSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

function refusal(folder: string, pid?: number) {
  return (error: unknown): never => {
    const isHeld = error instanceof Error && 'code' in error && error.code === 'ELOCKED';
    throw isHeld ? new RegisterLockedError(folder, pid) : error;
  };
}
