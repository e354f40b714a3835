import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { holdAnswer, orderAnswer, redateAnswer, redatePreviewAnswer } from '../answers/redate.js';
import type { Migrations, MigrationTarget } from '../migrations.js';
import { answerOf } from '../outcomes.js';
import { orderOf, previewOf, redate, type RedateDependencies, type Where } from '../redate/redate.js';
import { previewTogether } from '../redate/previewTogether.js';
import { redateTogether } from '../redate/redateTogether.js';
import { withKnownRules } from './knownRules.js';
import { adoptBody, daysBody, daysOf, orderBody, orderOfText, redateBody, saidBody } from './redateBodies.js';
import { MAX_ORDER_BYTES, migrationParams, reasonBody, requestIdOf, targetOf } from './requests.js';

const tags = ['migrations'];

/** One way to plan a migration anew: looked at first, and then committed. */
interface Way {
  /** The end of the address. */
  path: string;
  previews: string;
  does: string;
  body: z.ZodObject;
  /** Reads what the body has of it, beside what else is said. */
  whereOf: (sent: unknown) => Where;
  bodyLimit?: number;
  /** Moves all practices on the instance together. */
  isTogether?: true;
}

type Command = Parameters<typeof redate>[1] & { version: string };

const onlyThisOf = (sent: unknown): boolean =>
  redateBody.pick({ onlyThis: true }).strip().parse(sent).onlyThis ?? false;

const routesOf =
  (
    deps: RedateDependencies,
    { path, previews, does, body, whereOf, bodyLimit, isTogether }: Way,
  ): FastifyPluginAsyncZod =>
  async (app) => {
    const limit = bodyLimit === undefined ? {} : { bodyLimit };
    const look = (target: MigrationTarget, where: Where, sent: unknown) =>
      isTogether
        ? previewTogether(deps, { target, where, onlyThis: onlyThisOf(sent) })
        : previewOf(deps, target, where);
    const move = (command: Command, sent: unknown) =>
      isTogether ? redateTogether(deps, { ...command, onlyThis: onlyThisOf(sent) }) : redate(deps, command);
    app.post(
      `/migrations/:id/${path}/preview`,
      {
        ...limit,
        config: { role: 'viewer' },
        schema: { summary: previews, tags, params: migrationParams, body, response: { 200: redatePreviewAnswer } },
      },
      async (request) => {
        const { id } = migrationParams.parse(request.params);
        return answerOf(await withKnownRules(look(targetOf(id), whereOf(request.body), request.body)));
      },
    );
    const commit = body.extend(saidBody);
    app.post(
      `/migrations/:id/${path}`,
      {
        ...limit,
        schema: { summary: does, tags, params: migrationParams, body: commit, response: { 200: redateAnswer } },
      },
      async (request) => {
        const { id } = migrationParams.parse(request.params);
        const said = z.object(saidBody).parse(request.body);
        const where = whereOf(request.body);
        const command = { ...said, target: targetOf(id), where, updateId: requestIdOf(request) };
        return answerOf(await withKnownRules(move(command, request.body)));
      },
    );
  };

/** Moving days, holding and going on, amending the order, adopting rules and calendars. */
export const redateRoutes =
  (deps: RedateDependencies & { migrations: Pick<Migrations, 'hold'> }): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(
      routesOf(deps, {
        path: 'redate',
        previews: 'What a move of days would do; nothing is touched',
        does: 'Days move, as previewed',
        body: redateBody,
        whereOf: (sent) => daysOf(daysBody.strip().parse(sent)),
        isTogether: true,
      }),
    );
    await app.register(
      routesOf(deps, {
        path: 'resume',
        previews: 'What it would do to go on with these days; nothing is touched',
        does: 'A migration on hold goes on, with new days',
        body: daysBody,
        whereOf: (sent) => ({ ...daysOf(daysBody.strip().parse(sent)), resumes: true }),
      }),
    );
    await app.register(
      routesOf(deps, {
        path: 'amend',
        previews: 'What another order would do; nothing is touched. Its days and what it says is done do not count',
        does: 'The order is another: parties, products, contacts, notices, items, sites, closures',
        body: orderBody,
        whereOf: (sent) => orderOfText(orderBody.strip().parse(sent)),
        bodyLimit: MAX_ORDER_BYTES,
      }),
    );
    await app.register(
      routesOf(deps, {
        path: 'adopt',
        previews: 'What the rules and the calendar in use would do; nothing is touched',
        does: 'The rules and the calendar in use count for this migration, too',
        body: adoptBody,
        whereOf: (sent) => ({ adopts: adoptBody.strip().parse(sent).what }),
      }),
    );
    await app.register(restRoutes(deps));
  };

const restRoutes =
  (deps: RedateDependencies & { migrations: Pick<Migrations, 'hold'> }): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/migrations/:id/order',
      {
        schema: {
          summary: 'The order as it stands, with the people, the days and the progress of today',
          tags,
          params: migrationParams,
          response: { 200: orderAnswer },
        },
      },
      async ({ params }) => ({ order: { ...answerOf(await orderOf(deps, targetOf(params.id))) } }),
    );
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
