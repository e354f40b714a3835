import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewBulk, NewBulkRow } from '../../register/bulkTypes.js';
import { openRegister } from '../../register/open.js';
import { systemChainId, type Register } from '../../register/types.js';
import type { BulkCounts, BulkResult } from '../../rules/bulk/bulk.js';
import { type Places, pglitePlaces, postgresPlaces } from './places.js';
import { migration, write } from './registerWrites.js';

const engines: [string, () => Promise<Places>][] = [
  ['PGlite', pglitePlaces],
  ['PostgreSQL', postgresPlaces],
];
const askedAtMs = Date.UTC(2026, 10, 23, 9);
const operation = (bulkId: string): NewBulk => ({ bulkId, operation: 'done', dryRun: false, by: 'Bo', askedAtMs });
const asked = { atMs: askedAtMs, actor: 'Bo', type: 'bulk.asked', data: {} };
const ended = (counts: BulkCounts) => ({ ...asked, type: 'bulk.ended', data: { ...counts } });
const rows = (count: number, practice = (row: number) => `T${row}`): NewBulkRow[] =>
  Array.from({ length: count }, (_, index) => ({
    row: index + 1,
    line: index + 2,
    practice: practice(index + 1),
    subject: 'kick-off',
    request: `sealed ${index + 1}`,
  }));
const result = (row: number, change: Partial<BulkResult> = {}): BulkResult => ({
  row,
  status: 'done',
  detail: 'It is done.',
  atMs: askedAtMs + row,
  ...change,
});

describe.each(engines)('operations on many practices in the register on %s', (_engine, makePlaces) => {
  let places: Places;
  let register: Register;

  beforeAll(async () => {
    places = await makePlaces();
    register = await openRegister(await places.fresh());
  });
  afterAll(async () => {
    await register.close();
    await places.stop();
  });

  it('are written once with the record of who asked, however often', async () => {
    const before = (await register.history(systemChainId)).length;
    await register.addBulk(operation('once'), rows(3), asked);
    await register.addBulk(operation('once'), rows(3), asked);
    expect(await register.findBulk('once')).toEqual({
      ...operation('once'),
      state: 'waiting',
      total: 3,
      done: 0,
      failed: 0,
      waiting: 3,
    });
    expect((await register.history(systemChainId)).slice(before)).toMatchObject([{ type: 'bulk.asked', actor: 'Bo' }]);
    expect(await register.findBulk('never')).toBeUndefined();
    expect(await register.beginBulk('never')).toEqual([]);
  });

  it('hold ten thousand rows, and give them page by page', async () => {
    await register.addBulk(operation('many'), rows(10_000), asked);
    expect((await register.beginBulk('many')).length).toBe(10_000);
    const page = await register.bulkRows('many', { after: 9_998 });
    expect(page).toEqual([
      { row: 9_999, line: 10_000, practice: 'T9999', subject: 'kick-off', status: 'waiting' },
      { row: 10_000, line: 10_001, practice: 'T10000', subject: 'kick-off', status: 'waiting' },
    ]);
    expect((await register.waitingBulkRows('many', { from: 101, to: 200 })).map(({ row }) => row)).toEqual(
      Array.from({ length: 100 }, (_, index) => index + 101),
    );
  });

  it('settle what a practice means once for each run: its running migration, and never a rehearsal', async () => {
    const practice = (name: string, change: Parameters<typeof migration>[0]) =>
      register.write(write({ migration: migration({ migrationId: name, odsCode: 'P1', ...change }) }));
    await practice('P1-20260101-older1', { status: 'completed', startedAtMs: 1_000 });
    await practice('P1-20260201-newer1', { startedAtMs: 2_000 });
    await practice('rehearsal-P1-20260301-newest', { rehearsal: true, startedAtMs: 3_000 });
    await register.addBulk(
      operation('meant'),
      rows(2, (row) => `P${row}`),
      asked,
    );
    await register.beginBulk('meant');
    await practice('P1-20260401-later1', { startedAtMs: 4_000 });
    await register.beginBulk('meant');
    const waiting = await register.waitingBulkRows('meant', { from: 1, to: 100 });
    expect(waiting.map(({ migrationId }) => migrationId)).toEqual(['P1-20260201-newer1', undefined]);
  });

  it('keep the first result of a row', async () => {
    await register.addBulk(operation('first'), rows(3), asked);
    await register.beginBulk('first');
    const refused = { status: 'failed', code: 'milestone-settled', detail: 'Already \0 done.' } as const;
    await register.keepBulkResults('first', [result(1, { migrationId: 'T1-20260101-aaaaaa' }), result(2, refused)]);
    await register.keepBulkResults('first', [result(1, { detail: 'again' }), result(2)]);
    await register.keepBulkResults('first', []);
    expect(await register.bulkRows('first')).toMatchObject([
      { row: 1, status: 'done', detail: 'It is done.', migrationId: 'T1-20260101-aaaaaa', atMs: askedAtMs + 1 },
      { row: 2, status: 'failed', code: 'milestone-settled', detail: 'Already � done.' },
      { row: 3, status: 'waiting' },
    ]);
    expect(await register.bulkCounts('first')).toEqual({ done: 1, failed: 1, waiting: 1 });
    expect(await register.bulkCounts('first', { from: 2, to: 3 })).toEqual({ done: 0, failed: 1, waiting: 1 });
    expect((await register.bulkRows('first', { status: 'failed' })).map(({ row }) => row)).toEqual([2]);
  });

  it('end once, and forget what was asked of the rows that are done', async () => {
    await register.addBulk(operation('end'), rows(2), asked);
    await register.beginBulk('end');
    await register.keepBulkResults('end', [result(1), result(2, { status: 'failed', code: 'x', detail: 'no' })]);
    const before = (await register.history(systemChainId)).length;
    const end = { state: 'ended', atMs: askedAtMs + 9, audit: ended } as const;
    expect(await register.endBulk('end', end)).toEqual({ done: 1, failed: 1, waiting: 0 });
    await register.endBulk('end', { ...end, state: 'stopped', atMs: askedAtMs + 99 });
    expect(await register.findBulk('end')).toMatchObject({ state: 'ended', endedAtMs: askedAtMs + 9 });
    const records = (await register.history(systemChainId)).slice(before);
    expect(records).toMatchObject([{ type: 'bulk.ended', data: { done: 1, failed: 1, waiting: 0 } }]);
    expect(await register.beginBulk('end')).toEqual([]);
    expect(await register.reopenBulk('end', 'running', asked)).toBe(false);
    expect(await register.reopenBulk('end', 'ended', asked)).toBe(true);
    const waiting = await register.waitingBulkRows('end', { from: 1, to: 100 });
    expect(waiting).toMatchObject([{ row: 2, request: 'sealed 2', attempt: 2 }]);
  });

  it('repeat what was refused under another number, and what nobody answered under the same', async () => {
    await register.addBulk(operation('again'), rows(3), asked);
    await register.beginBulk('again');
    const failed = (row: number, code: string) => result(row, { status: 'failed', code, detail: 'no' });
    await register.keepBulkResults('again', [result(1), failed(2, 'unavailable'), failed(3, 'migration-closed')]);
    await register.endBulk('again', { state: 'ended', atMs: askedAtMs, audit: ended });
    expect(await register.reopenBulk('again', 'ended', asked)).toBe(true);
    expect(await register.reopenBulk('again', 'ended', asked)).toBe(false);
    expect(await register.findBulk('again')).toMatchObject({ state: 'waiting', done: 1, failed: 0, waiting: 2 });
    expect(await register.beginBulk('again')).toEqual([2, 3]);
    const waiting = await register.waitingBulkRows('again', { from: 1, to: 100 });
    expect(waiting.map(({ row, attempt }) => [row, attempt])).toEqual([
      [2, 1],
      [3, 2],
    ]);
  });

  it('are listed with their counts, the newest first', async () => {
    await register.addBulk({ ...operation('newest'), askedAtMs: askedAtMs + 5 }, rows(1), asked);
    const [first, ...others] = await register.bulks(3);
    expect(first).toMatchObject({ bulkId: 'newest', total: 1, waiting: 1 });
    expect(others).toHaveLength(2);
  });
});
