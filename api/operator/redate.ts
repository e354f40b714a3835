import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { daySchema } from '../../rules/calendar/daySchema.js';
import { movableAnchors } from '../../rules/migration/redate/redate.js';
import { shiftUnits } from '../../rules/migration/redate/shift.js';
import { holdAnswer, redateAnswer, redatePreviewAnswer } from '../answers/redate.js';
import type { Migrations } from '../migrations.js';
import { answerOf } from '../outcomes.js';
import { freeText, textLine } from '../plainJson.js';
import { badRequest } from '../problem.js';
import { previewOf, redate, type RedateDependencies, type Where } from '../redate/redate.js';
import { migrationParams, reasonBody, requestIdOf, targetOf } from './requests.js';

const tags = ['migrations'];

const moveSchema = z.strictObject({
  anchor: z.enum(movableAnchors),
  to: daySchema,
  confirmed: z.boolean().default(false).describe('Everybody has agreed to the new day already.'),
});

const whereBody = z.strictObject({
  moves: z.array(moveSchema).min(1).max(movableAnchors.length).exactOptional(),
  keepDistance: z
    .boolean()
    .exactOptional()
    .describe('With moves: later days that are not named move by as many working days.'),
  shift: z
    .strictObject({ amount: z.int().min(-1_000).max(1_000), unit: z.enum(shiftUnits) })
    .exactOptional()
    .describe('Instead of moves: every day that is still to come moves by so much.'),
  confirmed: z.boolean().exactOptional().describe('With shift: everybody has agreed to the new days already.'),
});

const redateBody = whereBody.extend({
  by: freeText().describe('Who says so: a name, as the audit trail shows it.'),
  reason: freeText(500).describe('Why, in one line.'),
  version: textLine(40).describe('From the preview: refused with 409 where the migration has changed since.'),
  acceptRisks: z.boolean().default(false).describe('`by` takes on the risks that the preview names.'),
});

/** @throws ApiProblem 400 where it is not one of the two ways */
function whereOf({ moves, keepDistance, shift, confirmed }: z.infer<typeof whereBody>): Where {
  const wrong = (pointer: string, detail: string) => badRequest('This says not where to.', [{ pointer, detail }]);
  if (moves !== undefined && shift !== undefined) throw wrong('/shift', 'cannot be sent together with moves');
  if (shift !== undefined && keepDistance !== undefined)
    throw wrong('/keepDistance', 'is for moves: a shift keeps every distance');
  if (shift !== undefined) return { shift, confirmed: confirmed ?? false };
  if (moves === undefined) throw wrong('/moves', 'must be there, or shift in its place');
  if (confirmed !== undefined) throw wrong('/confirmed', 'is for a shift: say it of each move');
  return { moves, ...(keepDistance !== undefined && { keepDistance }) };
}

interface Way {
  /** The end of the address. */
  path: 'redate' | 'resume';
  previews: string;
  does: string;
  /** What is sent along. */
  also: { resumes?: true };
}

const ways: readonly Way[] = [
  {
    path: 'redate',
    previews: 'What a move of days would do; nothing is touched',
    does: 'Days move, as previewed',
    also: {},
  },
  {
    path: 'resume',
    previews: 'What it would do to go on with these days; nothing is touched',
    does: 'A migration on hold goes on, with new days',
    also: { resumes: true },
  },
];

/** Days that move, also those with which a migration goes on that is on hold: what it would do, and then doing it. */
const routesOf =
  (deps: RedateDependencies, { path, previews, does, also }: Way): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      `/migrations/:id/${path}/preview`,
      {
        config: { role: 'viewer' },
        schema: {
          summary: previews,
          tags,
          params: migrationParams,
          body: whereBody,
          response: { 200: redatePreviewAnswer },
        },
      },
      async ({ params, body }) => answerOf(await previewOf(deps, targetOf(params.id), { ...whereOf(body), ...also })),
    );
    app.post(
      `/migrations/:id/${path}`,
      {
        schema: { summary: does, tags, params: migrationParams, body: redateBody, response: { 200: redateAnswer } },
      },
      async (request) => {
        const { by, reason, version, acceptRisks, ...rest } = request.body;
        const where = { ...whereOf(rest), ...also };
        const command = { by, reason, version, acceptRisks, where, updateId: requestIdOf(request) };
        return answerOf(await redate(deps, { target: targetOf(request.params.id), ...command }));
      },
    );
  };

/** Moving days, holding, and going on. */
export const redateRoutes =
  (deps: RedateDependencies & { migrations: Pick<Migrations, 'hold'> }): FastifyPluginAsyncZod =>
  async (app) => {
    for (const way of ways) await app.register(routesOf(deps, way));
    app.post(
      '/migrations/:id/hold',
      {
        schema: {
          summary: 'Nothing is sent and nothing becomes later, until it is resumed',
          tags,
          params: migrationParams,
          body: reasonBody,
          response: { 200: holdAnswer },
        },
      },
      async (request) => {
        const command = { target: targetOf(request.params.id), requestId: requestIdOf(request), payload: request.body };
        return answerOf(await deps.migrations.hold(command));
      },
    );
  };
