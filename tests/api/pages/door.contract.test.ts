import { SignJWT } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../../config/logger.js';
import { exampleStory, linkFor, PageServer } from '../support/pages.js';

let server: PageServer;
afterEach(async () => server.close());
const serve = async (...args: Parameters<typeof PageServer.start>): Promise<PageServer> =>
  (server = await PageServer.start(...args));

const CSU = 'migrations@wealdcsu.example';
const POSTERS = '/tasks/posters.main';
const routes = ['', POSTERS, '/counts', '/help', '/confirmed/done'];

describe('a link that was changed', () => {
  it('opens nothing, on any page, and says what to do', async () => {
    await serve(exampleStory());
    const other = server.base.replace(/.{6}$/, 'AAAAAA');
    const broken = [
      '/p/x',
      '/p/a.b.c',
      other,
      server.base.slice(0, -20),
      `${server.base}.x`,
      `${server.base}=`,
      '/p/%00',
    ];
    for (const base of broken) {
      for (const where of routes) {
        const { status, html, headers } = await server.get(`${base}${where}`);
        expect([status, headers['content-type']], base + where).toEqual([403, 'text/html; charset=utf-8']);
        expect(html).toContain('This link does not work');
        expect(html).not.toContain('Millbrook');
      }
      const posted = await server.post(`${base}${POSTERS}`, { name: 'Mallory' });
      expect(posted.status, base).toBe(403);
    }
    expect(server.pages.taken).toEqual([]);
  });

  it('opens nothing when it is signed with our key for another purpose', async () => {
    await serve(exampleStory());
    const { migrationId } = server.pages.state();
    const token = await new SignJWT({ mig: migrationId, role: 'practiceManager', gen: 0 })
      .setProtectedHeader({ alg: 'HS256', kid: 'test' })
      .setAudience('something-else')
      .setExpirationTime('60d')
      .sign(Buffer.alloc(32, 5));
    expect((await server.get(`/p/${token}`)).status).toBe(403);
  });
});

describe('a link that has ended', () => {
  it('is answered 410, and says whom to ask for a new one', async () => {
    await serve(exampleStory());
    const base = await linkFor(server.pages.state(), 'practiceManager', { madeOn: '2026-01-01' });
    for (const where of routes) {
      const { status, html } = await server.get(`${base}${where}`);
      expect([status, html.includes(CSU), html.includes('Put up posters')], where).toEqual([410, true, false]);
    }
    expect((await server.post(`${base}${POSTERS}`, { name: 'Priya' })).status).toBe(410);
    expect(server.pages.taken).toEqual([]);
  });

  it('says so also while Temporal is away', async () => {
    await serve(exampleStory());
    const base = await linkFor(server.pages.state(), 'practiceManager', { madeOn: '2026-01-01' });
    server.pages.goAway(true);
    const { status, html } = await server.get(base);
    expect([status, html.includes('reply to the one that you have')]).toEqual([410, true]);
  });

  it('is one that was revoked, and no other reader’s', async () => {
    await serve(exampleStory());
    const { state, migrations } = server.pages;
    const { migrationId } = state();
    const others = await linkFor(state(), 'eps.contact');
    const payload = { role: 'practiceManager', by: 'Tom Ashdown' };
    await migrations.revokeLinks({ target: { migrationId }, requestId: '1', payload });
    const { status, html } = await server.get();
    expect([status, html.includes('was ended by'), html.includes(CSU)]).toEqual([410, true, true]);
    expect((await server.post(POSTERS, { name: 'Priya' })).status).toBe(410);
    expect((await server.get(others)).status).toBe(200);
    expect((await server.get(await linkFor(state(), 'practiceManager'))).status).toBe(200);
    expect(server.pages.taken.map(({ type }) => type)).toEqual(['linksRevoked']);
  });

  it('is one of a migration or a reader that is not there any more', async () => {
    await serve(exampleStory());
    const state = server.pages.state();
    const gone = [
      await linkFor({ ...state, migrationId: 'Z98001-20250101-gone01' }, 'practiceManager'),
      await linkFor(state, 'nobody.contact'),
      await linkFor(state, 'csuManager'),
    ];
    for (const base of gone) {
      const { status, html } = await server.get(base);
      expect([status, html.includes('not running any more')]).toEqual([410, true]);
    }
  });

  it('ends in a rehearsal once the rehearsal’s own days and ours have both passed it', async () => {
    const story = exampleStory('2026-10-22');
    await serve(story);
    const migrationId = `rehearsal-${story.state.migrationId}`;
    server.pages.change((state) => ({ ...state, migrationId }));
    const state = server.pages.state();
    const statuses = await Promise.all(
      ['2026-09-01', '2026-08-01'].map(
        async (madeOn) => (await server.get(await linkFor(state, 'practiceManager', { madeOn }))).status,
      ),
    );
    // 60 days after 1 September are 31 October: past for us, not yet in the rehearsal.
    expect(statuses).toEqual([200, 410]);
  });
});

describe('a link that is opened without end', () => {
  it('is answered 429 with a page, by its reader’s share and not by another’s', async () => {
    await serve(exampleStory(), undefined, { limits: { perLink: 3 } });
    const other = await linkFor(server.pages.state(), 'eps.contact');
    const statuses = [];
    for (let times = 0; times < 5; times += 1) statuses.push((await server.get()).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    const { html, headers } = await server.get();
    expect([html.includes('Please wait a minute'), Number(headers['retry-after']) > 0]).toEqual([true, true]);
    expect((await server.get(other)).status).toBe(200);
  });
});

describe('the log', () => {
  it('never shows a link, whatever comes of it', async () => {
    const lines: string[] = [];
    const logger = createLogger({
      level: 'trace',
      pretty: false,
      destination: { write: (line) => void lines.push(line) },
    });
    await serve(exampleStory(), undefined, { logger });
    const { base } = server;
    const request = await server.requestId(POSTERS);
    await server.get();
    await server.get('/nowhere');
    await server.get(`/${base}`);
    await server.get(`${base}/%zz`);
    await server.get(base.replace('/p/', '/%70/'));
    await server.get(base.replace('/p/', '/p//'));
    await server.asset(`/somewhere?link=${base}`);
    await server.post(POSTERS, { request, name: 'Priya' });
    await server.post('/help', { name: 'x'.repeat(100_000) });
    server.pages.migrations.page = async () => {
      throw new Error('broken');
    };
    await server.get();
    const log = lines.join('');
    const [head = '', payload = '', signature = ''] = base.replace('/p/', '').split('.');
    expect([head, payload, signature].every((part) => part.length > 20)).toBe(true);
    for (const part of [payload, signature]) expect(log).not.toContain(part);
    expect(log).toContain('/p/[link]/tasks/posters.main');
    expect(log).toContain('page failed');
  });
});
