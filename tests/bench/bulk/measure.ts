/** An operation on many practices beside a plain client's loop: the same update with the same payload on the same server. */
import { setTimeout as pause } from 'node:timers/promises';
import { mustAgree, type Row } from '../../../bench/report.js';
import { median } from '../../../bench/timing.js';
import { bulkWorkflowId } from '../../../workflows/bulk/messages.js';
import { workflowIdOfPractice } from '../../../workflows/migration/ids.js';
import { doneUpdate } from '../../../workflows/migration/messages.js';
import { currentOrder } from '../../e2e/support/currentOrder.js';
import { plannedExample } from '../../support/examples.js';
import { practiceCodes, updateIdOf, type BenchSystem } from './system.js';

const GOAL = 0.8;
const by = 'Tom Ashdown';
const LOOK_EVERY_MS = 200;
const PATIENCE_MS = 600_000;

export interface BulkBench {
  /** In each of the two halves: one for the loop, one for the operations. */
  practices: number;
  rounds: number;
  /** Updates at one time, in the loop as in the worker. */
  atOnce: number;
}

const order = currentOrder();

/** What somebody in the practice does, one a round: it waits for nothing, and nothing else happens when it is done. */
function milestonesOf(rounds: number): string[] {
  const { milestones } = plannedExample(order).plan;
  const simple = milestones.filter((each) => each.kind === 'task' && each.waitsFor.length === 0 && !each.decides);
  const open = simple.filter(({ id }) => !milestones.some(({ waitsFor }) => waitsFor.includes(id)));
  if (open.length < rounds) throw new Error(`There are ${open.length} milestones for ${rounds} rounds.`);
  return open.slice(0, rounds).map(({ id }) => id);
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const giveUpAtMs = Date.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (Date.now() > giveUpAtMs) throw new Error(`Waited in vain until ${what}.`);
    await pause(LOOK_EVERY_MS);
  }
}

const RECORDS = `select count(*)::int as records, count(distinct migration_id)::int as migrations from audit
  where type = $1 and coalesce(data->>'milestoneId', '') = $2 and actor = any($3)`;

/** Waits until the register has it of every practice, so that nothing is left to do when the next one is measured. */
async function untilQuiet(system: BenchSystem, type: string, milestone: string, actors: string[], practices: number) {
  await until(`${milestone} is in the audit of ${practices}`, async () => {
    const [counted] = await system.query(RECORDS, [type, milestone, actors]);
    return Number(counted?.['migrations']) >= practices;
  });
}

/** @throws MismatchError unless the milestone is in the audit of every practice, once */
async function checkOnce(system: BenchSystem, milestone: string, actor: string, practices: number): Promise<void> {
  const [counted] = await system.query(RECORDS, ['milestone.done', milestone, [actor]]);
  mustAgree(`${milestone} by ${actor}`, [counted?.['records'], counted?.['migrations']], [practices, practices]);
}

async function start(system: BenchSystem, codes: readonly string[]): Promise<void> {
  const rows = codes.map((odsCode) => ({
    fileName: `${odsCode}.yaml`,
    text: JSON.stringify({ ...order, practice: { ...order.practice, odsCode } }),
  }));
  const bulkId = await system.ask({ by, dryRun: false, start: rows });
  await system.link.client.workflow.getHandle(bulkWorkflowId(bulkId)).result();
  const { failed } = (await system.register.findBulk(bulkId)) ?? { failed: codes.length };
  if (failed > 0) throw new Error(`${failed} migrations could not be started.`);
  await untilQuiet(system, 'migration.started', '', ['leadtime'], codes.length);
}

const payload = (milestoneId: string, name: string) => ({ milestoneId, on: order.orderedOn, by: name });

/** A plain client: so many at a time, each the next practice. @returns updates a second */
async function loopRate(
  system: BenchSystem,
  codes: readonly string[],
  milestone: string,
  atOnce: number,
): Promise<number> {
  const left = [...codes];
  const { workflow } = system.link.client;
  const startMs = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let code = left.pop(); code !== undefined; code = left.pop()) {
        const args: [ReturnType<typeof payload>] = [payload(milestone, 'the loop')];
        const updateId = updateIdOf(milestone, code);
        await workflow.getHandle(workflowIdOfPractice(code)).executeUpdate(doneUpdate, { updateId, args });
      }
    }),
  );
  return (codes.length / (performance.now() - startMs)) * 1_000;
}

/** From asking for the operation, rows and all, to its end. @returns updates a second */
async function bulkRate(system: BenchSystem, codes: readonly string[], milestone: string): Promise<number> {
  const startMs = performance.now();
  const rows = codes.map((practice) => ({ practice, milestone, on: order.orderedOn }));
  const bulkId = await system.ask({ by: 'operation', dryRun: false, done: rows });
  await system.link.client.workflow.getHandle(bulkWorkflowId(bulkId)).result();
  const rate = (codes.length / (performance.now() - startMs)) * 1_000;
  const { done } = (await system.register.findBulk(bulkId)) ?? { done: 0 };
  mustAgree('rows that are done', [done], [codes.length]);
  return rate;
}

/** They take turns, so that what slows the machine down slows both; the first round is for warming up. */
export async function measureBulk(system: BenchSystem, { practices, rounds, atOnce }: BulkBench): Promise<Row> {
  const looped = practiceCodes('A', practices);
  const operated = practiceCodes('B', practices);
  await start(system, [...looped, ...operated]);
  const [loop, bulk]: [number[], number[]] = [[], []];
  const runLoop = async (milestone: string) => loop.push(await loopRate(system, looped, milestone, atOnce));
  const runBulk = async (milestone: string) => bulk.push(await bulkRate(system, operated, milestone));
  for (const [round, milestone] of milestonesOf(rounds + 1).entries()) {
    for (const run of round % 2 === 0 ? [runLoop, runBulk] : [runBulk, runLoop]) {
      await run(milestone);
      const actor = run === runLoop ? 'the loop' : 'operation';
      await untilQuiet(system, 'milestone.done', milestone, [actor], practices);
      await checkOnce(system, milestone, actor, practices);
    }
  }
  const [loopMedian, bulkMedian] = [median(loop.slice(1)), median(bulk.slice(1))];
  return {
    what: `done on ${practices} practices, ${atOnce} at a time`,
    ours: `${bulkMedian.toFixed(0)} a second`,
    rival: `${loopMedian.toFixed(0)} a second (a loop)`,
    ratio: bulkMedian / loopMedian,
    goal: `≥ ${GOAL.toFixed(1)}×`,
    isMet: bulkMedian >= GOAL * loopMedian,
  };
}
