import { DefaultLogger, Runtime } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { MigrationEvent } from '../../rules/migration/events.js';
import { startMigration } from '../../rules/migration/start.js';
import type { MigrationState } from '../../rules/migration/state.js';
import { searchAttributeKeys } from '../../workflows/migration/searchAttributes.js';
import { startDevServer, type DevServer } from '../support/devServer.js';
import { exampleOrder } from '../support/examples.js';
import { rehearse, type Rehearsal } from '../support/rehearsal.js';
import { busyMigration } from './support/busyMigration.js';
import { costBound, costOf, expectedHappenings, type Cost, type Happenings } from './support/historyCost.js';

const order = exampleOrder('rich');
let server: DevServer;
let expected: Happenings;
let cost: Cost;
let calls: { sends: number; registerWrites: number };
let refusals: number;
let timersCanceled: number;

/** Counts the calls of the two activities that a migration goes on calling. */
function countCalls({ activities }: Rehearsal['recording']): typeof calls {
  const counted = { sends: 0, registerWrites: 0 };
  const uncounted = { ...activities };
  activities.deliverMessages = (input) => {
    counted.sends += 1;
    return uncounted.deliverMessages(input);
  };
  activities.writeRegister = (input) => {
    counted.registerWrites += 1;
    return uncounted.writeRegister(input);
  };
  return counted;
}

/** What was said, each at the instant that the audit trail has for it. */
function eventsOf({ said, recording }: Rehearsal): MigrationEvent[] {
  const records = recording.audit.filter(({ actor }) => actor !== 'leadtime');
  expect(records).toHaveLength(said.length);
  return said.map((event, index) => ({ ...event, atMs: records[index]?.atMs ?? NaN }));
}

function startOf({ recording, planned, handle }: Rehearsal): MigrationState {
  const atMs = recording.audit[0]?.atMs ?? NaN;
  return startMigration({ migrationId: handle.workflowId, rehearsal: true, order, ...planned, atMs });
}

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  server = await startDevServer({ searchAttributes: Object.values(searchAttributeKeys) });
  const place = { address: server.address, bundleCode: inject('workflowBundleCode') };
  const script = { order, dayMs: 250, prepare: (recording: Rehearsal['recording']) => (calls = countCalls(recording)) };
  await rehearse(place, script, async (rehearsal) => {
    refusals = await busyMigration(rehearsal);
    await rehearsal.handle.result();
    const history = await rehearsal.handle.fetchHistory();
    cost = costOf(history);
    timersCanceled = history.events?.filter((event) => Boolean(event.timerCanceledEventAttributes)).length ?? 0;
    expected = expectedHappenings(startOf(rehearsal), eventsOf(rehearsal));
  });
});
afterAll(async () => {
  await server.stop();
});

const share = (part: number, whole: number): string => `${part} of at most ${whole} (${(part / whole).toFixed(3)})`;

describe('the history of a rich migration in which much happens', () => {
  it('has happened: many wakes, sends and updates, some of which move the next wake, and a refusal', () => {
    expect(expected.wakes).toBeGreaterThan(30);
    expect(expected.sends).toBeGreaterThan(30);
    expect(expected.updates).toBeGreaterThan(30);
    expect(timersCanceled).toBeGreaterThan(0);
    // Three phases after the first, and the end.
    expect(expected.searchAttributeChanges).toBe(4);
    expect(refusals).toBe(1);
  });

  it('arms its timer anew for an update that moves the next wake, and for no other', () => {
    expect(timersCanceled).toBeLessThanOrEqual(expected.rearmings);
  });

  it('has no more sends and register writes than what happened asks for', () => {
    expect(calls.sends).toBeLessThanOrEqual(expected.sends);
    expect(calls.registerWrites).toBeLessThanOrEqual(expected.registerWrites);
    const { updates, wakes } = expected;
    expect(calls.registerWrites).toBeLessThanOrEqual(updates + wakes - calls.sends + 2);
  });

  it('stays within 11+5D+6E+5U+2c+S+6R events and 2+D+E+U+c+S+R actions', () => {
    const bound = costBound({ ...expected, ...calls });
    const events = `${share(cost.historyEvents, bound.historyEvents)} history events`;
    const actions = `${share(cost.actions, bound.actions)} actions`;
    console.info(`${events}, ${actions}; ${JSON.stringify({ ...expected, ...calls })}`);
    expect(cost.historyEvents, events).toBeLessThanOrEqual(bound.historyEvents);
    expect(cost.actions, actions).toBeLessThanOrEqual(bound.actions);
  });
});
