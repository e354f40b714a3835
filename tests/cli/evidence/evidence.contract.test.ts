import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openRegister } from '../../../register/open.js';
import type { Register } from '../../../register/types.js';
import { canonicalJson } from '../../../rules/migration/canonicalJson.js';
import type { RegisterWrite } from '../../../rules/migration/records.js';
import { rehearsedPractices } from '../../support/rehearsed/practices.js';
import { storyUntil, writerOf } from '../../support/rehearsed/story.js';
import { runApi, type RunningApi } from '../support/runningApi.js';
import { runCli, type CliResult } from '../support/runCli.js';

const packSchema = z.object({
  migrations: z.array(
    z.object({
      migrationId: z.string(),
      records: z.array(
        z.object({
          seq: z.number(),
          atMs: z.number(),
          actor: z.string(),
          type: z.string(),
          data: z.record(z.string(), z.unknown()),
          prevHash: z.string(),
          hash: z.string(),
        }),
      ),
    }),
  ),
});

let api: RunningApi;
let register: Register;
/** Whose trail somebody has changed. */
let tampered: string | undefined;

const writes: RegisterWrite[] = rehearsedPractices(3).map((practice) => {
  const story = storyUntil(practice, '2026-10-20');
  story.says('alder', 'form.sent');
  story.done('target-on-site.rowan', { by: '=HYPERLINK("https://example.org")' });
  return writerOf(story.until('2026-12-20'))();
});

beforeAll(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'leadtime-evidence-'));
  register = await openRegister({ pgliteFolder: path.join(folder, 'register') });
  for (const write of writes) await register.write(write);
  const history: Register['history'] = async (id, part) => {
    const records = await register.history(id, part);
    if (tampered !== id) return records;
    return records.map((record) => (record.seq === 5 ? { ...record, actor: 'somebody else' } : record));
  };
  const show: Register['show'] = (id) => register.show(id);
  const migrationsOfParty: Register['migrationsOfParty'] = (id, part) => register.migrationsOfParty(id, part);
  api = await runApi({ register: { show, history, migrationsOfParty } });
});
afterAll(async () => {
  await api.app.close();
  await register.close();
});

interface Pack extends CliResult {
  folder: string;
  read: (name: string) => Promise<string>;
}

async function evidence(...args: string[]): Promise<Pack> {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'leadtime-evidence-')), 'pack');
  const result = await runCli(['evidence', ...args, '--out', folder], api.env);
  return { ...result, folder, read: async (name) => readFile(path.join(folder, name), 'utf8') };
}
type Row = Record<string, string>;
const rowsOf = async ({ read }: Pack): Promise<Row[]> => parse(await read('evidence.csv'), { columns: true });

describe('an evidence pack', () => {
  it('has every mail to the supplier in every migration, with version, id, outcome and record', async () => {
    const pack = await evidence('alder');
    expect(pack.exitCode).toBe(0);
    const sent = (await rowsOf(pack)).filter(({ side }) => side === 'to them');
    const expected = writes.flatMap(({ messages }) => messages.filter(({ toKey }) => toKey.startsWith('alder.')));
    expect(expected.length).toBeGreaterThan(6);
    expect(sent.map(({ messageId }) => messageId).toSorted()).toEqual(
      expected.map(({ messageId }) => messageId).toSorted(),
    );
    expect(sent.every((row) => row['outcome'] === 'sent' && row['dateVersion'] === '1' && row['hash'] !== '')).toBe(
      true,
    );
    expect(sent.some(({ what }) => what?.startsWith('Request for an extract'))).toBe(true);
    expect(sent.some(({ what }) => what?.startsWith('Chase'))).toBe(true);
  });

  it('has what the supplier said, and nothing that another one was sent or said', async () => {
    const rows = await rowsOf(await evidence('alder'));
    const said = rows.filter(({ side }) => side === 'from them');
    expect(said.map(({ type, actor }) => [type, actor])).toEqual(writes.map(() => ['supplier.event', 'alder']));
    expect(rows.filter(({ what }) => what?.includes('rowan.'))).toEqual([]);
    expect(rows.filter(({ milestones }) => milestones === 'notify.eps')).toEqual([]);
  });

  it('holds records whose hashes can be computed again without leadtime', async () => {
    const { migrations } = packSchema.parse(JSON.parse(await (await evidence('alder')).read('records.json')));
    const records = migrations.flatMap((migration) => migration.records);
    expect(records.length).toBeGreaterThan(20);
    for (const { prevHash, hash, atMs, actor, type, data } of records) {
      const text = `${prevHash}\n${canonicalJson({ actor, atMs, data, type })}`;
      expect(createHash('sha256').update(text).digest('hex')).toBe(hash);
    }
  });

  it('has no address of anybody, and no cell that is a formula', async () => {
    const pack = await evidence('rowan');
    const texts = await Promise.all(['evidence.html', 'evidence.csv', 'records.json'].map(pack.read));
    // A message id ends in the domain of the CSU's mailbox.
    for (const text of texts) expect(text).not.toMatch(/(?<!\w{16})@\w+\.example/);
    const by = (await rowsOf(pack)).map(({ actor }) => actor);
    expect(by).toContain(`'=HYPERLINK("https://example.org")`);
    expect(texts[0]).toContain('=HYPERLINK(&quot;https://example.org&quot;)');
  });

  it('is of one migration where one is named', async () => {
    const rows = await rowsOf(await evidence('alder', '--migration', 'Z98002'));
    expect(new Set(rows.map(({ odsCode }) => odsCode))).toEqual(new Set(['Z98002']));
  });

  it('says that a trail was changed, and from where, and exits with 1', async () => {
    tampered = writes[1]?.migration.migrationId ?? '';
    const pack = await evidence('alder');
    tampered = undefined;
    expect(pack.exitCode).toBe(1);
    expect(pack.stdout).toContain(`Not as it was written: ${writes[1]?.migration.migrationId ?? ''}, from record 5.`);
    expect(await pack.read('evidence.html')).toContain('Not as it was written: record 5 was changed.');
  });

  it('is refused for a supplier that nobody has, and in a folder that holds something', async () => {
    const unknown = await evidence('nobody');
    expect(unknown.exitCode).toBe(1);
    expect(unknown.stderr).toContain('No migration has to do with "nobody"');
    const { folder } = await evidence('alder');
    const again = await runCli(['evidence', 'alder', '--out', folder], api.env);
    expect(again.exitCode).toBe(2);
    expect(again.stderr).toContain('is not empty');
  });
});
