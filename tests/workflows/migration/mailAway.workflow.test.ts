import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDeliverActivities } from '../../../activities/deliver/deliver.js';
import { temporalAttempt } from '../../../activities/deliver/temporalAttempt.js';
import { createMailer, type Mailer } from '../../../activities/email/mailer.js';
import type { Day } from '../../../rules/calendar/day.js';
import { verifyChain } from '../../../rules/migration/auditChain.js';
import { isActionable } from '../../../rules/migration/lookup.js';
import type { OutboundMessage } from '../../../rules/migration/messages.js';
import type { MigrationState } from '../../../rules/migration/state.js';
import type { Order } from '../../../rules/order/schema.js';
import type { Rung } from '../../../rules/plan/types.js';
import type { migration } from '../../../workflows/index.js';
import { makeMigrationId } from '../../../workflows/migration/ids.js';
import { cancelUpdate, migrationWorkflowType, stateQuery } from '../../../workflows/migration/messages.js';
import { searchAttributeKeys, startingSearchAttributes } from '../../../workflows/migration/searchAttributes.js';
import { startSmtpCatcher, type SmtpCatcher } from '../../activities/support/smtpCatcher.js';
import { currentOrder } from '../../e2e/support/currentOrder.js';
import { plannedExample } from '../../support/examples.js';
import { whileWorking } from '../../support/migrationWorker.js';
import { recordActivities, type Recording } from '../../support/recordingActivities.js';
import { createTimeSkippingEnvironment } from '../../support/timeSkipping.js';

const HOUR_MS = 3_600_000;
const AWAY_MS = 48 * HOUR_MS;
const BEFORE_MS = 22 * HOUR_MS;
/** Longest time between two tries. */
const LATEST_TRY_MS = 1.25 * HOUR_MS + 60_000;

/** The notice whose day falls into the outage: that begins on the morning before, and ends on the morning after. */
const NOTICE = 'notify.eps';

interface RungOfOutage {
  milestoneId: string;
  rung: Rung;
}

let environment: TestWorkflowEnvironment;
let smtp: SmtpCatcher;
let mailer: Mailer;
let recording: Recording;
/** What the mail server has taken, at the migration's instants. */
let taken: { atMs: number; message: OutboundMessage }[];
let outage: { fromMs: number; toMs: number };
let noticeDay: Day | undefined;
let before: MigrationState;
let after: MigrationState;
let eventsOfOutage: number;
let registerDuring: { awayAudited: boolean; noticeStatus: string | undefined };

const supplierOf = ({ parties }: Order, role: 'sourceSupplier' | 'targetSupplier'): string =>
  parties.find(({ roles }) => roles.includes(role))?.id ?? '';

/** The activities as they are, but for the register. */
function useRealMail(): void {
  const real = createDeliverActivities({
    mail: async (message, id, again) => {
      const delivery = await mailer.send(message, id, again);
      taken.push({ atMs: await environment.currentTimeMs(), message });
      return delivery;
    },
    webhook: () => Promise.reject(new Error('no webhook was expected')),
    writeRegister: (write) => recording.activities.writeRegister(write),
    log: { info: () => undefined, warn: () => undefined },
    currentAttempt: temporalAttempt(environment.client.activity),
  });
  recording.activities.deliverMessages = (input) => real.deliverMessages(input);
}

async function start(order: Order, taskQueue: string) {
  const { odsCode } = order.practice;
  const migrationId = makeMigrationId(odsCode, order.orderedOn, 'away01');
  return environment.client.workflow.start<typeof migration>(migrationWorkflowType, {
    workflowId: `migration-${odsCode}`,
    taskQueue,
    args: [{ migrationId, order, asOf: order.orderedOn }],
    typedSearchAttributes: startingSearchAttributes({
      odsCode,
      sourceSupplierId: supplierOf(order, 'sourceSupplier'),
      targetSupplierId: supplierOf(order, 'targetSupplier'),
    }),
  });
}

const skipTo = async (atMs: number): Promise<void> =>
  environment.sleep(Math.max(1, atMs - (await environment.currentTimeMs())));

beforeAll(async () => {
  environment = await createTimeSkippingEnvironment(Object.values(searchAttributeKeys));
  smtp = await startSmtpCatcher();
  mailer = createMailer({ smtpUrl: smtp.url });
  taken = [];
  const order = currentOrder();
  const planned = plannedExample(order);
  recording = recordActivities(planned);
  useRealMail();
  const notice = planned.plan.milestones.find(({ id }) => id === NOTICE)?.ladder.find(({ type }) => type === 'deliver');
  noticeDay = notice?.on;
  const fromMs = (notice?.atMs ?? NaN) - BEFORE_MS;
  outage = { fromMs, toMs: fromMs + AWAY_MS };

  await whileWorking(environment, 'mail-away', recording, async () => {
    const handle = await start(order, 'mail-away');
    await skipTo(outage.fromMs);
    const { port } = smtp;
    await smtp.close();
    before = await handle.query(stateQuery);
    const lengthBefore = (await handle.describe()).historyLength;
    await skipTo(outage.toMs);
    registerDuring = {
      awayAudited: recording.audit.some(({ type }) => type === 'mail.deferred'),
      noticeStatus: recording.milestones.get(NOTICE)?.status,
    };
    eventsOfOutage = (await handle.describe()).historyLength - lengthBefore;
    smtp = await startSmtpCatcher(port);
    await skipTo(outage.toMs + 24 * HOUR_MS);
    after = await handle.query(stateQuery);
    await handle.executeUpdate(cancelUpdate, { args: [{ by: 'Helen Marsh', reason: 'the practice merges' }] });
    await handle.result();
  });
}, 300_000);

afterAll(async () => {
  mailer.close();
  await smtp.close();
  await environment.teardown();
});

const returned = () => taken.filter(({ atMs }) => atMs >= outage.toMs && atMs < outage.toMs + LATEST_TRY_MS);

/** The rungs whose instants fell into the outage, of milestones that could be acted on. */
const rungsOfOutage = (): RungOfOutage[] =>
  before.plan.milestones
    .filter((milestone) => isActionable(before, milestone))
    .flatMap(({ id, ladder }) => ladder.map((rung) => ({ milestoneId: id, rung })))
    .filter(({ rung: { atMs = 0 } }) => atMs >= outage.fromMs && atMs < outage.toMs);

const isTold = ({ milestoneId, rung }: RungOfOutage) =>
  taken.filter(({ message }) =>
    message.settles.some((key) => key.milestoneId === milestoneId && key.rungId === rung.id),
  );

const nameOf = ({ milestoneId, rung }: RungOfOutage): string => `${milestoneId}/${rung.id}`;
const markOf = ({ milestoneId, rung }: RungOfOutage) => after.milestones[milestoneId]?.rungs[rung.id];

/** Rungs of the same milestone to the same person that went out and are newer. */
const newer = ({ milestoneId, rung }: RungOfOutage): Rung[] =>
  (after.plan.milestones.find(({ id }) => id === milestoneId)?.ladder ?? []).filter(
    (each) =>
      each.to === rung.to && (each.atMs ?? 0) > (rung.atMs ?? 0) && markOf({ milestoneId, rung: each }) === 'sent',
  );

describe('a mail server that is away for two days', () => {
  it('is away while much is due, and nothing leaves', () => {
    expect(rungsOfOutage().length).toBeGreaterThan(15);
    expect(rungsOfOutage().map(nameOf)).toContain(`${NOTICE}/notice`);
    expect(taken.filter(({ atMs }) => atMs >= outage.fromMs && atMs < outage.toMs)).toEqual([]);
  });

  it('loses nothing: what was due is told exactly once, or overtaken by something newer', () => {
    const lost = rungsOfOutage().filter((each) => markOf(each) === undefined);
    expect(lost.map(nameOf)).toEqual([]);
    for (const each of rungsOfOutage()) expect(isTold(each).length, nameOf(each)).toBe(markOf(each) === 'sent' ? 1 : 0);
  });

  it('drops a reminder only for a newer one of the same milestone to the same person', () => {
    const superseded = rungsOfOutage().filter((each) => markOf(each) === 'superseded');
    expect(superseded.length).toBeGreaterThan(0);
    expect(superseded.filter((each) => newer(each).length === 0).map(nameOf)).toEqual([]);
  });

  it('is followed by one mail of each kind to a person, besides formal ones, within an hour and a quarter', () => {
    const mails = returned().map(({ message: { kind, to } }) => `${kind} ${to.key}`);
    const digests = mails.filter((mail) => !mail.startsWith('notice'));
    expect(digests.length).toBeGreaterThan(2);
    expect(new Set(digests).size).toBe(digests.length);
    expect(mails).toContain('digest practiceManager');
  });

  it('brings the notice late, composed for the day on which it goes out', () => {
    const [notice] = returned().filter(({ message: { kind } }) => kind === 'notice');
    expect(notice?.message.sentOn).toBe(new Date(outage.toMs).toISOString().slice(0, 10));
    expect(notice?.message.items[0]?.shouldHaveGoneOn).toBe(noticeDay);
    expect(after.milestones[NOTICE]).toMatchObject({ status: 'done', settledOn: notice?.message.sentOn });
  });

  it('is audited once, with what stood in the way, and once when mail has left again', () => {
    const about = recording.audit.filter(({ type }) => type.startsWith('mail.'));
    expect(about.map(({ type }) => type)).toEqual(['mail.deferred', 'mail.returned']);
    expect(about[0]?.data['reason']).toContain('ECONNREFUSED');
    expect(about[1]?.atMs).toBeGreaterThanOrEqual(outage.toMs);
    expect(verifyChain(recording.audit)).toEqual({ ok: true });
  });

  it('holds no register up, and never shows as sent what was not', () => {
    expect(registerDuring).toEqual({ awayAudited: true, noticeStatus: 'open' });
  });

  it('costs less than 500 events of history', () => {
    expect(eventsOfOutage).toBeGreaterThan(100);
    expect(eventsOfOutage).toBeLessThan(500);
  });
});
