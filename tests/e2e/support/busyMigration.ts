import { WorkflowUpdateFailedError } from '@temporalio/client';
import type { Day } from '../../../rules/calendar/day.js';
import { decide } from '../../../rules/migration/decide.js';
import { isOpen } from '../../../rules/migration/lookup.js';
import { stateQuery } from '../../../workflows/migration/messages.js';
import type { Rehearsal } from '../../support/rehearsal.js';

/** Every extract of the rich example: who supplies it, and of which product. */
const extracts = [
  ['alder', 'core'],
  ['inr-star', 'anticoagulation'],
  ['docman', 'documents'],
  ['docman', 'archive'],
] as const;

const production = { initial: '2027-03-31', final: '2027-04-24' };
type Extract = keyof typeof production;

async function everySupplierSays(
  rehearsal: Rehearsal,
  type: 'form.sent' | 'form.received' | 'extract.scheduled' | 'extract.delivered',
  extract: Extract,
): Promise<void> {
  const date = production[extract];
  for (const [supplierId, product] of extracts) {
    await rehearsal.supplierSays(type, supplierId, { product, date, data: { extract } });
  }
}

async function targetHasEverything(rehearsal: Rehearsal, extract: Extract): Promise<void> {
  const change = { date: production[extract], data: { extract } };
  for (const [supplierId, product] of extracts) {
    await rehearsal.supplierSays('extract.received', 'rowan', { ...change, product: `${supplierId}.${product}` });
  }
}

/** January and February: the requests go out once they are authorised, and the first form comes back for a wrong day. */
async function asking(rehearsal: Rehearsal): Promise<void> {
  await rehearsal.untilDay('2027-01-18');
  await rehearsal.done('authorise-extracts');
  await rehearsal.amendContact('practiceManager', { name: 'Ann New', email: 'ann.new@harbourroad.example' });
  await doWhatIsNext(rehearsal, '2027-02-02');
  await rehearsal.untilDay('2027-02-15');
  await everySupplierSays(rehearsal, 'form.sent', 'initial');
  await rehearsal.untilDay('2027-02-22');
  const late = { product: 'core', date: '2027-04-07', data: { extract: 'initial' } };
  await rehearsal.supplierSays('form.received', 'alder', late);
  await rehearsal.untilSent(({ kind }) => kind === 'mismatch', 2);
  await everySupplierSays(rehearsal, 'form.received', 'initial');
}

/** March: tasks are done, the Initial extract is booked, delivered and received. */
async function initialExtract(rehearsal: Rehearsal): Promise<void> {
  await rehearsal.untilDay('2027-03-08');
  await rehearsal.done('posters.harbour-road');
  await rehearsal.waive('posters.quayside');
  await everySupplierSays(rehearsal, 'extract.scheduled', 'initial');
  await rehearsal.untilDay('2027-03-18');
  await rehearsal.supplierSays('notice.acknowledged', 'eps');
  await everySupplierSays(rehearsal, 'form.sent', 'final');
  await everySupplierSays(rehearsal, 'form.received', 'final');
  await rehearsal.untilDay('2027-03-31');
  await everySupplierSays(rehearsal, 'extract.delivered', 'initial');
  await targetHasEverything(rehearsal, 'initial');
}

/** April: everything that Go Live waits for, Go Live itself, and what follows. */
async function goingLive(rehearsal: Rehearsal): Promise<number> {
  await rehearsal.untilDay('2027-04-19');
  const early = await isRefused(rehearsal.done('anchor.goLive'));
  await rehearsal.done('reconciliation-complete');
  await rehearsal.done('data-checking-sign-off');
  await rehearsal.done('go-live-sign-off');
  await rehearsal.waive('outstanding-registrations');
  await rehearsal.untilDay('2027-04-26');
  await everySupplierSays(rehearsal, 'extract.delivered', 'final');
  await targetHasEverything(rehearsal, 'final');
  await rehearsal.done('anchor.goLive');
  return early ? 1 : 0;
}

/** Does the tasks whose reminders the timer is armed for: it has to be armed anew, for another wake. */
async function doWhatIsNext(rehearsal: Rehearsal, day: Day): Promise<void> {
  await rehearsal.untilDay(day);
  const state = await rehearsal.handle.query(stateQuery);
  const tasks = state.plan.milestones.filter(({ id, kind }) => kind !== 'anchor' && isOpen(state, id));
  const { wakeAtMs } = decide(state, Math.max(...rehearsal.recording.audit.map(({ atMs }) => atMs)));
  const next = tasks.filter(({ ladder }) => ladder.some(({ atMs }) => atMs !== undefined && atMs === wakeAtMs));
  for (const { id } of next) await rehearsal.done(id);
}

async function isRefused(attempt: Promise<unknown>): Promise<boolean> {
  return await attempt.then(
    () => false,
    (error: unknown) => error instanceof WorkflowUpdateFailedError,
  );
}

/** The rich example as a good CSU and good suppliers run it. @returns how often something was refused */
export async function busyMigration(rehearsal: Rehearsal): Promise<number> {
  await asking(rehearsal);
  await initialExtract(rehearsal);
  const refusals = await goingLive(rehearsal);
  await doWhatIsNext(rehearsal, '2027-04-29');
  await doWhatIsNext(rehearsal, '2027-05-06');
  return refusals;
}
