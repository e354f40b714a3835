import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { tooManyRequests } from './problem.js';

/** Requests a minute. Generous: they stop floods and loops, not work. */
export interface RateLimits {
  /** From one network address, before anything is known about the sender. */
  perAddress: number;
  /** From one supplier, once its signature was right. */
  perSupplier: number;
  /** To one migration, from everybody; a migration takes 2,000 messages a run. */
  perMigration: number;
  /** To one page of one migration, through whatever link of its reader. */
  perLink: number;
}

export const defaultRateLimits: RateLimits = {
  perAddress: 6_000,
  perSupplier: 3_000,
  perMigration: 600,
  perLink: 300,
};

/** Counts the request under a key. @throws ApiProblem 429 once the minute's share is used up */
export type RateCheck = (request: FastifyRequest, key: string) => Promise<void>;

export type RateChecks = Record<keyof RateLimits, RateCheck>;

function createCheck(app: FastifyInstance, max: number): RateCheck {
  const keys = new WeakMap<FastifyRequest, string>();
  const count = app.createRateLimit({
    max,
    timeWindow: '1 minute',
    keyGenerator: (request) => keys.get(request) ?? '',
  });
  return async (request, key) => {
    keys.set(request, key);
    const result = await count(request);
    if (!result.isAllowed && result.isExceeded) throw tooManyRequests(result.ttlInSeconds);
  };
}

/** Sets the limits up. Counted in memory, per API process. */
export async function createRateChecks(app: FastifyInstance, limits: RateLimits): Promise<RateChecks> {
  await app.register(rateLimit, { global: false });
  return {
    perAddress: createCheck(app, limits.perAddress),
    perSupplier: createCheck(app, limits.perSupplier),
    perMigration: createCheck(app, limits.perMigration),
    perLink: createCheck(app, limits.perLink),
  };
}
