import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { verifyChain } from '../../../rules/migration/auditChain.js';
import type { SupplierEvent } from '../../../rules/migration/events.js';
import type { Order } from '../../../rules/order/schema.js';
import {
  amendContactUpdate,
  cancelUpdate,
  doneUpdate,
  stateQuery,
  supplierEventUpdate,
  timelineQuery,
  waiveUpdate,
} from '../../../workflows/migration/messages.js';
import { searchAttributeKeys } from '../../../workflows/migration/searchAttributes.js';
import { exampleOrder, plannedExample } from '../../support/examples.js';
import { recordActivities, type Recording } from '../../support/recordingActivities.js';
import { dayIn50Ms, rehearseOnServer, type MigrationHandle } from '../../support/skippedMigration.js';
import { createTimeSkippingEnvironment } from '../../support/timeSkipping.js';

const hop = (name: string): string => `extract.initial.alder.core.1.${name}`;

let environment: TestWorkflowEnvironment;
let recording: Recording;

/** Dates far enough ahead of the test server's clock, which starts at today: nothing is late at the start. */
function orderOf(change: Partial<Order> = {}): Order {
  return exampleOrder('plain', change);
}

const supplierEvent = (webhookId: string, type: SupplierEvent['type'], change: Partial<SupplierEvent> = {}) => ({
  webhookId,
  supplierId: 'alder',
  type,
  ...change,
});

/** Starts a rehearsal of the order, so that its clock begins at the order's day, and does something with it. */
async function withMigration<Result>(
  order: Order,
  work: (handle: MigrationHandle) => Promise<Result>,
  speed = 1,
): Promise<Result> {
  recording = recordActivities(plannedExample(order));
  return await rehearseOnServer(environment, { order, recording, speed }, work);
}

/** Waits, in real time, until the day-one requests are out. */
const untilAsked = () => vi.waitFor(() => expect(kindsSent('request')).toHaveLength(2), { timeout: 120_000 });

const kindsSent = (kind: string) => recording.sent.filter(({ message }) => message.kind === kind);

async function rejectionOf(attempt: Promise<unknown>): Promise<string | null | undefined> {
  const error: unknown = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof WorkflowUpdateFailedError) || !(error.cause instanceof ApplicationFailure)) throw error;
  return error.cause.type;
}

beforeAll(async () => {
  environment = await createTimeSkippingEnvironment(Object.values(searchAttributeKeys));
});

afterAll(async () => {
  await environment.teardown();
});

describe('a migration that nobody does anything for', () => {
  let result: { status: string };
  beforeAll(async () => {
    result = await withMigration(orderOf(), async (handle) => await handle.result());
  });

  it('runs from the order to the end of the old access by itself', () => {
    expect(result.status).toBe('completed');
  });

  it('asks the source supplier for both extracts on day one', () => {
    const requests = recording.sent.filter(({ message }) => message.kind === 'request');
    expect(requests.map(({ message }) => message.items[0]?.milestoneId)).toEqual([
      'extract.initial.alder.core.1.asked',
      'extract.final.alder.core.1.asked',
    ]);
    expect(new Set(requests.map(({ message }) => message.sentOn))).toEqual(new Set(['2026-10-20']));
  });

  it('gives each third party one notice, on the day that its own notice period fixes', () => {
    const notices = recording.sent.filter(({ message }) => message.kind === 'notice');
    // FDP Thu 28 Jan 2027: EPS 5 weeks = Thu 24 Dec; PCSE 2 weeks before links off (Wed 26 Jan) = Tue 12 Jan.
    expect(notices.map(({ message }) => [message.to.key, message.sentOn])).toEqual([
      ['eps.contact', '2026-12-24'],
      ['pcse.contact', '2027-01-12'],
      ['county-labs.contact', '2027-01-14'],
    ]);
  });

  it('sends every mail at nine in the morning or within the hour after, on a working day', () => {
    for (const { message, atMs } of recording.sent.filter((each) => each.message.kind !== 'request')) {
      expect(new Date(atMs).getUTCDay(), message.key).toBeGreaterThan(0);
      expect(new Date(atMs).getUTCDay(), message.key).toBeLessThan(6);
      const hour = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', timeZone: 'Europe/London' }).format(atMs);
      expect(hour, message.key).toBe('09');
    }
  });

  it('sends nothing twice', () => {
    const keys = recording.sent.map(({ message }) => message.key);
    expect(new Set(keys).size).toBe(keys.length);
    const rungs = recording.sent.flatMap(({ message }) => message.settles.map((key) => JSON.stringify(key)));
    expect(new Set(rungs).size).toBe(rungs.length);
  });

  it('tells the supplier of a form that does not come, has the CSU ring it, and tells its account manager', () => {
    const about = recording.sent.filter(
      ({ message }) =>
        ['escalation', 'callTask'].includes(message.kind) &&
        message.items.some(({ milestoneId }) => milestoneId === hop('formAtPractice')),
    );
    expect(about.map(({ message }) => [message.kind, message.to.key])).toEqual([
      ['escalation', 'alder.contact'],
      ['callTask', 'csuOperator'],
      ['escalation', 'alder.accountManager'],
    ]);
  });

  it('leaves an audit trail whose chain is whole and that the register has in full', () => {
    expect(verifyChain(recording.audit)).toEqual({ ok: true });
    expect(recording.audit.filter(({ type }) => type === 'message.sent')).toHaveLength(recording.sent.length);
    expect(recording.audit.at(-1)?.type).toBe('migration.ended');
  });

  it('shows every milestone in the register as it ended', () => {
    expect(recording.milestones.get('notify.eps')?.status).toBe('done');
    expect(recording.milestones.get(hop('formAtPractice'))?.status).toBe('open');
    expect(recording.milestones.get('anchor.initialDataProduction')?.status).toBe('passed');
  });
});

describe('a supplier whose word arrives', () => {
  it('moves the handshake hop by hop, to the target supplier having the extract', async () => {
    const statuses = await withMigration(orderOf(), async (handle) => {
      await untilAsked();
      await handle.executeUpdate(supplierEventUpdate, { args: [supplierEvent('w1', 'form.sent')] });
      const date = '2027-01-07';
      await handle.executeUpdate(supplierEventUpdate, { args: [supplierEvent('w2', 'form.received', { date })] });
      await handle.executeUpdate(supplierEventUpdate, { args: [supplierEvent('w3', 'extract.scheduled', { date })] });
      await handle.executeUpdate(supplierEventUpdate, { args: [supplierEvent('w4', 'extract.delivered', { date })] });
      await handle.executeUpdate(supplierEventUpdate, {
        args: [supplierEvent('w5', 'extract.received', { supplierId: 'rowan', date })],
      });
      const timeline = await handle.query(timelineQuery);
      await handle.terminate();
      return timeline.flatMap(({ milestoneId, status }) =>
        milestoneId.startsWith('extract.initial') ? [`${milestoneId.split('.').at(-1)} ${status}`] : [],
      );
    });
    expect(statuses.sort()).toEqual(
      [
        'asked done',
        'formAtPractice done',
        'formReturned cleared',
        'formReceived done',
        'scheduled done',
        'delivered done',
        'received done',
      ].sort(),
    );
  });

  it('is answered the same a second time, with no second effect', async () => {
    await withMigration(orderOf(), async (handle) => {
      const event = supplierEvent('w1', 'form.sent');
      const first = await handle.executeUpdate(supplierEventUpdate, { args: [event], updateId: 'w1' });
      const repeated = await handle.executeUpdate(supplierEventUpdate, { args: [event], updateId: 'w1-again' });
      expect(repeated).toEqual(first);
      const state = await handle.query(stateQuery);
      expect(state.milestones[hop('formAtPractice')]?.status).toBe('done');
      expect(state.milestones['extract.final.alder.core.1.formAtPractice']?.status).toBe('open');
      await handle.terminate();
    });
  });

  it('does not complete a hop for another day: the practice and the CSU hear of the two ways out', async () => {
    await withMigration(orderOf(), async (handle) => {
      const date = '2027-01-14';
      const answer = await handle.executeUpdate(supplierEventUpdate, {
        args: [supplierEvent('w1', 'form.received', { date })],
      });
      expect(answer.effect).toBe('mismatch');
      await vi.waitFor(() => expect(kindsSent('mismatch')).toHaveLength(2), { timeout: 120_000 });
      const state = await handle.query(stateQuery);
      expect(state.milestones[hop('formReceived')]).toMatchObject({ status: 'open', statedDate: date });
      expect(
        kindsSent('mismatch')
          .map(({ message }) => message.to.key)
          .sort(),
      ).toEqual(['csuOperator', 'practiceManager']);
      await handle.terminate();
    });
  });

  it('is refused, with its own type of failure, where it does not belong', async () => {
    await withMigration(orderOf(), async (handle) => {
      await untilAsked();
      const refused = (event: SupplierEvent) =>
        rejectionOf(handle.executeUpdate(supplierEventUpdate, { args: [event] }));
      expect(await refused(supplierEvent('r1', 'form.sent', { supplierId: 'nobody' }))).toBe('PartyNotInMigration');
      expect(await refused(supplierEvent('r2', 'extract.received'))).toBe('EventNotForParty');
      expect(await refused(supplierEvent('r3', 'form.sent', { product: 'other' }))).toBe('ProductNotOfParty');
      expect(await refused(supplierEvent('r4', 'form.sent', { migrationId: 'Z98001-20200101-aaaaaa' }))).toBe(
        'WrongMigration',
      );
      const history = await handle.fetchHistory();
      const accepted = history.events?.filter((each) => each.workflowExecutionUpdateAcceptedEventAttributes);
      expect(accepted).toEqual([]);
      await handle.terminate();
    });
  });

  it('opens the next iteration when the target supplier rejects an extract, and asks again at once', async () => {
    await withMigration(orderOf(), async (handle) => {
      const date = '2027-01-07';
      await handle.executeUpdate(supplierEventUpdate, { args: [supplierEvent('w1', 'extract.delivered', { date })] });
      const answer = await handle.executeUpdate(supplierEventUpdate, {
        args: [supplierEvent('w2', 'extract.rejected', { supplierId: 'rowan', date })],
      });
      expect(answer.effect).toBe('reopened');
      await vi.waitFor(() => expect(kindsSent('request')).toHaveLength(3), { timeout: 120_000 });
      const state = await handle.query(stateQuery);
      expect(state.milestones['extract.initial.alder.core.2.asked']?.status).toBe('done');
      await handle.terminate();
    });
  });
});

describe('an operator', () => {
  it('marks a milestone done, which silences its reminders', async () => {
    await withMigration(
      orderOf(),
      async (handle) => {
        const report = { milestoneId: 'posters.main', by: 'Tom Ashdown' };
        expect(await handle.executeUpdate(doneUpdate, { args: [report] })).toEqual({
          milestoneId: 'posters.main',
          status: 'done',
        });
        expect(await rejectionOf(handle.executeUpdate(doneUpdate, { args: [report] }))).toBe('MilestoneSettled');
        await handle.result();
        const mentions = recording.sent.flatMap(({ message }) => message.items.map(({ milestoneId }) => milestoneId));
        expect(mentions).not.toContain('posters.main');
      },
      dayIn50Ms,
    );
  });

  it('cannot mark Go Live done while outstanding registrations are open, unless they are waived by name', async () => {
    await withMigration(orderOf(), async (handle) => {
      const report = { milestoneId: 'anchor.goLive', by: 'Tom Ashdown' };
      expect(await rejectionOf(handle.executeUpdate(doneUpdate, { args: [report] }))).toBe('Blocked');
      const state = await handle.query(stateQuery);
      const blockers = state.plan.milestones.filter(({ blocks }) => blocks === 'goLive').map(({ id }) => id);
      expect(blockers).toContain('outstanding-registrations');
      for (const milestoneId of blockers) {
        await handle.executeUpdate(waiveUpdate, {
          args: [{ milestoneId, by: 'Helen Marsh', reason: 'agreed by telephone' }],
        });
      }
      expect((await handle.executeUpdate(doneUpdate, { args: [report] })).status).toBe('done');
      await handle.terminate();
    });
  });

  it('cancels: what was asked is withdrawn, the practice and the CSU are told once each, and the migration closes', async () => {
    await withMigration(orderOf(), async (handle) => {
      await untilAsked();
      await handle.executeUpdate(cancelUpdate, { args: [{ by: 'Helen Marsh', reason: 'the practice merges' }] });
      expect((await handle.result()).status).toBe('cancelled');
      const told = recording.sent.flatMap(({ message }) =>
        message.kind === 'withdrawal' || message.kind === 'cancelled' ? [`${message.kind} ${message.to.key}`] : [],
      );
      expect(told.sort()).toEqual([
        'cancelled csuOperator',
        'cancelled practiceManager',
        'withdrawal alder.contact',
        'withdrawal alder.contact',
      ]);
    });
  });

  it('replaces a contact, and mail goes to the new one from then on', async () => {
    await withMigration(
      orderOf(),
      async (handle) => {
        const contact = { name: 'Ann New', email: 'ann.new@millbrooklane.example' };
        await handle.executeUpdate(amendContactUpdate, {
          args: [{ target: 'practiceManager', contact, by: 'Tom Ashdown' }],
        });
        await handle.result();
        const amendedAtMs = recording.audit.find(({ type }) => type === 'contact.amended')?.atMs ?? NaN;
        const addresses = recording.sent.filter(
          ({ atMs, message }) => atMs > amendedAtMs && message.to.key === 'practiceManager',
        );
        expect(new Set(addresses.map(({ message }) => message.to.email))).toEqual(new Set([contact.email]));
      },
      dayIn50Ms,
    );
  });
});

describe('a register that is away', () => {
  it('neither stops the migration nor loses a record: they go with the next write', async () => {
    await withMigration(
      orderOf(),
      async (handle) => {
        recording.registerAwayFor = 5;
        await handle.result();
        expect(recording.sent.length).toBeGreaterThan(50);
        expect(verifyChain(recording.audit)).toEqual({ ok: true });
        expect(recording.audit[0]?.type).toBe('migration.started');
      },
      dayIn50Ms,
    );
  });
});

describe('a contact whose address does not work', () => {
  it('is reported to the CSU, once', async () => {
    await withMigration(orderOf(), async (handle) => {
      recording.refused.add('alder.contact');
      await vi.waitFor(() => expect(kindsSent('undeliverable')).toHaveLength(2), { timeout: 120_000 });
      expect(kindsSent('undeliverable').map(({ message }) => message.to.key)).toEqual(['csuOperator', 'csuOperator']);
      await handle.terminate();
    });
  });
});
