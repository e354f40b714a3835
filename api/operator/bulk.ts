import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { bulkRowStatuses } from '../../rules/bulk/bulk.js';
import { bulkAnswer, bulkLookAnswer, bulkRowsAnswer, bulksAnswer } from '../answers/bulk.js';
import { askBulk, knownBulk, repeatBulk, stopBulk, type BulkDependencies } from '../bulk/ask.js';
import { bulkBody, MAX_BULK_BYTES } from '../bulk/rows.js';
import { freeText, wantedText } from '../plainJson.js';
import { bulkWorkflowId } from '../../workflows/bulk/messages.js';
import type { TemporalPageOf } from '../temporalPages.js';
import { orUnavailable } from './orUnavailable.js';
import { idempotencyKeyOf } from './requests.js';

export interface BulkRoutesDependencies extends BulkDependencies {
  temporalPageOf: TemporalPageOf;
}

const tags = ['bulk'];

const params = z.object({ bulkId: wantedText().describe('As POST /api/bulk has answered it.') });
const byBody = z.strictObject({ by: freeText().describe('Who says so, for the audit trail.') });
const listQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20).describe('At most so many; the newest first.'),
});
const rowsQuery = z.object({
  status: z.enum(bulkRowStatuses).exactOptional().describe('Only these.'),
  after: z.coerce.number().int().min(0).max(100_000).default(0).describe('Only rows with a higher number.'),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

const lookRoutes =
  (deps: BulkRoutesDependencies): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/bulk',
      {
        schema: {
          summary: 'Operations on many practices',
          tags,
          querystring: listQuery,
          response: { 200: bulksAnswer },
        },
      },
      async ({ query: { limit } }) => ({ operations: await orUnavailable(deps.register.bulks(limit)) }),
    );
    app.get(
      '/bulk/:bulkId',
      { schema: { summary: 'How far an operation is', tags, params, response: { 200: bulkLookAnswer } } },
      async ({ params: { bulkId } }) => {
        const temporalPage = deps.temporalPageOf(bulkWorkflowId(bulkId));
        return { ...(await knownBulk(deps, bulkId)), ...(temporalPage !== undefined && { temporalPage }) };
      },
    );
    app.get(
      '/bulk/:bulkId/rows',
      {
        schema: {
          summary: 'What came of each row',
          tags,
          params,
          querystring: rowsQuery,
          response: { 200: bulkRowsAnswer },
        },
      },
      async ({ params: { bulkId }, query }) => {
        await knownBulk(deps, bulkId);
        return { bulkId, rows: await orUnavailable(deps.register.bulkRows(bulkId, query)) };
      },
    );
  };

/** `POST /api/bulk`: one thing done to many practices, in a durable operation of its own. */
export const bulkRoutes =
  (deps: BulkRoutesDependencies): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(lookRoutes(deps));
    app.post(
      '/bulk',
      {
        bodyLimit: MAX_BULK_BYTES,
        schema: {
          summary: 'One thing done to many practices: 202, and it goes on by itself',
          tags,
          body: bulkBody,
          response: { 202: bulkAnswer },
        },
      },
      async (request, reply) => {
        const operation = await askBulk(deps, request.body, idempotencyKeyOf(request));
        return reply.code(202).header('location', `/api/bulk/${operation.bulkId}`).send(operation);
      },
    );
    app.post(
      '/bulk/:bulkId/repeat',
      {
        schema: {
          summary: 'What has failed or was not reached is done again',
          tags,
          params,
          body: byBody,
          response: { 202: bulkAnswer },
        },
      },
      async ({ params: { bulkId }, body: { by } }, reply) => reply.code(202).send(await repeatBulk(deps, bulkId, by)),
    );
    app.post(
      '/bulk/:bulkId/stop',
      { schema: { summary: 'Nothing new is begun', tags, params, body: byBody, response: { 200: bulkAnswer } } },
      async ({ params: { bulkId }, body: { by } }) => stopBulk(deps, bulkId, by),
    );
  };
