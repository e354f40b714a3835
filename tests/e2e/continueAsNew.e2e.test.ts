import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { temporal } from '@temporalio/proto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { verifyChain } from '../../rules/migration/auditChain.js';
import type { SupplierEventAnswer } from '../../rules/migration/events.js';
import { startMigration } from '../../rules/migration/start.js';
import { rehearseMigration } from '../../rules/rehearsal/run.js';
import { searchAttributeKeys } from '../../workflows/migration/searchAttributes.js';
import { startDevServer, type DevServer } from '../support/devServer.js';
import { exampleOrder } from '../support/examples.js';
import { rehearse, type Rehearsal, type RehearsalPlace } from '../support/rehearsal.js';
import { historiesOfRuns, inputOf } from '../support/runs.js';

const order = exampleOrder('plain');
let server: DevServer;
let place: RehearsalPlace;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  server = await startDevServer({
    searchAttributes: Object.values(searchAttributeKeys),
    // A history of some wakes is long already.
    dynamicConfig: ['limit.historyCount.suggestContinueAsNew=80'],
  });
  place = { address: server.address, bundleCode: inject('workflowBundleCode') };
});
afterAll(async () => {
  await server.stop();
});

async function runsOf({ handle }: Rehearsal): Promise<temporal.api.history.v1.IHistory[]> {
  const { firstExecutionRunId, workflowId, client } = handle;
  return await historiesOfRuns(client, workflowId, firstExecutionRunId);
}

const rungsOf = (sent: Rehearsal['recording']['sent']): string[] =>
  sent.flatMap(({ message }) => message.settles.map((rung) => JSON.stringify(rung)));

describe('a migration whose history gets long while nobody acts', () => {
  let rehearsal: Rehearsal;
  let runs: temporal.api.history.v1.IHistory[];
  let attributes: Record<string, unknown>;
  beforeAll(async () => {
    await rehearse(place, { order, dayMs: 40 }, async (running) => {
      rehearsal = running;
      await running.handle.result();
      runs = await runsOf(running);
      const { typedSearchAttributes } = await running.handle.describe();
      attributes = Object.fromEntries(
        Object.values(searchAttributeKeys).map((key) => [key.name, typedSearchAttributes.get(key)]),
      );
    });
  });

  it('continues as new, again and again, and ends by itself', () => {
    expect(runs.length).toBeGreaterThan(3);
    expect(Math.max(...runs.map(({ events }) => events?.length ?? 0))).toBeLessThan(160);
  });

  it('sends every mail at the instant at which one long run sends it, and none twice', () => {
    const { handle, recording, planned } = rehearsal;
    const atMs = recording.audit[0]?.atMs ?? NaN;
    const start = startMigration({ migrationId: handle.workflowId, rehearsal: true, order, ...planned, atMs });
    const instants = (sent: Rehearsal['recording']['sent']) => sent.map(({ atMs: at, message }) => [at, message.key]);
    expect(instants(recording.sent)).toEqual(instants(rehearseMigration(start).sent));
  });

  it('is found in its last run by all that it was found by in the first', () => {
    expect(attributes).toEqual({
      OdsCode: order.practice.odsCode,
      SourceSupplier: 'alder',
      TargetSupplier: 'rowan',
      MigrationPhase: 'ended',
      MigrationStatus: 'completed',
    });
  });

  it('plans once', () => {
    const planned = runs.flatMap(({ events }) =>
      (events ?? []).filter(
        ({ activityTaskScheduledEventAttributes: scheduled }) => scheduled?.activityType?.name === 'planMigration',
      ),
    );
    expect(planned).toHaveLength(1);
  });

  it('leaves one audit trail, whole, with one start and one end', () => {
    const { audit } = rehearsal.recording;
    expect(verifyChain(audit)).toEqual({ ok: true });
    expect(audit.filter(({ type }) => type === 'migration.started')).toHaveLength(1);
    expect(audit.filter(({ type }) => type === 'migration.ended')).toHaveLength(1);
  });
});

describe('a migration that hears a supplier, loses its register and continues as new', () => {
  let rehearsal: Rehearsal;
  let runs: temporal.api.history.v1.IHistory[];
  let answers: SupplierEventAnswer[];
  const contact = { name: 'Ann New', email: 'ann.new@millbrooklane.example' };

  beforeAll(async () => {
    const prepare = (recording: Rehearsal['recording']) => (recording.registerAwayFor = 20);
    await rehearse(place, { order, dayMs: 40, prepare }, async (running) => {
      rehearsal = running;
      await running.untilSent(({ kind }) => kind === 'request', 2);
      await running.amendContact('practiceManager', contact);
      const first = await running.supplierSays('form.sent', 'alder', { webhookId: 'once' });
      await running.untilSent(({ kind }) => kind === 'notice');
      answers = [first, await running.supplierSays('form.sent', 'alder', { webhookId: 'once' })];
      await running.handle.result();
      runs = await runsOf(running);
    });
  });

  it('was continued between the event and its repeat, and still gives it the first answer', () => {
    expect(runs.length).toBeGreaterThan(2);
    const spokenTo = runs.filter(({ events }) =>
      events?.some(({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) => Boolean(accepted)),
    );
    expect(spokenTo.map((run) => inputOf(run).carried?.state.ledger['once'])).toEqual([undefined, answers[0]]);
    expect(answers[1]).toEqual(answers[0]);
    expect(rehearsal.recording.audit.filter(({ type }) => type === 'supplier.event')).toHaveLength(1);
  });

  it('takes what the register has not been told along, and tells it all', () => {
    expect(Math.max(...runs.map((run) => inputOf(run).carried?.queue.unwritten.audit.length ?? 0))).toBeGreaterThan(0);
    const { audit, sent } = rehearsal.recording;
    expect(verifyChain(audit)).toEqual({ ok: true });
    expect(audit[0]?.type).toBe('migration.started');
    expect(audit.filter(({ type }) => type === 'message.sent')).toHaveLength(sent.length);
  });

  it('writes to the new contact until the end, and about nothing twice', () => {
    const { audit, sent } = rehearsal.recording;
    const amendedAtMs = audit.find(({ type }) => type === 'contact.amended')?.atMs ?? NaN;
    const toManager = sent.filter(({ atMs, message }) => message.to.key === 'practiceManager' && atMs > amendedAtMs);
    expect(toManager.length).toBeGreaterThan(10);
    expect(new Set(toManager.map(({ message }) => message.to.email))).toEqual(new Set([contact.email]));
    const rungs = rungsOf(sent);
    expect(new Set(rungs).size).toBe(rungs.length);
  });
});
