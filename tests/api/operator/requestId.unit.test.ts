import { fastify } from 'fastify';
import { expect, it } from 'vitest';
import { requestIdOf } from '../../../api/operator/requests.js';

it('is the same for the same request under one key, and another for whatever else is asked under it', async () => {
  const app = fastify();
  app.post('/', async (request) => ({ id: requestIdOf(request) }));
  const idOf = async (payload: object, key?: string): Promise<unknown> => {
    const headers = key === undefined ? {} : { 'idempotency-key': key };
    return (await app.inject({ method: 'POST', url: '/', payload, headers })).json<{ id: string }>().id;
  };
  const first = await idOf({ to: '2027-04-22' }, 'k1');
  expect(first).toMatch(/^k1-[0-9a-f]{16}$/);
  expect(await idOf({ to: '2027-04-22' }, 'k1')).toBe(first);
  expect(await idOf({ to: '2027-05-22' }, 'k1')).not.toBe(first);
  expect(await idOf({ to: '2027-04-22' }, 'k2')).not.toBe(first);
  expect(await idOf({ to: '2027-04-22' })).not.toBe(await idOf({ to: '2027-04-22' }));
  await app.close();
});
