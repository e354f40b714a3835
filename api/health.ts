import type { FastifyInstance } from 'fastify';
import { aliveAnswer, readyAnswer } from './answers/system.js';

const CHECK_TIMEOUT_MS = 3_000;

/** A part that the product needs. The promise rejects when it cannot be reached. */
export type HealthCheck = () => Promise<unknown>;

/** The parts by name. */
export type HealthChecks = Record<'temporal' | 'register' | 'mail', HealthCheck>;

type PartStatus = 'up' | 'down';

const timeout = (): Promise<never> =>
  new Promise((_, reject) =>
    setTimeout(() => reject(new Error(`no answer within ${CHECK_TIMEOUT_MS} ms`)), CHECK_TIMEOUT_MS).unref(),
  );

/**
 * `GET /healthz`: this process is alive. `GET /readyz`: the parts it needs answer too; 503 names those that do not.
 * Why a part is down is in the log; the address is open to everybody.
 */
export function registerHealth(app: FastifyInstance, checks: HealthChecks): void {
  const statusOf = async ([name, check]: [string, HealthCheck]): Promise<[string, PartStatus]> => {
    try {
      await Promise.race([check(), timeout()]);
      return [name, 'up'];
    } catch (error) {
      app.log.warn({ part: name, err: error }, 'not ready');
      return [name, 'down'];
    }
  };
  app.get('/healthz', { schema: { summary: 'Alive', tags: ['health'], response: { 200: aliveAnswer } } }, async () => ({
    status: 'alive',
  }));
  app.get(
    '/readyz',
    { schema: { summary: 'Ready for work', tags: ['health'], response: { 200: readyAnswer, 503: readyAnswer } } },
    async (_request, reply) => {
      const parts = await Promise.all(Object.entries(checks).map(statusOf));
      const ready = parts.every(([, status]) => status === 'up');
      return reply
        .code(ready ? 200 : 503)
        .headers(ready ? {} : { 'retry-after': '5' })
        .send({ status: ready ? 'ready' : 'not ready', parts: Object.fromEntries(parts) });
    },
  );
}
