import { afterEach, describe, expect, it } from 'vitest';
import { PASS_HEADER } from '../../../api/signIn/passes.js';
import { startTestServer, type TestServer } from '../support/testServer.js';
import { Visitor } from '../support/visitor.js';

let server: TestServer;
afterEach(() => server.app.close());

describe('the pass by which a page asks the API', () => {
  it('is looked up once for a page, and is of no use afterwards', async () => {
    let lookedUp = 0;
    const seen: string[] = [];
    server = await startTestServer({
      register: {
        list: async () => ({ migrations: [], total: 0 }),
      },
    });
    server.app.addHook('onRequest', async ({ headers, url }) => {
      if (url.startsWith('/api/')) lookedUp += Number(headers.cookie !== undefined);
      const pass = headers[PASS_HEADER];
      if (typeof pass === 'string') seen.push(pass);
    });
    const visitor = await new Visitor(server.app).signIn();
    expect((await visitor.get('/operator')).status).toBe(200);
    expect({ lookedUp, passes: seen.length }).toEqual({ lookedUp: 0, passes: 1 });
    const [pass = ''] = seen;
    const late = await server.app.inject({ url: '/api/migrations', headers: { [PASS_HEADER]: pass } });
    expect(late.statusCode).toBe(401);
  });

  it('gives no more than its holder may do', async () => {
    server = await startTestServer();
    const visitor = await new Visitor(server.app).signIn('Vic', 'viewer');
    expect((await visitor.get('/operator/ring-list')).status).toBe(403);
  });

  it.each(['', 'x', '00000000-0000-4000-8000-000000000000', '__proto__'])('cannot be made up: %j', async (pass) => {
    server = await startTestServer();
    const { statusCode } = await server.app.inject({ url: '/api/migrations', headers: { [PASS_HEADER]: pass } });
    expect(statusCode).toBe(401);
  });
});
