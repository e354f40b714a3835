import { describe, expect, it } from 'vitest';
import { emptyHead, sealRecords } from '../../rules/migration/auditChain.js';
import type { AuditRecord } from '../../rules/migration/records.js';
import { migration, milestone } from '../register/registerWrites.js';
import { call, startTestServer, type Answer, type ServerOverrides } from './support/testServer.js';

const IDS = ['A10001-20260914-k3v9qa', 'A10002-20260914-k3v9qb', 'A10003-20260914-k3v9qc'];

const request = { kind: 'request', to: 'emis.contact', milestoneIds: ['clean-up'], messageId: '<1@csu.example>' };
const trail: AuditRecord[] = sealRecords(emptyHead, [
  { atMs: 1, actor: 'leadtime', type: 'migration.started', data: { dateVersion: 1 } },
  { atMs: 2, actor: 'leadtime', type: 'message.sent', data: request },
]).records;

const register: NonNullable<ServerOverrides['register']> = {
  migrationsOfParty: async (partyId, { limit, offset }) =>
    partyId === 'emis' ? { migrationIds: IDS.slice(offset, offset + limit), total: 3 } : { migrationIds: [], total: 0 },
  show: async (id) => {
    const migrationId = IDS.find((known) => known === id || known.startsWith(`${id}-`));
    if (migrationId === undefined) return undefined;
    const row = { ...migration({ migrationId, odsCode: migrationId.slice(0, 6) }), asOfSeq: 2 };
    return { migration: row, milestones: [milestone({ holder: 'emis' })] };
  },
  history: async () => trail,
};

async function ask(address: string): Promise<Answer> {
  const { app } = await startTestServer({ register });
  try {
    return await call(app, 'GET', `/api/suppliers/${address}`);
  } finally {
    await app.close();
  }
}

describe('the evidence of a supplier over the API', () => {
  it('comes page by page, each with its verdict', async () => {
    const { status, body, headers } = await ask('emis/evidence?limit=2');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      supplierId: 'emis',
      total: 3,
      migrations: [{ odsCode: 'A10001' }, { odsCode: 'A10002' }],
    });
    expect(headers['link']).toBe('</api/suppliers/emis/evidence?limit=2&offset=2>; rel="next"');
    expect(body).toMatchObject({
      migrations: [
        {
          trail: { ok: true, records: 2, comparedWithMigration: false },
          entries: [
            { side: 'context', dateVersion: 1 },
            { side: 'toSupplier', outcome: 'sent', messageId: '<1@csu.example>', record: trail[1] },
          ],
        },
        {},
      ],
    });
  });

  it('is of one migration, by its id or its practice’s code', async () => {
    expect((await ask('emis/evidence?migration=A10003')).body).toMatchObject({
      total: 1,
      migrations: [{ odsCode: 'A10003' }],
    });
    expect((await ask(`emis/evidence?migration=${IDS[0]}`)).body).toMatchObject({
      migrations: [{ migrationId: IDS[0] }],
    });
  });

  it.each([
    ['nobody/evidence', 404, 'supplier-unknown'],
    ['emis/evidence?migration=B99999', 404, 'migration-unknown'],
    ['emis/evidence?migration=%27%3B--', 404, 'migration-unknown'],
    ['rowan/evidence?migration=A10001', 404, 'supplier-unknown'],
    ['EMIS%20Web/evidence', 400, undefined],
    ['emis/evidence?limit=51', 400, undefined],
  ])('answers %s with %i', async (address, status, code) => {
    const answer = await ask(address);
    expect(answer.status).toBe(status);
    if (code !== undefined) expect(answer.body['type']).toContain(code);
  });
});
