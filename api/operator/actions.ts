import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { SupplierEventAnswer } from '../../rules/migration/events.js';
import {
  cancelledAnswer,
  contactAnswer,
  countsAnswer,
  decisionAnswer,
  eventAnswer,
  itemAnswer,
  milestoneAnswer,
} from '../answers/actions.js';
import type { Migrations, OperatorRequest } from '../migrations.js';
import { answerOf } from '../outcomes.js';
import {
  acknowledgementBody,
  contactBody,
  countsBody,
  decisionBody,
  decisionParams,
  doneBody,
  eventBody,
  itemBody,
  migrationParams,
  milestoneParams,
  reasonBody,
  requestIdOf,
  targetOf,
} from './requests.js';

const tags = ['migrations'];

const operatorRequest = <Payload>(request: FastifyRequest, id: string, payload: Payload): OperatorRequest<Payload> => ({
  target: targetOf(id),
  requestId: requestIdOf(request),
  payload,
});

/** A supplier's word that came by telephone or letter: taken as its webhook would be, with who recorded it. */
async function reportEvent(
  migrations: Migrations,
  { target, requestId, payload }: OperatorRequest<z.infer<typeof eventBody>>,
): Promise<SupplierEventAnswer> {
  const { by, ...said } = payload;
  const outcome = await migrations.sendSupplierEvent(target, {
    ...said,
    ...('migrationId' in target && target),
    // Suppliers' own ids begin with the supplier and a slash: this prefix keeps the operators' apart.
    webhookId: `operator:${requestId}`,
    recordedBy: by,
  });
  return { ...answerOf(outcome), webhookId: requestId };
}

const milestoneRoutes =
  (migrations: Migrations): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/migrations/:id/milestones/:milestone/done',
      {
        schema: {
          summary: 'A milestone is done',
          tags,
          params: milestoneParams,
          body: doneBody,
          response: { 200: milestoneAnswer },
        },
      },
      async (request) => {
        const { id, milestone } = request.params;
        const report = { milestoneId: milestone, ...request.body };
        return answerOf(await migrations.done(operatorRequest(request, id, report)));
      },
    );
    app.post(
      '/migrations/:id/milestones/:milestone/waive',
      {
        schema: {
          summary: 'A milestone is not needed here',
          tags,
          params: milestoneParams,
          body: reasonBody,
          response: { 200: milestoneAnswer },
        },
      },
      async (request) => {
        const { id, milestone } = request.params;
        const waiver = { milestoneId: milestone, ...request.body };
        return answerOf(await migrations.waive(operatorRequest(request, id, waiver)));
      },
    );
    app.post(
      '/migrations/:id/milestones/:milestone/acknowledge',
      {
        schema: {
          summary: 'An operator takes a slip on',
          tags,
          params: milestoneParams,
          body: acknowledgementBody,
          response: { 200: milestoneAnswer },
        },
      },
      async (request) => {
        const { id, milestone } = request.params;
        const acknowledgement = { milestoneId: milestone, ...request.body };
        return answerOf(await migrations.acknowledgeSlip(operatorRequest(request, id, acknowledgement)));
      },
    );
  };

/** Numbers, decisions and items: what becomes known while a migration runs. */
const elementRoutes =
  (migrations: Migrations): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/migrations/:id/counts',
      {
        schema: {
          summary: 'What was counted',
          tags,
          params: migrationParams,
          body: countsBody,
          response: { 200: countsAnswer },
        },
      },
      async (request) =>
        answerOf(await migrations.reportCounts(operatorRequest(request, request.params.id, request.body))),
    );
    app.post(
      '/migrations/:id/decisions/:decision',
      {
        schema: {
          summary: 'What was decided',
          tags,
          params: decisionParams,
          body: decisionBody,
          response: { 200: decisionAnswer },
        },
      },
      async (request) => {
        const { id, decision } = request.params;
        return answerOf(await migrations.decide(operatorRequest(request, id, { decision, ...request.body })));
      },
    );
    app.post(
      '/migrations/:id/items',
      {
        schema: {
          summary: 'Something more to do',
          tags,
          params: migrationParams,
          body: itemBody,
          response: { 200: itemAnswer },
        },
      },
      async (request) => {
        const { by, ...item } = request.body;
        return answerOf(await migrations.addItem(operatorRequest(request, request.params.id, { item, by })));
      },
    );
  };

/** What operators say to a running migration. Each answer means that it is in the migration's history. */
export const actionRoutes =
  (migrations: Migrations): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(milestoneRoutes(migrations));
    await app.register(elementRoutes(migrations));
    app.post(
      '/migrations/:id/cancel',
      {
        schema: {
          summary: 'The migration is off',
          tags,
          params: migrationParams,
          body: reasonBody,
          response: { 200: cancelledAnswer },
        },
      },
      async (request) => answerOf(await migrations.cancel(operatorRequest(request, request.params.id, request.body))),
    );
    app.post(
      '/migrations/:id/contacts',
      {
        schema: {
          summary: 'A contact has changed',
          tags,
          params: migrationParams,
          body: contactBody,
          response: { 200: contactAnswer },
        },
      },
      async (request) =>
        answerOf(await migrations.amendContact(operatorRequest(request, request.params.id, request.body))),
    );
    app.post(
      '/migrations/:id/events',
      {
        schema: {
          summary: 'A supplier said so, by telephone or letter',
          tags,
          params: migrationParams,
          body: eventBody,
          response: { 200: eventAnswer },
        },
      },
      async (request) => reportEvent(migrations, operatorRequest(request, request.params.id, request.body)),
    );
  };
