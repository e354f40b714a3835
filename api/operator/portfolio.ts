import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ListFilter, MigrationDetails, Register } from '../../register/types.js';
import { phases } from '../../rules/migration/events.js';
import { slugSchema } from '../../rules/order/fields.js';
import { listAnswer, messagesAnswer, migrationAnswer, timelineAnswer } from '../answers/migrations.js';
import { historyAnswer } from '../answers/system.js';
import type { Migrations } from '../migrations.js';
import { absentProblem, answerOf } from '../outcomes.js';
import { orUnavailable } from './orUnavailable.js';
import { migrationParams, targetOf } from './requests.js';
import type { Standings } from './standings.js';

const tags = ['migrations'];

/** What people look at; decisions are never read from it. */
export type PortfolioRegister = Pick<
  Register,
  'list' | 'show' | 'history' | 'messages' | 'chains' | 'holdings' | 'crowdedDays'
>;

const listQuery = z.object({
  status: z.enum(['running', 'completed', 'cancelled']).exactOptional(),
  rating: z
    .enum(['red', 'amber', 'green'])
    .exactOptional()
    .describe('How it stands today; docs/portfolio.md has the rule.'),
  overdue: z.literal('true').exactOptional().describe('Only those whose next deadline has passed.'),
  phase: z.enum(phases).exactOptional(),
  search: z.string().max(100).exactOptional().describe('Beginning of an ODS code, or part of a practice’s name.'),
  sourceSupplierId: slugSchema.exactOptional(),
  targetSupplierId: slugSchema.exactOptional(),
  icb: z.string().max(200).exactOptional(),
  owner: z.string().max(200).exactOptional().describe('Name of the operator.'),
  delayHolder: z.string().max(100).exactOptional().describe('practice, csu or a party’s id: holds what has slipped.'),
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
}

/** Looking at migrations: by next deadline, one with its milestones, its audit trail, its messages, its timeline. */
export const portfolioRoutes =
  ({ register, migrations, standings }: PortfolioDependencies): FastifyPluginAsyncZod =>
  async (app) => {
    const known = async (id: string): Promise<MigrationDetails> => {
      targetOf(id);
      const details = await orUnavailable(register.show(id));
      if (details !== undefined) return details;
      throw absentProblem(
        'unknown',
        `The register has no migration "${id}". One that started just now appears shortly.`,
      );
    };
    app.get(
      '/migrations',
      {
        schema: { summary: 'Migrations by next deadline', tags, querystring: listQuery, response: { 200: listAnswer } },
      },
      async ({ query }) => {
        const today = await standings();
        const { migrations, total } = await orUnavailable(register.list(filterOf(query, today)));
        return { migrations: migrations.map((row) => ({ standing: today.of(row), ...row })), total };
      },
    );
    app.get(
      '/migrations/:id',
      { schema: { summary: 'One migration', tags, params: migrationParams, response: { 200: migrationAnswer } } },
      async (request) => known(request.params.id),
    );
    app.get(
      '/migrations/:id/history',
      { schema: { summary: 'Its audit trail', tags, params: migrationParams, response: { 200: historyAnswer } } },
      async (request) => {
        const { migrationId } = (await known(request.params.id)).migration;
        return { migrationId, audit: await orUnavailable(register.history(migrationId)) };
      },
    );
    app.get(
      '/migrations/:id/messages',
      { schema: { summary: 'The messages it sent', tags, params: migrationParams, response: { 200: messagesAnswer } } },
      async (request) => {
        const { migrationId } = (await known(request.params.id)).migration;
        return { migrationId, messages: await orUnavailable(register.messages(migrationId)) };
      },
    );
    app.get(
      '/migrations/:id/timeline',
      {
        schema: {
          summary: 'The plan beside what came of it, from the migration itself',
          tags,
          params: migrationParams,
          response: { 200: timelineAnswer },
        },
      },
      async (request) => ({ timeline: answerOf(await migrations.timeline(targetOf(request.params.id))) }),
    );
  };
