import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Register } from '../../register/types.js';
import { collisionsAnswer, holdersAnswer } from '../answers/system.js';
import { wantedText } from '../plainJson.js';
import { orUnavailable } from './orUnavailable.js';
import type { Standings } from './standings.js';

const tags = ['portfolio'];

const crowdQuery = z.object({
  supplierId: wantedText(100).exactOptional().describe('Only this present supplier.'),
  capacity: z.coerce
    .number()
    .int()
    .min(0)
    .max(1_000)
    .default(1)
    .describe(
      'How many Initial data productions a supplier can do on a day: only days with more are listed; 0 lists all.',
    ),
});

export interface OverviewDependencies {
  register: Pick<Register, 'holdings' | 'crowdedDays'>;
  standings: () => Promise<Standings>;
}

/** What is seen only across migrations. */
export const overviewRoutes =
  ({ register, standings }: OverviewDependencies): FastifyPluginAsyncZod =>
  async (app) => {
    const today = async () => (await standings()).days['england-and-wales'].today;
    app.get(
      '/holders',
      { schema: { summary: 'Who holds what, the most late first', tags, response: { 200: holdersAnswer } } },
      async () => ({
        holders: await orUnavailable(register.holdings(await today())),
      }),
    );
    app.get(
      '/collisions',
      {
        schema: {
          summary: 'Days with more Initial data productions than a supplier can do',
          tags,
          querystring: crowdQuery,
          response: { 200: collisionsAnswer },
        },
      },
      async ({ query: { supplierId, capacity } }) => {
        const days = await orUnavailable(register.crowdedDays(await today()));
        const meant = days.filter((day) => supplierId === undefined || day.supplierId === supplierId);
        return { capacity, days: meant.filter(({ practices }) => practices.length > capacity) };
      },
    );
  };
