import { describe, expect, it } from 'vitest';
import { emptyHead, endOf, sealRecords } from '../../rules/migration/auditChain.js';
import type { AuditRecord, ChainHead } from '../../rules/migration/records.js';
import { portfolio } from '../cli/support/portfolio.js';
import { chain, draft } from '../register/registerWrites.js';
import { call, startTestServer } from './support/testServer.js';

const ID = 'Z90001-20260914-k3v9qa';
const headOf = (records: AuditRecord[]): ChainHead => endOf(records) ?? emptyHead;

/** The verdict on a trail that stands like this, of a migration whose own end is `head`. */
async function verdictOn(records: AuditRecord[], head?: ChainHead) {
  const { app, migrations } = await startTestServer({ register: { ...portfolio, history: async () => records } });
  if (head !== undefined) migrations.auditHead = async () => ({ kind: 'answered', answer: head });
  const { status, body } = await call(app, 'GET', `/api/audit/${ID}/verdict`);
  expect(status).toBe(200);
  return body;
}

describe('the verdict on an audit trail', () => {
  const written = chain(4);

  it('is good for a trail as it was written', async () => {
    expect(await verdictOn(written, headOf(written))).toEqual({
      chain: ID,
      records: 4,
      comparedWithMigration: true,
      end: headOf(written),
      ok: true,
    });
  });

  it('is asked of the migration also where a practice is named by its code', async () => {
    const { app, migrations } = await startTestServer({ register: { ...portfolio, history: async () => written } });
    migrations.auditHead = async (target) =>
      'migrationId' in target && target.migrationId === ID
        ? { kind: 'answered', answer: headOf(written) }
        : { kind: 'absent', state: 'unknown', detail: 'No.' };
    const { body } = await call(app, 'GET', '/api/audit/Z90001/verdict');
    expect(body).toMatchObject({ comparedWithMigration: true, ok: true });
    await app.close();
  });

  it('is good for a trail that has grown since the migration was asked', async () => {
    expect(await verdictOn(written, headOf(written.slice(0, 2)))).toMatchObject({ ok: true });
  });

  it('names the first record that was changed', async () => {
    const changed = written.map((each) => (each.seq === 2 ? { ...each, actor: 'somebody else' } : each));
    expect(await verdictOn(changed, headOf(written))).toMatchObject({
      ok: false,
      firstBadSeq: 2,
      what: 'changed',
      record: { actor: 'somebody else', type: 'started' },
    });
  });

  it('names the first record that was removed', async () => {
    const removed = written.filter(({ seq }) => seq !== 3);
    expect(await verdictOn(removed)).toMatchObject({ ok: false, firstBadSeq: 3, what: 'removed' });
  });

  it('sees by the migration itself that the end was removed', async () => {
    const cut = written.slice(0, 2);
    expect(await verdictOn(cut, headOf(written))).toMatchObject({ ok: false, firstBadSeq: 3, what: 'removed' });
  });

  it('sees by the other tables that everything was removed, when the migration cannot be asked', async () => {
    expect(await verdictOn([])).toMatchObject({
      ok: false,
      firstBadSeq: 1,
      what: 'removed',
      comparedWithMigration: false,
    });
  });

  it('sees a trail that was sealed anew from a changed record on', async () => {
    const drafts = [0, 1, 2, 3].map((index) => draft({ data: { index: index === 1 ? 'forged' : index } }));
    const forged = sealRecords(emptyHead, drafts).records;
    expect(await verdictOn(forged, headOf(written))).toMatchObject({ ok: false, firstBadSeq: 4, what: 'changed' });
  });

  it('is 404 for a chain that nobody has written', async () => {
    const { app } = await startTestServer({ register: { ...portfolio, history: async () => [] } });
    expect((await call(app, 'GET', '/api/audit/Z90009-20260914-k3v9qa/verdict')).status).toBe(404);
  });
});
