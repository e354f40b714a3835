import { createHash, randomBytes } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { makeMigrationId } from '../../workflows/migration/ids.js';
import { startedAnswer } from '../answers/actions.js';
import type { Migrations, StartOutcome } from '../migrations.js';
import type { PlanOrder, PlanOrderResult } from '../planning.js';
import { ApiProblem, badRequest, unavailable } from '../problem.js';
import { idempotencyKeyOf, MAX_ORDER_BYTES, startBody } from './requests.js';
import { parseSpeed } from './speed.js';

const ID_CHARACTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const RANDOM_LENGTH = 6;

export interface StartDependencies {
  migrations: Migrations;
  planOrder: PlanOrder;
  /** True when NODE_ENV is production: no rehearsals. */
  production: boolean;
}

type StartBody = z.infer<typeof startBody>;
type Planned = Extract<PlanOrderResult, { kind: 'planned' }>;

/**
 * The random part of a migration id. A retried request must find what it started: with an Idempotency-Key the part is
 * derived from the key and the whole request, so that the same request gives the same id, and another one does not.
 */
function randomPart(key: string | undefined, body: StartBody): string {
  const bytes =
    key === undefined
      ? randomBytes(RANDOM_LENGTH)
      : createHash('sha256')
          .update(JSON.stringify([key, body.text, body.speed, body.asOf]))
          .digest();
  return [...bytes.subarray(0, RANDOM_LENGTH)].map((byte) => ID_CHARACTERS[byte % ID_CHARACTERS.length]).join('');
}

function speedOf({ speed }: StartBody, production: boolean): number | undefined {
  if (speed === undefined) return undefined;
  if (production) {
    const detail = 'is for rehearsals, and those are refused in production (NODE_ENV=production)';
    throw badRequest('Rehearsals are refused here.', [{ pointer: '/speed', detail }]);
  }
  const parsed = parseSpeed(speed);
  if (parsed !== undefined) return parsed;
  const detail = 'must be like 1d=1s: a day of the migration in a second, at least as fast as real time';
  throw badRequest('The speed is wrong.', [{ pointer: '/speed', detail }]);
}

const ACCEPT = 'Nothing was started. Move the day, or accept the risk by name in the order: acceptRisk {by, reason}.';

/** The order, when nothing forbids to start it. @throws ApiProblem 400 or 422 with every problem */
function startable(result: PlanOrderResult): Planned {
  const nothing = { detail: 'Nothing was started.', errors: result.problems };
  if (result.kind === 'unreadable')
    throw new ApiProblem({ code: 'order-unreadable', status: 400, title: 'The order is not valid', ...nothing });
  const errors = result.refusals;
  if (errors.some(({ severity }) => severity === 'error'))
    throw new ApiProblem({
      ...nothing,
      code: 'order-refused',
      status: 422,
      title: 'The order cannot be started',
      errors,
    });
  const title = 'The plan has a risk that nobody has accepted';
  if (errors.length > 0)
    throw new ApiProblem({ code: 'risk-not-accepted', status: 422, title, detail: ACCEPT, errors });
  return result;
}

function startedOf(outcome: StartOutcome): Extract<StartOutcome, { kind: 'started' }> {
  switch (outcome.kind) {
    case 'started':
      return outcome;
    case 'unavailable':
      throw unavailable(outcome.detail);
    case 'alreadyRunning':
      throw new ApiProblem({
        code: 'already-running',
        status: 409,
        title: 'A migration of this practice is already running',
        detail: `${outcome.runningMigrationId} is running; a practice has one migration at a time.`,
        extra: { runningMigrationId: outcome.runningMigrationId },
      });
  }
}

/** `POST /api/migrations`: an order becomes a running migration. */
export const startRoutes =
  ({ migrations, planOrder, production }: StartDependencies): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/migrations',
      {
        bodyLimit: MAX_ORDER_BYTES,
        schema: {
          summary: 'Start a migration',
          tags: ['migrations'],
          body: startBody,
          response: { 201: startedAnswer },
        },
      },
      async (request, reply) => {
        const { fileName, text, asOf } = request.body;
        const speed = speedOf(request.body, production);
        const rehearsal = speed !== undefined;
        const result = await planOrder({ fileName, text, rehearsal, ...(asOf !== undefined && { asOf }) });
        const planned = startable(result);
        const { order } = planned;
        const random = randomPart(idempotencyKeyOf(request), request.body);
        const outcome = await migrations.start({
          migrationId: makeMigrationId(order.practice.odsCode, order.orderedOn, random, rehearsal),
          order,
          asOf: planned.asOf,
          ...(rehearsal && { rehearsal: { speed } }),
        });
        const { migrationId, workflowId } = startedOf(outcome);
        return reply.code(201).send({ migrationId, workflowId, warnings: planned.problems });
      },
    );
  };
