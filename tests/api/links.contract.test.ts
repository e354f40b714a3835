import { afterEach, describe, expect, it } from 'vitest';
import { examplePage } from './support/pages.js';
import { call, PUBLIC_URL, startTestServer, testLinks, type TestServer } from './support/testServer.js';

let server: TestServer;
afterEach(async () => server.app.close());

const page = { ...examplePage('eps.contact'), linkGeneration: 3 };
const { migrationId } = page;

const serve = async (): Promise<TestServer> => {
  server = await startTestServer();
  server.migrations.page = async (_target, role) => ({
    kind: 'answered',
    answer: role === page.role ? page : undefined,
  });
  return server;
};

describe('a fresh link to a page', () => {
  it('is for that migration and role, of the generation that is good now', async () => {
    const { app } = await serve();
    const { status, body, headers } = await call(app, 'POST', '/api/migrations/Z98001/links', { role: 'eps.contact' });
    expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
    expect(body).toMatchObject({ migrationId, role: 'eps.contact' });
    const token = String(body['url']).replace(`${PUBLIC_URL}/p/`, '');
    expect(await testLinks.read(token, Date.now())).toEqual({
      kind: 'valid',
      scope: { migrationId, role: 'eps.contact', generation: 3 },
    });
  });

  it('is refused for somebody who has no page', async () => {
    const { app } = await serve();
    const { status, body } = await call(app, 'POST', `/api/migrations/${migrationId}/links`, { role: 'csuManager' });
    expect([status, body['rejection']]).toEqual([422, 'NoPage']);
    expect(body['detail']).toContain('practiceManager, or PARTY.contact');
  });
});

describe('revoking links', () => {
  it('is the migration’s to do, by name', async () => {
    const { app, migrations } = await serve();
    const payload = { role: 'eps.contact', by: 'Tom Ashdown' };
    const { status, body } = await call(app, 'POST', `/api/migrations/${migrationId}/links/revoke`, payload);
    expect([status, body]).toEqual([200, { role: 'eps.contact', generation: 1 }]);
    expect(migrations.said).toEqual([{ what: 'revokeLinks', target: { migrationId }, payload }]);
  });
});
