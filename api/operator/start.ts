import { createHash, randomBytes } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { Day } from '../../rules/calendar/day.js';
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

/** Six characters of a migration id, from bytes that are random or derived from something. */
export const idCharacters = (bytes: Uint8Array, length = RANDOM_LENGTH): string =>
  [...bytes.subarray(0, length)].map((byte) => ID_CHARACTERS[byte % ID_CHARACTERS.length]).join('');

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
  return idCharacters(bytes);
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

/** An order, and what its migration is to be. */
export interface StartCommand {
  fileName: string;
  text: string;
  asOf?: Day;
  /** How many milliseconds of a rehearsal pass in one of ours; absent for the real thing. */
  speed?: number;
  /** The random part of its id: the same one again has no second effect. */
  random: string;
}

/** Plans an order; nothing is started. @throws ApiProblem where it cannot be started */
export async function plannedStart(
  planOrder: PlanOrder,
  { fileName, text, asOf, speed }: Omit<StartCommand, 'random'>,
): Promise<Planned> {
  const rehearsal = speed !== undefined;
  return startable(await planOrder({ fileName, text, rehearsal, ...(asOf !== undefined && { asOf }) }));
}

/** Starts the migration that an order describes. @throws ApiProblem where it cannot be, or is not */
export async function startOrder(
  { migrations, planOrder }: Omit<StartDependencies, 'production'>,
  command: StartCommand,
): Promise<z.infer<typeof startedAnswer>> {
  const { order, asOf, problems } = await plannedStart(planOrder, command);
  const { random, speed } = command;
  const outcome = await migrations.start({
    migrationId: makeMigrationId(order.practice.odsCode, order.orderedOn, random, speed !== undefined),
    order,
    asOf,
    ...(speed !== undefined && { rehearsal: { speed } }),
  });
  const { migrationId, workflowId } = startedOf(outcome);
  return { migrationId, workflowId, warnings: problems };
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
        const random = randomPart(idempotencyKeyOf(request), request.body);
        const command = { fileName, text, ...(asOf && { asOf }), ...(speed !== undefined && { speed }), random };
        return reply.code(201).send(await startOrder({ migrations, planOrder }, command));
      },
    );
  };
