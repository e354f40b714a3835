import { readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { eventually } from './wait.mjs';

const PATIENCE_MS = 30_000;
/** Of the fields after the command in `/proc/PID/stat`: when the process was started, in ticks since the machine was. */
const START_TIME_FIELD = 19;

/** Notes a server, so that the next run can end it where this one is killed and cannot. */
export async function remember(folder, { name, pid, stopSignal }) {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, `${name}.pid`), JSON.stringify({ pid, startTime: startTimeOf(pid), stopSignal }));
}

export const forget = (folder, name) => rm(path.join(folder, `${name}.pid`), { force: true });

/** Ends the servers that a killed run left behind. A process that only has the same number is left alone. */
export async function endOrphans(folder) {
  const names = await readdir(folder).catch(() => []);
  for (const file of names.filter((name) => name.endsWith('.pid'))) {
    const { pid, startTime, stopSignal } = JSON.parse(await readFile(path.join(folder, file), 'utf8'));
    if (startTime !== undefined && startTimeOf(pid) === startTime) await end({ file, pid, startTime, stopSignal });
    await rm(path.join(folder, file));
  }
}

async function end({ file, pid, startTime, stopSignal }) {
  console.error(`Ending what an earlier run left behind: ${path.basename(file, '.pid')}, process ${pid}`);
  signalTo(pid, stopSignal);
  await eventually(`process ${pid} ends`, PATIENCE_MS, () => {
    if (startTimeOf(pid) === startTime) throw new Error('It is still there.');
  });
}

/** It may end by itself at any moment: nobody reads any more what it prints. */
function signalTo(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Number and start time together mean one process for as long as the machine runs; undefined when it is gone. */
function startTimeOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? undefined : fields[START_TIME_FIELD - 1];
  } catch {
    return undefined;
  }
}
