import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import PQueue from 'p-queue';
import { z } from 'zod';
import { todayInLondon } from '../../config/today.js';
import type { Register } from '../../register/types.js';
import type { Day } from '../../rules/calendar/day.js';
import { daySchema } from '../../rules/calendar/daySchema.js';
import { ringCalls } from '../../rules/meeting/ringCalls.js';
import { ringTopics, type RingTopic } from '../../rules/meeting/ringList.js';
import { weekSheet } from '../../rules/meeting/week.js';
import type { AuditRecord, MilestoneRow } from '../../rules/migration/records.js';
import type { MigrationState } from '../../rules/migration/state.js';
import { ringListAnswer, weekAnswer } from '../answers/meeting.js';
import type { Migrations } from '../migrations.js';
import { wantedText } from '../plainJson.js';
import { orUnavailable } from './orUnavailable.js';
import { knownBy } from './portfolio.js';
import { migrationParams } from './requests.js';
import type { Standings } from './standings.js';

export interface MeetingDependencies {
  register: Pick<Register, 'show' | 'history' | 'ringRows'>;
  migrations: Pick<Migrations, 'planning'>;
  standings: () => Promise<Standings>;
}

const weekQuery = z.object({
  asOf: daySchema.exactOptional().describe('As the sheet of this day’s meeting; today’s unless given.'),
});

const ringQuery = z.object({
  owner: wantedText().exactOptional().describe('Name of the operator; of all unless given.'),
  limit: z.coerce.number().int().min(1).max(200).default(60).describe('Look at so many practices’ matters at most.'),
});

/** A rehearsal's days are not ours: it stands where it last did something. */
const dayOf = (audit: readonly AuditRecord[]): Day | undefined => {
  const last = audit.at(-1);
  return last && todayInLondon(last.atMs);
};

function itemOf({ milestoneId, title, holder, holderName, provisional, status, ...row }: MilestoneRow) {
  const { dueOn, settledOn, settledBy } = row;
  return {
    milestoneId,
    title,
    holder,
    holderName,
    provisional,
    status,
    ...(dueOn !== undefined && { dueOn }),
    ...(settledOn !== undefined && { settledOn }),
    ...(settledBy !== undefined && { settledBy }),
  };
}

/** Migrations are asked so many at a time. */
const AT_ONCE = 8;

/** The states of those that answer. */
async function statesOf(
  topics: readonly RingTopic[],
  { migrations }: MeetingDependencies,
): Promise<Map<string, MigrationState>> {
  const states = new Map<string, MigrationState>();
  const queue = new PQueue({ concurrency: AT_ONCE });
  const ids = [...new Set(topics.map(({ migrationId }) => migrationId))];
  await queue.addAll(
    ids.map((migrationId) => async () => {
      const outcome = await migrations.planning({ migrationId });
      if (outcome.kind === 'answered') states.set(migrationId, outcome.answer.state);
    }),
  );
  return states;
}

/** What people take to a meeting, and to the telephone. */
export const meetingRoutes =
  (deps: MeetingDependencies): FastifyPluginAsyncZod =>
  async (app) => {
    const today = async () => (await deps.standings()).days['england-and-wales'].today;
    app.get(
      '/migrations/:id/week',
      {
        schema: {
          summary: 'The sheet for its weekly meeting: done, late, due, who holds what, what has changed',
          tags: ['migrations'],
          params: migrationParams,
          querystring: weekQuery,
          response: { 200: weekAnswer },
        },
      },
      async ({ params: { id }, query: { asOf } }) => {
        const { migration, milestones } = await knownBy(deps.register, id);
        const { migrationId, rehearsal } = migration;
        const audit = await orUnavailable(deps.register.history(migrationId));
        const day = asOf ?? (rehearsal ? dayOf(audit) : undefined) ?? (await today());
        const { done, late, due, ...sheet } = weekSheet({ milestones, audit }, day);
        return { migrationId, ...sheet, done: done.map(itemOf), late: late.map(itemOf), due: due.map(itemOf) };
      },
    );
    app.get(
      '/ring-list',
      {
        // It holds people's names and numbers.
        config: { role: 'operator' },
        schema: {
          summary: 'Whom to ring this morning, under which number, about what: the most urgent first',
          tags: ['portfolio'],
          querystring: ringQuery,
          response: { 200: ringListAnswer },
        },
      },
      async ({ query: { owner, limit } }, reply) => {
        const day = await today();
        const topics = ringTopics(await orUnavailable(deps.register.ringRows(day, owner)));
        const looked = topics.slice(0, limit);
        const calls = ringCalls(looked, await statesOf(looked, deps), day);
        return reply
          .header('cache-control', 'no-store')
          .send({ today: day, ...(owner !== undefined && { owner }), ...calls, more: topics.length - looked.length });
      },
    );
  };
