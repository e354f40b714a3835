import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Register } from '../../register/types.js';
import { adoptionsAnswer } from '../answers/redate.js';
import { affectedOf } from '../redate/affected.js';
import type { RedateDependencies } from '../redate/redate.js';
import { orUnavailable } from './orUnavailable.js';

const MOST = 200;

const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(MOST).default(50),
  offset: z.coerce.number().int().min(0).default(0),
  rehearsals: z.enum(['true', 'false']).default('false').describe('true looks at rehearsals too.'),
});

export interface AdoptionDependencies extends RedateDependencies {
  register: Pick<Register, 'list'>;
}

/** Which running migrations the rules and the calendar in use would move. */
export const adoptionRoutes =
  (deps: AdoptionDependencies): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/adoptions',
      {
        schema: {
          summary: 'What adopting the rules and the calendar in use would do to running migrations',
          tags: ['portfolio'],
          querystring: pageQuery,
          response: { 200: adoptionsAnswer },
        },
      },
      async ({ query: { limit, offset, rehearsals } }) => {
        const filter = { status: 'running', includeRehearsals: rehearsals === 'true', limit, offset } as const;
        const { migrations, total } = await orUnavailable(deps.register.list(filter));
        return { total, migrations: await affectedOf(deps, migrations) };
      },
    );
  };
