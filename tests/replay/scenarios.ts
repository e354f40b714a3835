/** What happens in each recorded history: one scenario for each shape of control flow. */
import { setTimeout as pause } from 'node:timers/promises';
import type { SupplierEvent } from '../../rules/migration/events.js';
import {
  instanceSignal,
  reportBounceUpdate,
  stateQuery,
  supplierEventUpdate,
} from '../../workflows/migration/messages.js';
import { exampleOrder } from '../support/examples.js';
import type { Rehearsal, RehearsalScript } from '../support/rehearsal.js';
import { sharedOrder } from '../support/sharedInstance.js';

export interface Scenario extends RehearsalScript {
  /** The history length at which the server suggests to continue as new; the second run is recorded. */
  continuedAfterEvents?: number;
  /** Drives the migration; it has to bring it to its end, or to leave it to end by itself. */
  act: (rehearsal: Rehearsal) => Promise<void>;
}

const dayMs = 50;
const order = exampleOrder('plain');
const production = { initial: '2027-01-07', final: '2027-01-28' };
type Extract = keyof typeof production;

const leaveAlone = (): Promise<void> => Promise.resolve();
const untilAsked = (rehearsal: Rehearsal, count = 2): Promise<void> =>
  rehearsal.untilSent(({ kind }) => kind === 'request', count);

async function sourceSays(rehearsal: Rehearsal, extract: Extract, ...types: SupplierEvent['type'][]): Promise<void> {
  const change = { date: production[extract], data: { extract } };
  for (const type of types) await rehearsal.supplierSays(type, 'alder', change);
}

async function targetSays(rehearsal: Rehearsal, extract: Extract, type: SupplierEvent['type']): Promise<void> {
  await rehearsal.supplierSays(type, 'rowan', { date: production[extract], data: { extract } });
}

async function everybodyEarly(rehearsal: Rehearsal): Promise<void> {
  await untilAsked(rehearsal);
  for (const extract of ['initial', 'final'] as const) {
    await sourceSays(rehearsal, extract, 'form.sent', 'form.received', 'extract.scheduled', 'extract.delivered');
    await targetSays(rehearsal, extract, 'extract.received');
  }
  const byHand = rehearsal.planned.plan.milestones.filter(({ kind }) => kind === 'task' || kind === 'followUp');
  for (const { id } of byHand.filter((each) => each.id !== 'authorise-extracts')) await rehearsal.done(id);
  await rehearsal.done('anchor.goLive');
}

async function mismatchThenCorrected(rehearsal: Rehearsal): Promise<void> {
  await untilAsked(rehearsal);
  await rehearsal.supplierSays('form.received', 'alder', { date: '2027-01-14', data: { extract: 'initial' } });
  await rehearsal.untilSent(({ kind }) => kind === 'mismatch', 2);
  await sourceSays(rehearsal, 'initial', 'form.received');
  await rehearsal.untilDay('2026-11-20');
  await rehearsal.cancel();
}

async function rejectedExtract(rehearsal: Rehearsal): Promise<void> {
  await untilAsked(rehearsal);
  await sourceSays(rehearsal, 'initial', 'extract.delivered');
  await targetSays(rehearsal, 'initial', 'extract.rejected');
  await untilAsked(rehearsal, 3);
  await sourceSays(rehearsal, 'initial', 'form.sent', 'form.received', 'extract.delivered');
  await targetSays(rehearsal, 'initial', 'extract.received');
  await rehearsal.untilDay('2026-11-20');
  await rehearsal.cancel();
}

async function cancelledWithWithdrawals(rehearsal: Rehearsal): Promise<void> {
  await untilAsked(rehearsal);
  await rehearsal.cancel();
}

async function registerAway(rehearsal: Rehearsal): Promise<void> {
  await untilAsked(rehearsal);
  await sourceSays(rehearsal, 'initial', 'form.sent');
  await rehearsal.untilDay('2026-12-01');
  await rehearsal.cancel();
}

async function undeliverableAddress(rehearsal: Rehearsal): Promise<void> {
  await rehearsal.untilSent(({ kind }) => kind === 'undeliverable', 2);
  await rehearsal.amendContact('alder.contact', { name: 'Alder extracts desk', email: 'requests@alder.example' });
  rehearsal.recording.refused.clear();
  await rehearsal.untilDay('2026-12-01');
  await rehearsal.cancel();
}

async function provisionalAnchorConfirmed(rehearsal: Rehearsal): Promise<void> {
  await rehearsal.untilDay('2026-11-02');
  const confirmation = rehearsal.planned.plan.milestones.find(({ kind }) => kind === 'confirmation');
  await rehearsal.done(confirmation?.id ?? '');
  await untilAsked(rehearsal);
  await rehearsal.untilDay('2026-11-20');
  await rehearsal.cancel();
}

/** Both runs hear something: what the first has heard goes along. */
async function carriedOn(rehearsal: Rehearsal): Promise<void> {
  await untilAsked(rehearsal);
  await sourceSays(rehearsal, 'initial', 'form.sent');
  await rehearsal.untilDay('2026-12-08');
  await sourceSays(rehearsal, 'final', 'form.sent');
}

/** The supplier speaks while the plan is still being made; the event waits for it inside the workflow. */
function updateBeforeThePlan(): Scenario {
  let planNow: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (planNow = resolve));
  const event: SupplierEvent = { webhookId: 'early', supplierId: 'alder', type: 'form.sent' };
  return {
    order,
    dayMs,
    prepare: ({ activities }) => {
      const { ...ungated } = activities;
      activities.planMigration = async (input) => {
        await gate;
        return await ungated.planMigration(input);
      };
    },
    act: async (rehearsal) => {
      const early = await rehearsal.handle.startUpdate(supplierEventUpdate, {
        args: [event],
        waitForStage: 'ACCEPTED',
      });
      planNow();
      await early.result();
      await rehearsal.untilDay('2026-11-20');
      await rehearsal.cancel();
    },
  };
}

/** Three deliveries in a row find the way out away; one message of the first may have arrived. */
function mailAway(): Scenario {
  let left = 3;
  return {
    order,
    // Slow enough for a timer between two tries.
    dayMs: 5_000,
    prepare: ({ activities }) => {
      const back = { ...activities };
      activities.deliverMessages = (input) => {
        left -= 1;
        if (left < 0) return back.deliverMessages(input);
        const [first] = input.messages;
        const inDoubt = input.inDoubt ?? [first?.key ?? ''];
        return Promise.resolve({
          outcomes: [],
          registerWritten: false,
          deferred: { reason: 'connection refused', inDoubt },
        });
      };
    },
    act: async (rehearsal) => {
      await untilAsked(rehearsal);
      await rehearsal.untilDay('2026-10-22');
      await rehearsal.cancel();
    },
  };
}

async function requestBounced(rehearsal: Rehearsal): Promise<void> {
  await untilAsked(rehearsal);
  await rehearsal.untilDay('2026-10-22');
  const { sent } = rehearsal.recording;
  const request = sent.find(({ message }) => message.kind === 'request');
  // As the recording gives them out.
  const messageId = `<${request?.message.key}@test>`;
  const report = { messageId, detail: 'permanent-failure', by: 'govuk-notify' };
  await rehearsal.handle.executeUpdate(reportBounceUpdate, { args: [report] });
  await rehearsal.untilSent(({ kind }) => kind === 'undeliverable');
  await rehearsal.untilDay('2026-11-20');
  await rehearsal.cancel();
}

/** Days that move: what was asked for is asked again, a word for the day before comes late, and the new day is confirmed. */
async function datesMoved(rehearsal: Rehearsal): Promise<void> {
  await untilAsked(rehearsal);
  await sourceSays(rehearsal, 'initial', 'form.sent');
  await rehearsal.move({
    initialDataProduction: '2027-01-14?',
    finalDataProduction: '2027-02-04',
    goLive: '2027-02-09',
  });
  await untilAsked(rehearsal, 3);
  await rehearsal.supplierSays('form.received', 'alder', { date: production.initial, data: { extract: 'initial' } });
  await rehearsal.done('confirm.initialDataProduction');
  await rehearsal.untilDay('2026-11-30');
  await rehearsal.cancel();
}

/** Nothing is armed while it is on hold, whatever is said; then it goes on, with the same days. */
async function onHold(rehearsal: Rehearsal): Promise<void> {
  await untilAsked(rehearsal);
  await rehearsal.untilDay('2026-10-22');
  await rehearsal.hold();
  await sourceSays(rehearsal, 'initial', 'form.sent');
  await rehearsal.move({ goLive: '2027-02-02' });
  await rehearsal.untilDay('2026-11-20');
  await rehearsal.cancel();
}

/**
 * By the wall clock: it greets two practices that have no migration, hears that they may be asked for, asks for all, and says so.
 * That a word has been said, whoever heard it, shows in the state alone.
 */
async function oneOfAnInstance(rehearsal: Rehearsal): Promise<void> {
  const { handle } = rehearsal;
  await rehearsal.done('authorise-extracts');
  for (const from of ['Z98011', 'Z98012']) {
    const word = { instance: 'mill-valley', from, greets: true, done: [`authorise-extracts.${from.toLowerCase()}`] };
    await handle.signal(instanceSignal, word);
  }
  await untilAsked(rehearsal);
  const isAllSaid = async (): Promise<boolean> => (await handle.query(stateQuery)).instance?.told.length === 4;
  while (!(await isAllSaid())) await pause(50);
  await rehearsal.cancel();
}

const provisional = { on: production.initial, status: 'provisional' as const };

/** By name; a new scenario for each new shape of control flow. */
export const scenarios: Record<string, () => Scenario> = {
  'nobody-acts': () => ({ order, dayMs, act: leaveAlone }),
  'everybody-early-through-go-live': () => ({ order, dayMs, act: everybodyEarly }),
  'mismatch-then-corrected': () => ({ order, dayMs, act: mismatchThenCorrected }),
  'rejected-extract-second-iteration': () => ({ order, dayMs, act: rejectedExtract }),
  // By the wall clock, as a real migration.
  'cancelled-with-withdrawals': () => ({ order, act: cancelledWithWithdrawals }),
  'register-away': () => ({
    order,
    dayMs,
    prepare: (recording) => (recording.registerAwayFor = 4),
    act: registerAway,
  }),
  'undeliverable-address': () => ({
    order,
    dayMs,
    prepare: (recording) => recording.refused.add('alder.contact'),
    act: undeliverableAddress,
  }),
  'provisional-anchor-confirmed': () => ({
    order: { ...order, anchors: { ...order.anchors, initialDataProduction: provisional } },
    dayMs,
    act: provisionalAnchorConfirmed,
  }),
  'update-before-the-plan': updateBeforeThePlan,
  'mail-away': mailAway,
  'request-bounced': () => ({ order, dayMs, act: requestBounced }),
  'dates-moved': () => ({ order, dayMs: 200, act: datesMoved }),
  'one-of-an-instance': () => ({ order: sharedOrder('Z98001'), act: oneOfAnInstance }),
  'on-hold': () => ({ order, dayMs: 200, act: onHold }),
  'carried-on-and-continued-again': () => ({ order, dayMs, continuedAfterEvents: 80, act: carriedOn }),
};
