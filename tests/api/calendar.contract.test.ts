import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import type { FeedScope } from '../../config/feedLinks.js';
import { createFeedLinks } from '../../config/feedLinks.js';
import { RegisterUnavailableError } from '../../register/errors.js';
import { apply } from '../../rules/migration/apply.js';
import { operatorKeyOf, type CalendarRow } from '../../rules/calendarEntries/ofRows.js';
import type { MigrationState } from '../../rules/migration/state.js';
import { entryFor, readCalendar } from '../support/ics.js';
import { createPageMigrations, type PageMigrations } from './support/pageMigrations.js';
import { exampleStory, linkFor } from './support/pages.js';
import {
  call,
  PUBLIC_URL,
  startTestServer,
  testFeedLinks,
  type ServerOverrides,
  type TestServer,
} from './support/testServer.js';

let server: TestServer;
let pages: PageMigrations;
afterEach(async () => server.app.close());

const DAY_MS = 86_400_000;
const story = exampleStory();
const real = { ...story.state, rehearsal: false };
const { migrationId } = real;
const manager: FeedScope = { kind: 'page', migrationId, role: 'practiceManager', generation: 0 };

async function serve(state: MigrationState = real, overrides: ServerOverrides = {}, limits = {}): Promise<void> {
  pages = createPageMigrations(state, story.nowMs);
  server = await startTestServer({ migrations: pages.migrations, ...overrides }, limits);
}

const pathOf = async (scope: FeedScope): Promise<string> =>
  (await testFeedLinks.linkOf(scope)).url.slice(PUBLIC_URL.length);

const ask = (url: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
  server.app.inject({ method, url, headers });

const feed = async (scope: FeedScope = manager) => ask(await pathOf(scope));

describe('the calendar of a practice', () => {
  it('is an iCalendar file that programs know how to subscribe to, for its reader alone', async () => {
    await serve();
    const { statusCode, headers, body } = await feed();
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'private, no-cache',
      'content-disposition': 'inline; filename="dates.ics"',
    });
    const calendar = readCalendar(body);
    expect(calendar).toMatchObject({ method: 'PUBLISH', name: 'Millbrook Lane Surgery: migration', refresh: 'PT4H' });
    expect(body).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT4H\r\n');
    expect(body).toContain('NAME:Millbrook Lane Surgery: migration\r\n');
    expect(entryFor(calendar, 'posters.main').status).toBe('CONFIRMED');
  });

  it('is not sent again while nothing has changed, and looking changes nothing', async () => {
    await serve();
    const first = await feed();
    const { etag = '' } = first.headers;
    const again = await ask(await pathOf(manager), { 'if-none-match': `"other", W/${etag}` });
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', etag]);
    const head = await ask(await pathOf(manager), {}, 'HEAD');
    expect([head.statusCode, head.body, head.headers.etag]).toEqual([200, '', etag]);
    expect(Number(head.headers['content-length'])).toBe(Buffer.byteLength(first.body));
    expect(pages.taken).toEqual([]);
    const payload = { milestoneId: 'posters.main', on: story.today(), by: 'Priya Nayar' };
    await pages.migrations.done({ target: { migrationId }, requestId: 'r', payload });
    const changed = await ask(await pathOf(manager), { 'if-none-match': etag });
    expect(changed.statusCode).toBe(200);
    expect(entryFor(readCalendar(changed.body), 'posters.main').summary).toMatch(/^Done: /);
  });

  it('says so where it is a rehearsal’s', async () => {
    await serve(story.state);
    expect(readCalendar((await feed()).body).name).toBe('Millbrook Lane Surgery: migration (rehearsal)');
  });
});

describe('a link to a calendar', () => {
  it.each(['nonsense', 'a.b.c', 'a.b.c.ics', '..%2f..%2fetc', `${'x'.repeat(300)}.y.z.ics`])(
    'that is none of ours is refused in a sentence: %s',
    async (file) => {
      await serve();
      const { statusCode, headers, body } = await ask(`/calendar/${file}`);
      expect([statusCode, headers['content-type']]).toEqual([403, 'text/plain; charset=utf-8']);
      expect(body).toMatch(/^This calendar link does not work/);
    },
  );

  it('works only as it was signed, and is no link to a page; nor is a page’s one to a calendar', async () => {
    await serve();
    const path = await pathOf(manager);
    const other = createFeedLinks({ current: 'test', keys: new Map([['test', Buffer.alloc(32, 6)]]) }, PUBLIC_URL);
    const forged = (await other.linkOf(manager)).url.slice(PUBLIC_URL.length);
    const [start = '', middle = '', end = ''] = path.split('.');
    const claims = { ...manager, role: 'csuManager' };
    const tampered = `${start}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${end}.ics`;
    for (const wrong of [forged, tampered, `${start}.${middle}x.${end}.ics`])
      expect((await ask(wrong)).statusCode).toBe(403);
    const pageOfCalendar = await ask(path.replace('/calendar/', '/p/').replace('.ics', ''));
    const calendarOfPage = await ask((await linkFor(real, 'practiceManager')).replace('/p/', '/calendar/'));
    expect([pageOfCalendar.statusCode, calendarOfPage.statusCode]).toEqual([403, 403]);
  });

  it('ends when the links of its role are revoked, and only then', async () => {
    await serve();
    await pages.migrations.revokeLinks({
      target: { migrationId },
      requestId: 'r1',
      payload: { role: 'practiceManager', by: 'Tom Ashdown' },
    });
    const ended = await feed();
    expect([ended.statusCode, ended.body]).toEqual([410, expect.stringContaining('has ended')]);
    expect((await feed({ ...manager, generation: 1 })).statusCode).toBe(200);
    expect((await feed({ ...manager, role: 'eps.contact' })).statusCode).toBe(200);
  });

  it('opens nothing for somebody who has no page, or for another migration', async () => {
    await serve();
    for (const scope of [
      { ...manager, role: 'csuManager' },
      { ...manager, migrationId: 'Z98001-20261020-other1' },
    ])
      expect((await feed(scope)).statusCode).toBe(410);
  });

  it('shows a cancelled migration as cancelled for six weeks, and then ends; a rehearsal’s stays', async () => {
    const cancelledAt = (daysAgo: number) =>
      apply(real, { type: 'cancelled', atMs: Date.now() - daysAgo * DAY_MS, by: 'Helen Marsh', reason: 'Merged.' });
    await serve(cancelledAt(41));
    const shown = await feed();
    expect(shown.statusCode).toBe(200);
    expect(new Set(readCalendar(shown.body).entries.map(({ status }) => status))).toEqual(new Set(['CANCELLED']));
    pages.change(() => cancelledAt(43));
    expect((await feed()).statusCode).toBe(410);
    pages.change(() => ({ ...cancelledAt(43), rehearsal: true }));
    expect((await feed()).statusCode).toBe(200);
  });

  it('asks to come back while Temporal is away, in words', async () => {
    await serve();
    pages.goAway(true);
    const { statusCode, headers, body } = await feed();
    expect([statusCode, headers['retry-after']]).toEqual([503, '300']);
    expect(body).toContain('keeps the days it has');
  });

  it('is looked at only so often, through whatever link', async () => {
    await serve(real, {}, { perLink: 2 });
    const codes = [];
    for (let time = 0; time < 3; time += 1) codes.push((await feed()).statusCode);
    expect(codes).toEqual([200, 200, 429]);
    expect((await feed({ ...manager, role: 'eps.contact' })).statusCode).toBe(200);
  });

  it('is not in the log', async () => {
    const lines: string[] = [];
    const stream = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        lines.push(chunk.toString());
        done();
      },
    });
    await serve(real, { logger: pino(stream) });
    const path = await pathOf(manager);
    await ask(path);
    await ask(`${path.slice(0, 60)}.ics`);
    const log = lines.join('');
    expect(log).toContain('/calendar/[link]');
    expect(log).not.toContain(path.slice('/calendar/'.length, '/calendar/'.length + 40));
  });
});

describe('the calendar of an operator', () => {
  const TOM = 'Tom.Ashdown@csu.example.nhs.uk';
  const key = operatorKeyOf(TOM);
  const row = (over: Partial<CalendarRow> = {}): CalendarRow => ({
    migrationId,
    practiceName: 'Millbrook Lane Surgery',
    mailDomain: 'csu.example.nhs.uk',
    migrationStatus: 'running',
    milestoneId: 'posters.main',
    title: 'Put the posters up',
    holderName: 'Millbrook Lane Surgery',
    dueOn: '2026-12-01',
    provisional: false,
    status: 'open',
    calendarSequence: 2,
    calendarChangedAtMs: story.nowMs,
    ...over,
  });

  function registerOf(rows: CalendarRow[]) {
    const feeds = new Map<string, string>();
    return {
      operatorCalendar: async (asked: string) => (asked === key ? rows : []),
      keepFeed: async (operatorKey: string, feedId: string) => {
        feeds.set(operatorKey, feeds.get(operatorKey) ?? feedId);
        return feeds.get(operatorKey) ?? '';
      },
      findFeed: async (feedId: string) => [...feeds].find(([, id]) => id === feedId)?.[0],
      endFeed: async (operatorKey: string) => {
        const id = feeds.get(operatorKey);
        feeds.delete(operatorKey);
        return id;
      },
    };
  }

  const link = async (operator = TOM) =>
    call(server.app, 'POST', '/api/calendar-feeds', { operator, by: 'Tom Ashdown' });
  const pathIn = (body: Record<string, unknown>): string => String(body['url']).slice(PUBLIC_URL.length);

  it('holds all their practices, cancelled ones as cancelled, under the same UIDs as the practices’ own', async () => {
    const off = {
      migrationId: 'Z98002-20261020-test02',
      practiceName: 'Elm Road Surgery',
      migrationStatus: 'cancelled',
    } as const;
    const closedAtMs = story.nowMs + DAY_MS;
    await serve(real, { register: registerOf([row(), row({ ...off, closedAtMs })]) });
    const { status, body, headers } = await link();
    expect([status, headers['cache-control'], body['practices']]).toEqual([200, 'no-store', 2]);
    const calendar = readCalendar((await ask(pathIn(body))).body);
    expect(calendar.name).toBe('GP practice migrations');
    expect(calendar.entries).toMatchObject([
      {
        uid: `posters.main.${migrationId}@csu.example.nhs.uk`,
        summary: 'Millbrook Lane Surgery: Put the posters up',
        sequence: 2,
        status: 'CONFIRMED',
      },
      { summary: 'Cancelled: Elm Road Surgery: Put the posters up', sequence: 3, status: 'CANCELLED' },
    ]);
    const [running, cancelled] = calendar.entries.map(({ stamp }) => stamp);
    expect((cancelled ?? '') > (running ?? '')).toBe(true);
  });

  it('has one link, in which nothing says whose it is, until it is ended', async () => {
    await serve(real, { register: registerOf([row()]) });
    const [first, again] = [await link(), await link(TOM.toUpperCase())];
    expect(again.body['url']).toBe(first.body['url']);
    const token = String(first.body['url']).split('/').at(-1) ?? '';
    const readable = token
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString())
      .join(' ');
    expect(readable).not.toMatch(/tom|ashdown|csu\.example/i);
    expect(readable).not.toContain(key);
    const end = async () => call(server.app, 'POST', '/api/calendar-feeds/end', { operator: TOM, by: 'Helen Marsh' });
    expect((await end()).status).toBe(200);
    expect((await ask(pathIn(first.body))).statusCode).toBe(410);
    expect((await end()).status).toBe(404);
    const next = await link();
    expect(next.body['url']).not.toBe(first.body['url']);
    expect((await ask(pathIn(next.body))).statusCode).toBe(200);
  });

  it('asks to come back while the register is away', async () => {
    const away = async () => Promise.reject(new RegisterUnavailableError('away'));
    await serve(real, { register: { ...registerOf([]), findFeed: away } });
    const { statusCode, headers } = await feed({ kind: 'operator', feedId: 'f' });
    expect([statusCode, headers['retry-after']]).toEqual([503, expect.stringMatching(/^\d+$/)]);
  });

  it('is refused for what is no address', async () => {
    await serve();
    expect((await link('Tom Ashdown')).status).toBe(400);
  });
});

describe('a fresh link to the calendar of a reader', () => {
  it('is of the generation that is good now, and the same each time', async () => {
    await serve({ ...real, linkGenerations: { practiceManager: 2 } });
    const make = async () =>
      call(server.app, 'POST', `/api/migrations/${migrationId}/calendar-link`, { role: 'practiceManager' });
    const { status, body } = await make();
    expect(status).toBe(200);
    expect((await make()).body).toEqual(body);
    expect(body['webcal']).toBe(String(body['url']).replace('https:', 'webcal:'));
    const token = String(body['url'])
      .replace(`${PUBLIC_URL}/calendar/`, '')
      .replace(/\.ics$/, '');
    expect(await testFeedLinks.read(token)).toEqual({ ...manager, generation: 2 });
  });

  it('is refused for somebody who has no page', async () => {
    await serve();
    const { status, body } = await call(server.app, 'POST', `/api/migrations/${migrationId}/calendar-link`, {
      role: 'csuManager',
    });
    expect([status, body['rejection']]).toEqual([422, 'NoPage']);
  });
});
