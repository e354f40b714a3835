import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { MigrationState } from '../../../rules/migration/state.js';
import type { Order } from '../../../rules/order/schema.js';
import type { Act, Actor } from '../../../rules/rehearsal/actor.js';
import { rehearseMigration } from '../../../rules/rehearsal/run.js';
import { doneUpdate, supplierEventUpdate } from '../../../workflows/migration/messages.js';
import { searchAttributeKeys } from '../../../workflows/migration/searchAttributes.js';
import { exampleOrder, plannedExample, startedExample } from '../../support/examples.js';
import { recordActivities } from '../../support/recordingActivities.js';
import { dayIn50Ms, rehearseOnServer } from '../../support/skippedMigration.js';
import { createTimeSkippingEnvironment } from '../../support/timeSkipping.js';

let environment: TestWorkflowEnvironment;

beforeAll(async () => {
  environment = await createTimeSkippingEnvironment(Object.values(searchAttributeKeys));
});
afterAll(async () => {
  await environment.teardown();
});

/** The state from which both begin: as the command does it, at the sending time of the order's day. */
function startOf(order: Order, migrationId: string): MigrationState {
  return { ...startedExample(order), migrationId };
}

/** Says things at instants, in order. */
function saying(acts: readonly { atMs: number; act: Act }[]): Actor {
  const left = [...acts];
  return {
    nextAtMs: () => left[0]?.atMs,
    acts: (_state, nowMs) =>
      left[0] !== undefined && left[0].atMs <= nowMs ? left.splice(0, 1).map(({ act }) => act) : [],
  };
}

describe('the rehearsal of an order', () => {
  it.each(['plain', 'rich', 'mid-flight'])(
    'of which nobody does anything sends the mails of the server at the same instants: %s',
    async (name) => {
      const order = exampleOrder(name);
      const recording = recordActivities(plannedExample(order));
      const migrationId = await rehearseOnServer(environment, { order, recording }, async (handle) => {
        await handle.result();
        return handle.workflowId;
      });
      const { sent } = rehearseMigration(startOf(order, migrationId));
      expect(sent.length).toBeGreaterThan(50);
      expect(recording.sent).toEqual(sent);
    },
  );

  // Nothing that is said here is answered by a mail at once: that would go out when the quick clock has moved on.
  it('in which suppliers and operators say things does too', async () => {
    const order = exampleOrder('plain');
    const recording = recordActivities(plannedExample(order));
    const by = 'Tom Ashdown';
    const form = { webhookId: 'w1', supplierId: 'alder', type: 'form.received', date: '2027-01-07' } as const;
    const booked = { webhookId: 'w2', supplierId: 'alder', type: 'extract.scheduled', date: '2027-01-07' } as const;
    const reports = ['posters.main', 'clean-up-records', 'training-plan'].map((milestoneId) => ({ milestoneId, by }));
    const migrationId = await rehearseOnServer(environment, { order, recording, speed: dayIn50Ms }, async (handle) => {
      await vi.waitFor(() => expect(recording.sent).not.toEqual([]), { timeout: 120_000, interval: 5 });
      for (const event of [form, booked]) await handle.executeUpdate(supplierEventUpdate, { args: [event] });
      for (const report of reports) await handle.executeUpdate(doneUpdate, { args: [report] });
      await handle.result();
      return handle.workflowId;
    });
    const heardAtMs = recording.audit
      .filter(({ type }) => type === 'supplier.event' || type === 'milestone.done')
      .map(({ atMs }) => atMs);
    const events = [
      ...[form, booked].map((event) => ({ type: 'supplierEventReceived' as const, atMs: 0, event })),
      ...reports.map((report) => ({ type: 'milestoneDone' as const, atMs: 0, report })),
    ];
    expect(heardAtMs).toHaveLength(events.length);
    const acts = events.map((event, index): { atMs: number; act: Act } => ({
      atMs: heardAtMs[index] ?? NaN,
      act: { act: 'say', event },
    }));
    const start = startOf(order, migrationId);
    const { sent, trace } = rehearseMigration(start, { actor: saying(acts) });
    expect(trace.filter(({ type }) => type === 'refused')).toEqual([]);
    expect(recording.sent).toEqual(sent);
  });
});
