import { DefaultLogger, Runtime } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { FeedScope } from '../../config/feedLinks.js';
import type { Migrations } from '../../api/migrations.js';
import { createTemporalMigrations } from '../../api/temporalMigrations.js';
import { connectTemporal, type TemporalLink } from '../../config/temporal/connection.js';
import { searchAttributeKeys } from '../../workflows/migration/searchAttributes.js';
import { startDevServer, type DevServer } from '../support/devServer.js';
import { exampleOrder } from '../support/examples.js';
import { entryFor, readCalendar, type ReadCalendar } from '../support/ics.js';
import { rehearse, type Rehearsal } from '../support/rehearsal.js';
import { PUBLIC_URL, startTestServer, testFeedLinks, type TestServer } from './support/testServer.js';

const order = exampleOrder('plain');
const DAY_MS = 500;

let temporal: DevServer;
let link: TemporalLink;
let api: TestServer;
let migrations: Migrations;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  temporal = await startDevServer({ searchAttributes: Object.values(searchAttributeKeys) });
  const settings = { connectionOptions: { address: temporal.address }, namespace: temporal.namespace };
  link = connectTemporal({ settings, dataConverter: {}, identity: 'test' });
  migrations = createTemporalMigrations({ ...link, report: () => undefined });
  api = await startTestServer({ migrations });
});
afterAll(async () => {
  await api.app.close();
  await link.connection.close();
  await temporal.stop();
});

const scopeOf = ({ handle }: Rehearsal, generation = 0): FeedScope => ({
  kind: 'page',
  migrationId: handle.workflowId,
  role: 'practiceManager',
  generation,
});

async function ask(scope: FeedScope) {
  const { url } = await testFeedLinks.linkOf(scope);
  return api.app.inject({ method: 'GET', url: url.slice(PUBLIC_URL.length) });
}

async function calendarOf(scope: FeedScope): Promise<ReadCalendar> {
  const { statusCode, body } = await ask(scope);
  expect(statusCode).toBe(200);
  return readCalendar(body);
}

const uids = ({ entries }: ReadCalendar): string[] => entries.map(({ uid }) => uid);

describe('the calendar of a migration that runs', () => {
  it('says what is done, ends with its link, and is taken back when the migration is cancelled', async () => {
    await rehearse(
      { address: temporal.address, bundleCode: inject('workflowBundleCode') },
      { order, dayMs: DAY_MS },
      async (rehearsal) => {
        const scope = scopeOf(rehearsal);
        const target = { migrationId: rehearsal.handle.workflowId };
        // Until it is planned, its days are not known.
        await expect.poll(async () => (await ask(scope)).statusCode, { timeout: 120_000 }).toBe(200);
        const first = await calendarOf(scope);
        expect(entryFor(first, 'posters.main')).toMatchObject({ status: 'CONFIRMED', sequence: 0 });

        const payload = { milestoneId: 'posters.main', by: 'Priya Nayar' };
        await migrations.done({ target, requestId: 'd1', payload });
        const done = entryFor(await calendarOf(scope), 'posters.main');
        expect(done.summary).toMatch(/^Done: Millbrook Lane Surgery: /);

        await migrations.revokeLinks({ target, requestId: 'r1', payload: { role: 'practiceManager', by: 'Tom' } });
        expect((await ask(scope)).statusCode).toBe(410);
        const good = scopeOf(rehearsal, 1);

        await migrations.cancel({ target, requestId: 'c1', payload: { by: 'Tom', reason: 'The practice merges.' } });
        const off = await calendarOf(good);
        expect(uids(off)).toEqual(uids(first));
        expect(new Set(off.entries.map(({ status }) => status))).toEqual(new Set(['CANCELLED']));
        for (const entry of off.entries) {
          const was = first.entries.find(({ uid }) => uid === entry.uid);
          expect(entry.sequence).toBe((was?.sequence ?? 0) + 1);
        }
        await rehearsal.handle.result();
        expect(readCalendar((await ask(good)).body)).toEqual(off);
      },
    );
  });
});
