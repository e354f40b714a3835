/**
 * Re-plans a whole country's practices in this one process, on two threads, and prints what it took, as one line of JSON:
 * `portfolio.process.js PRACTICES`. Started by `portfolio.ts`, so that the memory measured is that of this work alone.
 *
 * The orders, the rules and the calendar are read before the clock starts; what is left at the end are the days of every
 * milestone.
 */
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';

const THREADS = 2;
/** Without a limit, Node lets garbage lie as long as the machine has memory left, and that is what would be measured. */
const limits = { maxOldGenerationSizeMb: 112, maxYoungGenerationSizeMb: 16 };

const countSchema = z.number();
const practices = Number(process.argv[2]);
const file = fileURLToPath(new URL('./portfolio.thread.js', import.meta.url));

const threads = Array.from({ length: THREADS }, (_, thread) => {
  return new Worker(file, { workerData: { practices, thread, threads: THREADS }, resourceLimits: limits });
});

/** The next thing that each thread says. */
const said = (): Promise<unknown[]> =>
  Promise.all(
    threads.map((thread) => {
      return new Promise((resolve, reject) => {
        thread.once('message', resolve);
        thread.once('error', reject);
      });
    }),
  );

await said();
const startMs = performance.now();
for (const thread of threads) thread.postMessage('go');
const milestones = (await said()).reduce<number>((sum, each) => sum + countSchema.parse(each), 0);
const ms = performance.now() - startMs;

console.log(JSON.stringify({ ms, milestones, peakMegabytes: process.resourceUsage().maxRSS / 1024 }));
await Promise.all(threads.map((thread) => thread.terminate()));
