import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { forget, remember } from './orphans.mjs';

const LAST_LINES = 15;
const PATIENCE_MS = 30_000;

/**
 * The servers of one run. They are stopped in the opposite order of their start.
 *
 * @param dataDir each server's output goes to a file of `logs/`, its process to one of `run/`
 * @param onDeath called with a sentence when a server ends that nobody stopped
 */
export function createChildren(dataDir, onDeath) {
  const logFolder = path.join(dataDir, 'logs');
  const runFolder = path.join(dataDir, 'run');
  const running = [];
  let stopping = false;
  return {
    start: async (name, command, args, options = {}) => {
      await mkdir(logFolder, { recursive: true });
      const child = startChild({ name, command, args, options, logFile: path.join(logFolder, `${name}.log`) });
      void child.ended.then(() => {
        if (!stopping) onDeath(`${name} has ended by itself. The end of ${child.logFile}:\n${child.lastLines()}`);
      });
      running.push(child);
      if (child.pid !== undefined) await remember(runFolder, child);
    },
    stop: async () => {
      stopping = true;
      for (const child of running.toReversed()) {
        await child.stop();
        await forget(runFolder, child.name);
      }
    },
  };
}

function startChild({ name, command, args, options, logFile }) {
  const { stopSignal = 'SIGTERM', ...spawnOptions } = options;
  // A group of its own: Ctrl-C reaches this process alone, which then stops the servers one after another.
  const child = spawn(command, args, { ...spawnOptions, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
  let printed = '';
  const listen = (chunk) => {
    log.write(chunk);
    printed = (printed + chunk)
      .split('\n')
      .slice(-LAST_LINES - 1)
      .join('\n');
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const ended = new Promise((resolve) => {
    child.once('error', (error) => listen(`${command}: ${error.message}\n`));
    child.once('close', resolve);
  });
  const { pid } = child;
  return {
    name,
    pid,
    stopSignal,
    logFile,
    ended,
    lastLines: () => printed,
    stop: () => stop(child, ended, stopSignal),
  };
}

/** Asks, and after half a minute insists. */
async function stop(child, ended, signal) {
  const insist = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  child.kill(signal);
  await ended;
  clearTimeout(insist);
}
