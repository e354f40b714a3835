import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Capacities } from '../../config/capacities.js';
import type { Register } from '../../register/types.js';
import { blackoutsAnswer, collisionsAnswer, holdersAnswer } from '../answers/system.js';
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
    .exactOptional()
    .describe(
      'How many Initial data productions each supplier can do on a day: only days with more are listed; 0 lists all. Unless given, what each has stated, else 1.',
    ),
});

export interface OverviewDependencies {
  register: Pick<Register, 'holdings' | 'crowdedDays' | 'blackoutConflicts'>;
  capacities: () => Promise<Capacities>;
  standings: () => Promise<Standings>;
}

/** One practice a day, until a supplier says otherwise. */
const UNSTATED = 1;

/** What a supplier has stated; a number in the request stands for it only where it has not, or the request asks what would be. */
function capacityOf(supplierId: string, stated: Capacities, asked?: number): { capacity: number; stated?: string } {
  const own = stated.get(supplierId);
  if (own === undefined) return { capacity: Math.max(asked ?? UNSTATED, UNSTATED) };
  return { capacity: own.perDay, stated: own.source };
}

/** What is seen only across migrations. */
export const overviewRoutes =
  ({ register, standings, capacities }: OverviewDependencies): FastifyPluginAsyncZod =>
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
        const stated = await capacities();
        const meant = days.filter((day) => supplierId === undefined || day.supplierId === supplierId);
        const judged = meant.map((day) => ({ ...day, ...capacityOf(day.supplierId, stated, capacity) }));
        return {
          capacity: capacity ?? UNSTATED,
          days: judged.filter((day) => day.practices.length > (capacity ?? day.capacity)),
        };
      },
    );
    app.get(
      '/blackouts',
      { schema: { summary: 'Days of practices that lie in a blackout', tags, response: { 200: blackoutsAnswer } } },
      async () => ({ conflicts: await orUnavailable(register.blackoutConflicts(await today())) }),
    );
  };
