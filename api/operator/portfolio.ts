import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { USUAL_PAGE } from '../../register/queries.js';
import type { ListFilter, MigrationDetails, Register } from '../../register/types.js';
import { phases } from '../../rules/migration/events.js';
import { slugSchema } from '../../rules/order/fields.js';
import { ratings } from '../../rules/portfolio/standing.js';
import { listAnswer, messagesAnswer, migrationAnswer, timelineAnswer } from '../answers/migrations.js';
import { historyAnswer } from '../answers/system.js';
import type { Migrations } from '../migrations.js';
import { absentProblem, answerOf } from '../outcomes.js';
import { orUnavailable } from './orUnavailable.js';
import { historyQuery, migrationParams, targetOf } from './requests.js';
import { wantedText } from '../plainJson.js';
import { pageLinks } from './pageLinks.js';
import type { Standings } from './standings.js';
import type { TemporalPageOf } from '../temporalPages.js';

const tags = ['migrations'];

/** What people look at; decisions are never read from it. */
export type PortfolioRegister = Pick<
  Register,
  | 'list'
  | 'show'
  | 'history'
  | 'messages'
  | 'chains'
  | 'holdings'
  | 'crowdedDays'
  | 'blackoutConflicts'
  | 'hopsDone'
  | 'ringRows'
>;

const listQuery = z.object({
  status: z.enum(['running', 'completed', 'cancelled']).exactOptional(),
  rating: z.enum(ratings).exactOptional().describe('How it stands today; docs/portfolio.md has the rule.'),
  overdue: z.literal('true').exactOptional().describe('Only those whose next deadline has passed.'),
  phase: z.enum(phases).exactOptional(),
  search: wantedText(100).exactOptional().describe('Beginning of an ODS code, or part of a practice’s name.'),
  sourceSupplierId: slugSchema.exactOptional(),
  targetSupplierId: slugSchema.exactOptional(),
  instanceId: slugSchema.exactOptional().describe('Only practices on this instance.'),
  icb: wantedText().exactOptional(),
  owner: wantedText().exactOptional().describe('Name of the operator.'),
  delayHolder: wantedText(100).exactOptional().describe('practice, csu or a party’s id: holds what has slipped.'),
  rehearsals: z.enum(['true', 'false']).exactOptional().describe('true lists rehearsals too.'),
  limit: z.coerce.number().int().min(1).max(1_000).exactOptional(),
  offset: z.coerce.number().int().min(0).exactOptional(),
});

function filterOf(
  { rehearsals, rating, overdue, ...filter }: z.infer<typeof listQuery>,
  { days }: Standings,
): ListFilter {
  return {
    ...(rating !== undefined && { rated: { rating, days } }),
    ...(overdue !== undefined && { dueBefore: days['england-and-wales'].today }),
    includeRehearsals: rehearsals === 'true',
    ...filter,
  };
}

/** What the portfolio is read from. */
export interface PortfolioDependencies {
  register: PortfolioRegister;
  migrations: Migrations;
  /** How migrations stand today. */
  standings: () => Promise<Standings>;
  temporalPageOf: TemporalPageOf;
}

const listRoute =
  ({ register, standings }: PortfolioDependencies): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/migrations',
      {
        schema: { summary: 'Migrations by next deadline', tags, querystring: listQuery, response: { 200: listAnswer } },
      },
      async ({ query, url }, reply) => {
        const today = await standings();
        const { migrations, total } = await orUnavailable(register.list(filterOf(query, today)));
        const { offset = 0, limit = USUAL_PAGE } = query;
        void reply.headers(pageLinks(url, { offset, count: migrations.length, total, limit }));
        return { migrations: migrations.map((row) => ({ standing: today.of(row), ...row })), total };
      },
    );
  };

/** One migration, by its id or its practice's code. @throws ApiProblem 404, or 503 while the register is away */
export async function knownBy(register: Pick<Register, 'show'>, id: string): Promise<MigrationDetails> {
  targetOf(id);
  const details = await orUnavailable(register.show(id));
  if (details !== undefined) return details;
  throw absentProblem('unknown', `The register has no migration "${id}". One that started just now appears shortly.`);
}

/** Looking at migrations: by next deadline, one with its milestones, its audit trail, its messages, its timeline. */
export const portfolioRoutes =
  (deps: PortfolioDependencies): FastifyPluginAsyncZod =>
  async (app) => {
    const { register, migrations, temporalPageOf } = deps;
    const params = migrationParams;
    await app.register(listRoute(deps));
    app.get(
      '/migrations/:id',
      { schema: { summary: 'One migration', tags, params, response: { 200: migrationAnswer } } },
      async ({ params: { id } }) => {
        const details = await knownBy(register, id);
        const temporalPage = temporalPageOf(details.migration.workflowId);
        return { ...details, ...(temporalPage !== undefined && { temporalPage }) };
      },
    );
    app.get(
      '/migrations/:id/history',
      {
        schema: {
          summary: 'Its audit trail',
          tags,
          params,
          querystring: historyQuery,
          response: { 200: historyAnswer },
        },
      },
      async ({ params: { id }, query: part }) => {
        const { migrationId } = (await knownBy(register, id)).migration;
        return { migrationId, audit: await orUnavailable(register.history(migrationId, part)) };
      },
    );
    app.get(
      '/migrations/:id/messages',
      { schema: { summary: 'The messages it sent', tags, params, response: { 200: messagesAnswer } } },
      async ({ params: { id } }) => {
        const { migrationId } = (await knownBy(register, id)).migration;
        return { migrationId, messages: await orUnavailable(register.messages(migrationId)) };
      },
    );
    const summary = 'The plan beside what came of it, from the migration itself';
    app.get(
      '/migrations/:id/timeline',
      { schema: { summary, tags, params, response: { 200: timelineAnswer } } },
      async ({ params: { id } }) => ({ timeline: answerOf(await migrations.timeline(targetOf(id))) }),
    );
  };
