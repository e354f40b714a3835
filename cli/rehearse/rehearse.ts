import type { PlannedOrder } from '../../config/planFromText.js';
import { instantOf } from '../../rules/calendar/clock.js';
import type { Replanned } from '../../rules/migration/redate/planned.js';
import { replanningWith } from '../../rules/migration/redate/replanning.js';
import { startMigration } from '../../rules/migration/start.js';
import type { MigrationState } from '../../rules/migration/state.js';
import { nobody } from '../../rules/rehearsal/actor.js';
import { diligent } from '../../rules/rehearsal/diligent.js';
import { firstDayOf } from '../../rules/rehearsal/firstDay.js';
import { rehearseMigration, type Rehearsal, type RehearsalOptions } from '../../rules/rehearsal/run.js';
import { summaryOf } from '../../rules/rehearsal/summary.js';
import type { TraceEntry } from '../../rules/rehearsal/trace.js';
import { makeMigrationId } from '../../workflows/migration/ids.js';
import { ANSWER_IS_NO } from '../failure.js';
import { BadOrder, loadPlan } from '../plan/load.js';
import type { RuleOptions } from '../plan/ruleOptions.js';
import { readEvents } from './readEvents.js';

export interface RehearseOptions extends RuleOptions {
  events?: string;
  nobody?: true;
  early?: true;
  prove?: true;
  mails?: true;
  asOf?: string;
  json?: true;
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));

/** Does what `leadtime rehearse` is asked for. */
export async function rehearse(file: string, options: RehearseOptions): Promise<void> {
  try {
    const planned = await loadPlan(file, options.asOf, firstDayOf, options);
    warnOfRefusals(planned);
    const start = startOf(planned);
    if (options.prove) await prove(start, options);
    else await showRehearsal(start, options, planned);
  } catch (error) {
    if (options.json && error instanceof BadOrder) printJson({ problems: error.problems });
    throw error;
  }
}

/** A rehearsal goes on all the same: it shows what becomes of a migration that starts late. */
function warnOfRefusals({ refusals, asOf }: PlannedOrder): void {
  if (refusals.length === 0) return;
  process.stderr.write(
    `warning: as of ${asOf} this order would be refused: "leadtime plan" says why; the rehearsal goes on as if the risks were accepted\n`,
  );
}

function startOf({ order, plan, directory, asOf }: PlannedOrder): MigrationState {
  const { clock, sendAtMinute } = plan.workingTime;
  const migrationId = makeMigrationId(order.practice.odsCode, order.orderedOn, 'dryrun', true);
  const atMs = instantOf(clock, asOf, sendAtMinute);
  return startMigration({ migrationId, rehearsal: true, order, plan, directory, atMs });
}

async function optionsOf(start: MigrationState, { events, early }: RehearseOptions): Promise<RehearsalOptions> {
  if (events !== undefined) return await readEvents(events, start);
  return { actor: early ? diligent({ pace: 'early' }) : nobody };
}

/** As it was planned; an order with problems in its layers has been refused before. */
const replannedOf = ({ order, ruleSet, calendar }: PlannedOrder): Replanned => ({
  order,
  replanning: replanningWith(ruleSet, calendar),
});

async function showRehearsal(start: MigrationState, options: RehearseOptions, planned: PlannedOrder): Promise<void> {
  const run = rehearseMigration(start, { ...(await optionsOf(start, options)), replanned: replannedOf(planned) });
  if (options.json) printJson(await documentOf(start, run, options));
  else print(await textOf(start, run, options));
  if (summaryOf(run).refused > 0) process.exitCode = ANSWER_IS_NO;
}

const scenarioOf = ({ events, early }: RehearseOptions): string =>
  events ?? (early ? 'everybody is early' : 'nobody does anything');

async function textOf(start: MigrationState, run: Rehearsal, options: RehearseOptions): Promise<string> {
  const { headLines, traceLines } = await import('./traceText.js');
  const { summaryLines } = await import('./summaryText.js');
  const mailText = options.mails ? (await import('./mailText.js')).mailText : undefined;
  return [
    ...headLines(start, scenarioOf(options)),
    '',
    ...traceLines(run, mailText),
    '',
    ...summaryLines(summaryOf(run)),
  ].join('\n');
}

/** A plan is as long as all the rest together. */
function withoutPlan(entry: TraceEntry): object {
  if ((entry.type !== 'said' && entry.type !== 'refused') || entry.event.type !== 'redated') return entry;
  const { plan: _, ...redate } = entry.event.redate;
  return { ...entry, event: { ...entry.event, redate } };
}

async function documentOf(start: MigrationState, run: Rehearsal, options: RehearseOptions): Promise<unknown> {
  const rendered = options.mails ? (await import('./mailText.js')).rendered : undefined;
  const { ruleSet, calendar, asOf } = start.plan;
  return {
    migrationId: start.migrationId,
    scenario: scenarioOf(options),
    ruleSet,
    calendar,
    asOf,
    trace: run.trace.map((entry) => ({
      at: new Date(entry.atMs).toISOString(),
      ...withoutPlan(entry),
      ...(rendered !== undefined && entry.type === 'message' && { mail: rendered(entry.message) }),
    })),
    summary: summaryOf(run),
  };
}

async function prove(start: MigrationState, { json }: RehearseOptions): Promise<void> {
  const proof = (await import('../../rules/rehearsal/prove.js')).prove(start);
  if (json) printJson(proof);
  else print((await import('./proofText.js')).proofText(start, proof));
  if (!proof.proved) process.exitCode = ANSWER_IS_NO;
}
