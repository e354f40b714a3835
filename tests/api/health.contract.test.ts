import { afterEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './support/testServer.js';

let server: TestServer | undefined;
const serve = async (...args: Parameters<typeof startTestServer>): Promise<TestServer> =>
  (server = await startTestServer(...args));
afterEach(async () => server?.app.close());

describe('the health addresses', () => {
  it('say that the process is alive, whatever else is not', async () => {
    const away = async () => Promise.reject(new Error('away'));
    const { app } = await serve({ health: { temporal: away, register: away, mail: away } });
    expect((await app.inject('/healthz')).statusCode).toBe(200);
  });

  it('say that all parts are up', async () => {
    const { app } = await serve();
    const response = await app.inject('/readyz');
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ status: 'ready', parts: { temporal: 'up', register: 'up', mail: 'up' } });
  });

  it.each([['temporal'], ['register'], ['mail']])(
    'name %s when it is the one that is away, and not why',
    async (part) => {
      const up = async () => true;
      const health = {
        temporal: up,
        register: up,
        mail: up,
        [part]: async () => Promise.reject(new Error('10.0.0.1')),
      };
      const { app } = await serve({ health });
      const response = await app.inject('/readyz');
      expect(response.statusCode).toBe(503);
      expect(response.json()).toMatchObject({ status: 'not ready', parts: { [part]: 'down' } });
      expect(response.body).not.toContain('10.0.0.1');
    },
  );

  it('do not wait for a part that never answers', async () => {
    const up = async () => true;
    const { app } = await serve({ health: { temporal: () => new Promise(() => undefined), register: up, mail: up } });
    const response = await app.inject('/readyz');
    expect(response.json()).toMatchObject({ parts: { temporal: 'down', register: 'up' } });
  });
});

describe('the documentation', () => {
  it('is an OpenAPI 3.1 description of every address', async () => {
    const { app } = await serve();
    const document = (await app.inject('/api/openapi.json')).json<{ openapi: string; paths: Record<string, object> }>();
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(Object.keys(document.paths).sort()).toEqual([
      '/api/adoptions',
      '/api/audit',
      '/api/audit/system',
      '/api/audit/{chain}/verdict',
      '/api/blackouts',
      '/api/bounces',
      '/api/bulk',
      '/api/bulk/{bulkId}',
      '/api/bulk/{bulkId}/repeat',
      '/api/bulk/{bulkId}/rows',
      '/api/bulk/{bulkId}/stop',
      '/api/calendar',
      '/api/calendar-feeds',
      '/api/calendar-feeds/end',
      '/api/collisions',
      '/api/doctor',
      '/api/holders',
      '/api/migrations',
      '/api/migrations/{id}',
      '/api/migrations/{id}/adopt',
      '/api/migrations/{id}/adopt/preview',
      '/api/migrations/{id}/amend',
      '/api/migrations/{id}/amend/preview',
      '/api/migrations/{id}/armed',
      '/api/migrations/{id}/calendar-link',
      '/api/migrations/{id}/cancel',
      '/api/migrations/{id}/contacts',
      '/api/migrations/{id}/counts',
      '/api/migrations/{id}/decisions/{decision}',
      '/api/migrations/{id}/events',
      '/api/migrations/{id}/history',
      '/api/migrations/{id}/hold',
      '/api/migrations/{id}/items',
      '/api/migrations/{id}/links',
      '/api/migrations/{id}/links/revoke',
      '/api/migrations/{id}/messages',
      '/api/migrations/{id}/milestones/{milestone}/acknowledge',
      '/api/migrations/{id}/milestones/{milestone}/done',
      '/api/migrations/{id}/milestones/{milestone}/explanation',
      '/api/migrations/{id}/milestones/{milestone}/waive',
      '/api/migrations/{id}/order',
      '/api/migrations/{id}/redate',
      '/api/migrations/{id}/redate/preview',
      '/api/migrations/{id}/resume',
      '/api/migrations/{id}/resume/preview',
      '/api/migrations/{id}/timeline',
      '/api/migrations/{id}/week',
      '/api/orders/explanation',
      '/api/orders/import',
      '/api/orders/pack',
      '/api/orders/plan',
      '/api/orders/rehearsal',
      '/api/orders/rules',
      '/api/ring-list',
      '/api/rules/check',
      '/api/rules/{ruleSet}',
      '/api/running',
      '/api/sessions',
      '/api/sessions/{sessionId}/end',
      '/api/sign-in-links',
      '/api/suppliers/{supplierId}/evidence',
      '/api/tokens',
      '/api/tokens/{tokenId}/revoke',
      '/api/turnarounds',
      '/healthz',
      '/readyz',
      '/webhooks/suppliers/{supplierId}',
    ]);
    expect(JSON.stringify(document.paths['/webhooks/suppliers/{supplierId}'])).toContain('extract.scheduled');
    expect(document.paths['/api/migrations']).toMatchObject({ post: { security: [{ operator: [] }] } });
  });

  it('has a page to read it on, under a content security policy', async () => {
    const { app } = await serve();
    const page = await app.inject('/api/docs/');
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.headers['content-security-policy']).toBeDefined();
    const script = /src="([^"]+swagger-initializer[^"]*)"/.exec(page.body)?.[1] ?? '';
    expect((await app.inject(`/api/docs/${script.replace(/^.*docs\//, '')}`)).statusCode).toBe(200);
  });
});
