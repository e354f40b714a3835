/**
 * Re-plans a whole country's practices in this one process, on two threads, and prints what it took, as one line of JSON:
 * `portfolio.process.js EXAMPLE PRACTICES`. Started by `portfolio.ts`, so that the memory measured is that of this work alone.
 *
 * The orders, the rules and the calendar are read before the clock starts. They are all planned several times over: the first
 * time Node compiles as it goes.
 */
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';

const THREADS = 2;
const ROUNDS = 6;
/** Without a limit, Node lets garbage lie as long as the machine has memory left, and that is what would be measured. */
const limits = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 48 };

const datedSchema = z.number();
const [, , example, practices] = process.argv;
const file = fileURLToPath(new URL('./portfolio.thread.js', import.meta.url));

const threads = Array.from({ length: THREADS }, (_, thread) => {
  const workerData = { example, practices: Number(practices), thread, threads: THREADS };
  return new Worker(file, { workerData, resourceLimits: limits });
});

/** What each thread says next, added up. */
async function said(): Promise<number> {
  const answers = threads.map((thread) => {
    return new Promise((resolve, reject) => {
      thread.once('message', resolve);
      thread.once('error', reject);
    });
  });
  const numbers = z.array(datedSchema).parse(await Promise.all(answers));
  return numbers.reduce((sum, each) => sum + each, 0);
}

async function round(): Promise<{ ms: number; milestones: number }> {
  const startMs = performance.now();
  for (const thread of threads) thread.postMessage('go');
  const milestones = await said();
  return { ms: performance.now() - startMs, milestones };
}

await said();
const rounds = [];
for (let count = 0; count < ROUNDS; count += 1) rounds.push(await round());
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ rounds, peakMegabytes }));
await Promise.all(threads.map((thread) => thread.terminate()));
