import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CommandFailure, WRONG_USE } from '../failure.js';
import { removePidFile, runningAs, writePidFile } from './pidFiles.js';
import { hasGone, type ProcessIdentity } from './processes.js';

const NAME = 'up';
/** One whose own starter was killed notices within a second, and then stops: that is worth waiting for. */
const NOTICE_MS = 1_500;
const STOP_MS = 40_000;
const POLL_EVERY_MS = 100;

const stoppingFile = (runDir: string): string => path.join(runDir, 'up.stopping');

/** This folder is ours, until it is given back. */
export interface Claim {
  /** Says that we are on our way out, so that whoever starts now waits. */
  announceStop: () => void;
  giveBack: () => void;
}

/**
 * Takes the data folder for this process: two on one folder would end each other's services.
 *
 * @throws CommandFailure naming the process that has it
 */
export async function claimDataFolder(dataDir: string, runDir: string, say: (line: string) => void): Promise<Claim> {
  const other = runningAs(runDir, NAME);
  if (other !== undefined && other.pid !== process.pid) await waitFor(other, { dataDir, runDir, say });
  rmSync(stoppingFile(runDir), { force: true });
  writePidFile(runDir, NAME, process.pid);
  return {
    announceStop: () => writeFileSync(stoppingFile(runDir), `${process.pid}\n`),
    giveBack: () => {
      removePidFile(runDir, NAME);
      rmSync(stoppingFile(runDir), { force: true });
    },
  };
}

interface Place {
  dataDir: string;
  runDir: string;
  say: (line: string) => void;
}

async function waitFor(other: ProcessIdentity, { dataDir, runDir, say }: Place): Promise<void> {
  const giveUpAtMs = Date.now() + NOTICE_MS;
  while (!isStopping(runDir, other.pid)) {
    if (await hasGone(other, 0)) return;
    if (Date.now() > giveUpAtMs) throw alreadyRunning(other.pid, dataDir);
    await pause(POLL_EVERY_MS);
  }
  say(`Waiting for pid ${other.pid}, which is stopping …`);
  if (!(await hasGone(other, STOP_MS))) throw alreadyRunning(other.pid, dataDir);
}

function isStopping(runDir: string, pid: number): boolean {
  try {
    return Number(readFileSync(stoppingFile(runDir), 'utf8')) === pid;
  } catch {
    return false;
  }
}

const alreadyRunning = (pid: number, dataDir: string): CommandFailure =>
  new CommandFailure(
    `leadtime is running on ${dataDir} already: pid ${pid}. Stop it with Ctrl-C in its terminal or "kill ${pid}", or choose another folder with --data.`,
    WRONG_USE,
  );
