import { afterEach, describe, expect, it } from 'vitest';
import { rejectionTypes } from '../../rules/migration/events.js';
import {
  pointersIn,
  postEvent,
  SECRETS,
  signedHeaders,
  startTestServer,
  type TestServer,
} from './support/testServer.js';

const scheduled = { type: 'extract.scheduled', odsCode: 'Z90001', product: 'core', date: '2027-03-02' };
const KIB = 1_024;

let server: TestServer | undefined;
const serve = async (...args: Parameters<typeof startTestServer>): Promise<TestServer> =>
  (server = await startTestServer(...args));
afterEach(async () => server?.app.close());

describe('a supplier’s webhook', () => {
  it('is sent on to the practice’s migration, and gets the migration’s answer under its own id', async () => {
    const { app, migrations } = await serve();
    const { status, body } = await postEvent(app, scheduled, { id: 'msg_42' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ webhookId: 'msg_42', migrationId: 'Z90001-20260914-k3v9qa', effect: 'done' });
    expect(migrations.said).toEqual([
      {
        what: 'event',
        target: { odsCode: 'Z90001' },
        payload: {
          supplierId: 'emis',
          webhookId: 'emis/msg_42',
          type: 'extract.scheduled',
          product: 'core',
          date: '2027-03-02',
        },
      },
    ]);
  });

  it('may name one migration by its id', async () => {
    const { app, migrations } = await serve();
    const migrationId = 'rehearsal-Z90001-20260914-k3v9qa';
    expect((await postEvent(app, { type: 'form.sent', migrationId, odsCode: 'Z90001' })).status).toBe(200);
    expect(migrations.said[0]).toMatchObject({ target: { migrationId }, payload: { migrationId } });
  });

  it('keeps the same id of two suppliers apart', async () => {
    const { app, migrations } = await serve();
    await postEvent(app, scheduled, { id: '1' });
    await postEvent(app, scheduled, { id: '1', supplierId: 'tpp', secret: SECRETS.ofTpp });
    expect(migrations.said.map(({ payload }) => payload)).toMatchObject([
      { webhookId: 'emis/1' },
      { webhookId: 'tpp/1' },
    ]);
  });

  it('is signed over its bytes, whatever their layout and content type', async () => {
    const { app } = await serve();
    const text = `\n {"odsCode" : "Z90001",\t"type":"form.sent", "data":{"note":"über £5"}}  `;
    const headers = { 'content-type': 'text/plain' };
    expect((await postEvent(app, text, { headers })).status).toBe(200);
  });
});

describe('the signature of a webhook', () => {
  it.each([['newest'], ['previous']] as const)('is taken with the %s secret', async (which) => {
    const { app } = await serve();
    expect((await postEvent(app, scheduled, { secret: SECRETS[which] })).status).toBe(200);
  });

  it('is taken when one of several is right, as senders do who rotate', async () => {
    const { app } = await serve();
    const right = signedHeaders(JSON.stringify(scheduled), {})['webhook-signature'];
    const wrong = signedHeaders(JSON.stringify(scheduled), { secret: SECRETS.retired })['webhook-signature'];
    const headers = { 'webhook-signature': `${wrong} ${right}` };
    expect((await postEvent(app, scheduled, { headers })).status).toBe(200);
  });

  it('is refused with one and the same answer, whatever is wrong with it', async () => {
    const { app, migrations } = await serve();
    const postings = [
      { secret: SECRETS.retired },
      { secret: SECRETS.ofTpp },
      { supplierId: 'nobody' },
      { supplierId: '__proto__' },
      { tampered: JSON.stringify({ ...scheduled, date: '2027-03-03' }) },
      { ageSeconds: 6 * 60 },
      { ageSeconds: -6 * 60 },
      { headers: { 'webhook-id': 'msg_2' } },
      { headers: { 'webhook-id': undefined } },
      { headers: { 'webhook-timestamp': undefined } },
      { headers: { 'webhook-timestamp': 'yesterday' } },
      { headers: { 'webhook-signature': undefined } },
      { headers: { 'webhook-signature': 'v1,' } },
      { headers: { 'webhook-signature': 'v2,abc' } },
    ];
    const answers = await Promise.all(postings.map((posting) => postEvent(app, scheduled, posting)));
    for (const { status, body } of answers) {
      expect(status).toBe(401);
      expect(body).toEqual(answers[0]?.body);
    }
    expect(migrations.said).toEqual([]);
  });

  it('may be a few minutes old or ahead', async () => {
    const { app } = await serve();
    expect((await postEvent(app, scheduled, { ageSeconds: 4 * 60 })).status).toBe(200);
    expect((await postEvent(app, scheduled, { ageSeconds: -4 * 60 })).status).toBe(200);
  });
});

describe('the body of a webhook', () => {
  const padded = (bytes: number): string => {
    const text = JSON.stringify(scheduled);
    return text + ' '.repeat(bytes - Buffer.byteLength(text));
  };

  it('may have 64 KiB and not a byte more', async () => {
    const { app } = await serve();
    expect((await postEvent(app, padded(64 * KIB))).status).toBe(200);
    const { status, body } = await postEvent(app, padded(64 * KIB + 1));
    expect(status).toBe(413);
    expect(body).toMatchObject({ status: 413, type: 'urn:leadtime:problem:too-large' });
  });

  it('is refused for its size before anybody looks at the signature', async () => {
    const { app } = await serve();
    expect((await postEvent(app, padded(65 * KIB), { secret: SECRETS.retired })).status).toBe(413);
  });

  it.each([
    ['', ['']],
    ['{"type":', ['']],
    ['[]', ['']],
    ['null', ['']],
    [{}, ['/type', '/odsCode']],
    [{ type: 'form.sent' }, ['/odsCode']],
    [{ type: 'form.lost', odsCode: 'Z90001' }, ['/type']],
    [{ type: 'form.sent', odsCode: 'z90001' }, ['/odsCode']],
    [{ type: 'form.sent', odsCode: 90001 }, ['/odsCode']],
    [{ type: 'form.sent', migrationId: 'Z90001' }, ['/migrationId']],
    [{ type: 'form.sent', odsCode: 'Z90001', colour: 'red', datum: 'x' }, ['/colour', '/datum']],
    [{ type: 'form.received', odsCode: 'Z90001' }, ['/date']],
    [{ type: 'extract.scheduled', odsCode: 'Z90001' }, ['/date']],
    [{ ...scheduled, date: '2027-02-29' }, ['/date']],
    [{ ...scheduled, date: '2027-3-2' }, ['/date']],
    [{ ...scheduled, date: null }, ['/date']],
    [{ ...scheduled, product: '' }, ['/product']],
    [{ ...scheduled, data: 'text' }, ['/data']],
    [{ ...scheduled, data: { note: 'a\0b' } }, ['/data']],
    [{ ...scheduled, product: 'a\ud800b' }, ['/product']],
    [{ ...scheduled, migrationId: 'Z90002-20260914-k3v9qa' }, ['/migrationId']],
    [{ type: 'form.lost', odsCode: '!', date: 'soon', extra: 1 }, ['/type', '/odsCode', '/date', '/extra']],
  ])('%j is refused, pointing at %j', async (body, pointers) => {
    const { app, migrations } = await serve();
    const answer = await postEvent(app, body);
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(new Set(pointersIn(answer.body))).toEqual(new Set(pointers));
    expect(migrations.said).toEqual([]);
  });

  it('names the types there are, where the type is none of them', async () => {
    const { app } = await serve();
    const { body } = await postEvent(app, { ...scheduled, type: 'extract.planned' });
    expect(JSON.stringify(body)).toContain('extract.scheduled, extract.delivered');
  });

  it('is refused where its data is nested too deep to be walked', async () => {
    const { app } = await serve();
    const nested = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
    const { status, body } = await postEvent(app, `{"type":"form.sent","odsCode":"Z90001","data":${nested}}`);
    expect(status).toBe(400);
    expect(pointersIn(body)).toEqual(['/data']);
  });

  it('must be UTF-8', async () => {
    const { app } = await serve();
    const bytes = Buffer.concat([
      Buffer.from('{"type":"form.sent","odsCode":"'),
      Buffer.from([0xff]),
      Buffer.from('"}'),
    ]);
    const response = await app.inject({
      method: 'POST',
      url: '/webhooks/suppliers/emis',
      // The library signs the decoded text, so this is the signature that it takes for these bytes.
      headers: { 'content-type': 'application/json', ...signedHeaders(bytes.toString('utf8'), {}) },
      payload: bytes,
    });
    expect(response.statusCode).toBe(400);
  });

  it.each([['with space'], ['x'.repeat(101)], ['ü']])('needs a plain webhook-id, which %j is not', async (id) => {
    const { app } = await serve();
    const { status, body } = await postEvent(app, scheduled, { id });
    expect(status).toBe(400);
    expect(body['errors']).toMatchObject([{ header: 'webhook-id' }]);
  });
});

describe('what a migration says to a webhook', () => {
  it.each([['unknown'], ['closed']] as const)('is 404 for an %s migration, and the body says which', async (state) => {
    const { app, migrations } = await serve();
    migrations.answerEventsWith(() => ({ kind: 'absent', state, detail: 'Told by the migration.' }));
    const { status, body } = await postEvent(app, scheduled);
    expect(status).toBe(404);
    expect(body).toMatchObject({ migration: state, type: `urn:leadtime:problem:migration-${state}` });
  });

  it.each(rejectionTypes.map((type) => [type] as const))(
    'turns %s into its own status, with the choices',
    async (type) => {
      const { app, migrations } = await serve();
      const rejection = { type, message: 'No.', choices: ['docman', 'emis'] };
      migrations.answerEventsWith(() => ({ kind: 'rejected', rejection }));
      const { status, body } = await postEvent(app, scheduled);
      const expected: Partial<Record<string, number>> = {
        WrongMigration: 409,
        PreviewOutdated: 409,
        MigrationClosed: 404,
      };
      expect(status).toBe(expected[type] ?? 422);
      if (status === 422) expect(body).toMatchObject({ rejection: type, choices: ['docman', 'emis'] });
    },
  );

  it('is 503 with Retry-After when it cannot be reached', async () => {
    const { app, migrations } = await serve();
    migrations.answerEventsWith(() => ({ kind: 'unavailable', detail: 'Later.' }));
    const { status, headers } = await postEvent(app, scheduled);
    expect(status).toBe(503);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  });

  it('is 503 without our own words when something breaks here', async () => {
    const { app, migrations } = await serve();
    migrations.answerEventsWith(() => {
      throw new Error('secret of the house');
    });
    const { status, headers, body } = await postEvent(app, scheduled);
    expect(status).toBe(503);
    expect(headers['retry-after']).toBeDefined();
    expect(JSON.stringify(body)).not.toContain('secret of the house');
  });

  it('is 503 when the secrets cannot be read, since the sender can do nothing about it', async () => {
    const broken = { of: async () => Promise.reject(new Error('unreadable')) };
    const { app } = await serve({ webhookSecrets: broken });
    expect((await postEvent(app, scheduled)).status).toBe(503);
  });
});

describe('a flood of webhooks', () => {
  it('is answered 429 with Retry-After, per supplier', async () => {
    const { app } = await serve({}, { perSupplier: 2 });
    const statuses = [];
    for (const id of ['1', '2', '3']) statuses.push((await postEvent(app, scheduled, { id })).status);
    expect(statuses).toEqual([200, 200, 429]);
    const refused = await postEvent(app, scheduled);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await postEvent(app, scheduled, { supplierId: 'tpp', secret: SECRETS.ofTpp })).status).toBe(200);
  });

  it('is answered 429 per migration, and leaves other practices alone', async () => {
    const { app } = await serve({}, { perMigration: 1 });
    expect((await postEvent(app, scheduled)).status).toBe(200);
    expect((await postEvent(app, scheduled)).status).toBe(429);
    expect((await postEvent(app, { ...scheduled, odsCode: 'Z90002' })).status).toBe(200);
  });

  it('with wrong signatures uses up nothing of the supplier’s own share', async () => {
    const { app } = await serve({}, { perSupplier: 1 });
    for (const id of ['1', '2', '3']) await postEvent(app, scheduled, { id, secret: SECRETS.retired });
    expect((await postEvent(app, scheduled)).status).toBe(200);
  });
});
