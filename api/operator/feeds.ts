import { randomBytes } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { FeedLinks } from '../../config/feedLinks.js';
import type { Register } from '../../register/types.js';
import { operatorKeyOf } from '../../rules/calendarEntries/ofRows.js';
import { calendarLinkAnswer, feedEndedAnswer, operatorFeedAnswer } from '../answers/links.js';
import { operatorRows } from '../calendar/feeds.js';
import type { Migrations } from '../migrations.js';
import { answerOf } from '../outcomes.js';
import { freeText, textLine } from '../plainJson.js';
import { ApiProblem } from '../problem.js';
import { noPage } from './links.js';
import { orUnavailable } from './orUnavailable.js';
import { migrationParams, targetOf } from './requests.js';

const tags = ['calendars'];
const FEED_ID_BYTES = 16;

// In the body, never in the address: addresses are logged.
const feedBody = z.strictObject({
  operator: z.email().max(254).describe('The operator’s address, as the orders name it.'),
  by: freeText().describe('Who asks, for the audit trail.'),
});
const pageFeedBody = z.strictObject({
  role: textLine(80).describe('Whose days: practiceManager, or PARTY.contact.'),
});

export interface FeedDependencies {
  migrations: Pick<Migrations, 'calendar'>;
  register: Pick<Register, 'operatorCalendar' | 'keepFeed' | 'endFeed' | 'appendSystemAudit'>;
  feedLinks: FeedLinks;
  nowMs: () => number;
}

const noFeed = (): ApiProblem =>
  new ApiProblem({
    code: 'no-feed',
    status: 404,
    title: 'There is no such calendar',
    detail: 'No calendar link of this operator is in use. Look at how the address is written in their orders.',
  });

/** The calendar of an operator, with all their practices. */
const operatorFeedRoutes =
  ({ register, feedLinks, nowMs }: FeedDependencies): FastifyPluginAsyncZod =>
  async (app) => {
    const audit = (actor: string, type: string, feedId: string) =>
      orUnavailable(register.appendSystemAudit({ atMs: nowMs(), actor, type, data: { feedId } }));
    app.post(
      '/calendar-feeds',
      {
        schema: {
          summary: 'The link to an operator’s calendar',
          tags,
          body: feedBody,
          response: { 200: operatorFeedAnswer },
        },
      },
      async ({ body: { operator, by } }, reply) => {
        const key = operatorKeyOf(operator);
        const made = randomBytes(FEED_ID_BYTES).toString('hex');
        const feedId = await orUnavailable(register.keepFeed(key, made, nowMs()));
        await audit(by, 'calendarFeed.given', feedId);
        const rows = await operatorRows({ register, nowMs }, key);
        const practices = new Set(rows.map(({ migrationId }) => migrationId)).size;
        const link = await feedLinks.linkOf({ kind: 'operator', feedId });
        return reply.header('cache-control', 'no-store').send({ ...link, practices });
      },
    );
    app.post(
      '/calendar-feeds/end',
      {
        schema: {
          summary: 'The link to an operator’s calendar ends',
          tags,
          body: feedBody,
          response: { 200: feedEndedAnswer },
        },
      },
      async ({ body: { operator, by } }) => {
        const feedId = await orUnavailable(register.endFeed(operatorKeyOf(operator)));
        if (feedId === undefined) throw noFeed();
        await audit(by, 'calendarFeed.ended', feedId);
        return { ended: true as const };
      },
    );
  };

/** Links to calendars: an operator's, and that of one reader of a migration. */
export const feedRoutes =
  (deps: FeedDependencies): FastifyPluginAsyncZod =>
  async (app) => {
    const { migrations, feedLinks } = deps;
    await app.register(operatorFeedRoutes(deps));
    app.post(
      '/migrations/:id/calendar-link',
      {
        schema: {
          summary: 'The link to the calendar of one reader',
          tags,
          params: migrationParams,
          body: pageFeedBody,
          response: { 200: calendarLinkAnswer },
        },
      },
      async ({ params: { id }, body: { role } }, reply) => {
        const calendar = answerOf(await migrations.calendar(targetOf(id), role));
        if (calendar === undefined) throw noPage(role);
        const { migrationId, linkGeneration: generation } = calendar;
        const link = await feedLinks.linkOf({ kind: 'page', migrationId, role, generation });
        return reply.header('cache-control', 'no-store').send({ migrationId, role, ...link });
      },
    );
  };
