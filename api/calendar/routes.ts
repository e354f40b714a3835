import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FeedLinks, FeedScope } from '../../config/feedLinks.js';
import type { RateChecks } from '../rateLimits.js';
import { feedText, type FeedSources } from './feeds.js';
import { badLink, useRefusals } from './refusal.js';

export interface CalendarDependencies extends FeedSources {
  feedLinks: FeedLinks;
  rateChecks: Pick<RateChecks, 'perAddress' | 'perLink'>;
}

/** A calendar is its reader's alone: nobody on the way keeps it, and a program asks each time whether it has changed. */
const HEADERS = {
  'cache-control': 'private, no-cache',
  'x-robots-tag': 'noindex, nofollow, noarchive',
  'content-disposition': 'inline; filename="dates.ics"',
};

interface Route {
  Params: { file: string };
}

const TOKEN = /^([\w-]+\.[\w-]+\.[\w-]+?)(?:\.ics)?$/;

/** @throws CalendarRefused 403 */
async function scopeOf(feedLinks: FeedLinks, file: string): Promise<FeedScope> {
  const [, token] = TOKEN.exec(file) ?? [];
  const scope = token === undefined ? undefined : await feedLinks.read(token);
  if (scope === undefined) throw badLink();
  return scope;
}

/** What is counted for the limit: the calendar, through whatever link. */
const keyOf = (scope: FeedScope): string =>
  scope.kind === 'page' ? `calendar/${scope.migrationId}/${scope.role}` : `calendar/${scope.feedId}`;

const isKnown = ({ headers }: FastifyRequest, etag: string): boolean =>
  (headers['if-none-match'] ?? '').split(',').some((each) => each.trim().replace(/^W\//, '') === etag);

function sendCalendar(request: FastifyRequest, reply: FastifyReply, text: string): FastifyReply {
  const etag = `"${createHash('sha256').update(text).digest('base64url')}"`;
  reply.headers({ ...HEADERS, etag });
  if (isKnown(request, etag)) return reply.code(304).send();
  return reply.type('text/calendar; charset=utf-8').send(text);
}

/**
 * `/calendar/TOKEN.ics`: a calendar to subscribe to, of one reader of a migration or of an operator. Whoever has the address
 * can read it, and do nothing else.
 */
export const calendarRoutes =
  (deps: CalendarDependencies) =>
  async (app: FastifyInstance): Promise<void> => {
    useRefusals(app);
    app.addHook('onRequest', async (request) => deps.rateChecks.perAddress(request, request.ip));
    app.get<Route>('/:file', { schema: { hide: true } }, async (request, reply) => {
      const scope = await scopeOf(deps.feedLinks, request.params.file);
      await deps.rateChecks.perLink(request, keyOf(scope));
      return sendCalendar(request, reply, await feedText(deps, scope));
    });
  };
