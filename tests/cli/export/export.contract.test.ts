import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Migrations } from '../../../api/migrations.js';
import { migrationRow } from '../../../rules/migration/registerRows.js';
import type { MigrationState } from '../../../rules/migration/state.js';
import { orderSchema, type Order } from '../../../rules/order/schema.js';
import { createMemoryMigrations } from '../../api/support/memoryMigrations.js';
import { startedExample } from '../../support/examples.js';
import { Story } from '../../support/story.js';
import { portfolio } from '../support/portfolio.js';
import { runApi } from '../support/runningApi.js';
import { runCli } from '../support/runCli.js';

const asOf = '2026-11-23';
const template = 'examples/tracker/template.yaml';

interface Running {
  state: MigrationState;
  order: Order;
}

/** The orders of a tracker, as running migrations. */
async function started(tracker: string): Promise<Running[]> {
  const folder = path.join(await mkdtemp(path.join(tmpdir(), 'leadtime-export-')), 'orders');
  const { exitCode, stderr } = await runCli(
    ['import', tracker, '--template', template, '--as-of', asOf, '--done-before', asOf, '--out', folder],
    {},
  );
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  const files = readdirSync(folder).toSorted();
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
  return texts.map((text) => {
    const order = orderSchema.parse(parse(text));
    return { order, state: new Story(startedExample(order, asOf)).state };
  });
}

/** What `leadtime export` prints where these migrations run. @param away those that cannot be asked */
async function exported(running: readonly Running[], away: readonly string[] = []) {
  const rows = running.map(({ state }) => ({ ...migrationRow(state, state.migrationId), asOfSeq: 1 }));
  const planning: Migrations['planning'] = async (target) => {
    const asked = 'migrationId' in target ? target.migrationId : '';
    const found = running.find(({ state }) => state.migrationId === asked && !away.includes(asked));
    if (found === undefined) return { kind: 'unavailable', detail: 'It does not answer at the moment.' };
    return { kind: 'answered', answer: { ...found, nowMs: found.state.startedAtMs } };
  };
  const api = await runApi({
    register: { ...portfolio, list: async () => ({ migrations: rows, total: rows.length }) },
    migrations: Object.assign(createMemoryMigrations(), { planning }),
  });
  const result = await runCli(['export', '--rehearsals'], api.env);
  await api.app.close();
  return result;
}

async function fileOf(text: string): Promise<string> {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'leadtime-export-')), 'tracker.csv');
  await writeFile(file, text);
  return file;
}

describe('exporting running migrations', () => {
  it('gives a tracker that imports to the same migrations', async () => {
    const { stdout, exitCode } = await exported(await started('examples/tracker/tracker.csv'));
    expect(exitCode).toBe(0);
    const again = await exported(await started(await fileOf(stdout)));
    expect(again.stdout).toBe(stdout);
    const [first] = parseCsv(stdout, { columns: true });
    expect(first).toMatchObject({
      'ODS code': 'Z98101',
      'Practice manager email': 'ana.ruiz@harbourroad.example',
      From: 'Alder Clinical Systems',
      'Third parties': 'Electronic Prescription Service; Primary Care Support England; County Pathology Laboratory',
      'Initial data production': '2027-02-18',
      'Initial status': 'confirmed',
      'Go Live status': 'provisional',
      Dispensing: 'no',
      'Initial form at practice': '2026-10-22',
      'Initial form returned': '',
    });
    expect(stdout).toContain('go-live-date-agreed 2026-09-14; schedule-a-orders 2026-09-14');
  });

  it('keeps a cell from being taken for a formula', async () => {
    const { stdout } = await exported(await started('examples/tracker/tracker.csv'));
    expect(stdout).toContain("'+44 1632 960143");
  });

  it('says which migration is missing', async () => {
    const running = await started('examples/tracker/tracker.csv');
    const migrationId = running[1]?.state.migrationId ?? '';
    const { exitCode, stdout, stderr } = await exported(running, [migrationId]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${migrationId} is missing: `);
    expect(stdout.trim().split('\n')).toHaveLength(running.length);
  });
});
