import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { MigrationDetails, Register } from '../../register/types.js';
import type { Migrations } from '../migrations.js';
import { absentProblem, answerOf } from '../outcomes.js';
import { orUnavailable } from './orUnavailable.js';
import { migrationParams, targetOf } from './requests.js';

const tags = ['migrations'];

/** What people look at; decisions are never read from it. */
export type PortfolioRegister = Pick<Register, 'list' | 'show' | 'history' | 'messages' | 'chains'>;

const listQuery = z.object({
  status: z.enum(['running', 'completed', 'cancelled']).exactOptional(),
  rehearsals: z.enum(['true', 'false']).exactOptional().describe('true lists rehearsals too.'),
  limit: z.coerce.number().int().min(1).max(1_000).exactOptional(),
  offset: z.coerce.number().int().min(0).exactOptional(),
});

/** What the portfolio is read from. */
export interface PortfolioDependencies {
  register: PortfolioRegister;
  migrations: Migrations;
}

/** Looking at migrations: by next deadline, one with its milestones, its audit trail, its messages, its timeline. */
export const portfolioRoutes =
  ({ register, migrations }: PortfolioDependencies): FastifyPluginAsyncZod =>
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
      { schema: { summary: 'Migrations by next deadline', tags, querystring: listQuery } },
      async ({ query: { rehearsals, ...filter } }) =>
        orUnavailable(register.list({ ...filter, includeRehearsals: rehearsals === 'true' })),
    );
    app.get(
      '/migrations/:id',
      { schema: { summary: 'One migration', tags, params: migrationParams } },
      async (request) => known(request.params.id),
    );
    app.get(
      '/migrations/:id/history',
      { schema: { summary: 'Its audit trail', tags, params: migrationParams } },
      async (request) => {
        const { migrationId } = (await known(request.params.id)).migration;
        return { migrationId, audit: await orUnavailable(register.history(migrationId)) };
      },
    );
    app.get(
      '/migrations/:id/messages',
      { schema: { summary: 'The messages it sent', tags, params: migrationParams } },
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
        },
      },
      async (request) => ({ timeline: answerOf(await migrations.timeline(targetOf(request.params.id))) }),
    );
  };
