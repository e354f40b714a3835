import { afterEach, describe, expect, it } from 'vitest';
import { entryFor, readCalendar } from '../../support/ics.js';
import { exampleStory, PageServer } from '../support/pages.js';
import { PUBLIC_URL } from '../support/testServer.js';

let server: PageServer;
afterEach(async () => server.close());

const addressIn = (html: string): string => /<code>([^<]+)<\/code>/.exec(html)?.[1] ?? '';

describe('the page about the calendar', () => {
  it('is led to from the reader’s page, and gives the address to copy and the same to open', async () => {
    server = await PageServer.start(exampleStory());
    expect((await server.get()).html).toContain(`href="${server.base}/calendar"`);
    const { status, html, headers } = await server.get('/calendar');
    expect([status, headers['referrer-policy']]).toEqual([200, 'no-referrer']);
    const url = addressIn(html);
    expect(url).toMatch(new RegExp(`^${PUBLIC_URL}/calendar/[\\w.-]+\\.ics$`));
    expect(html).toContain(`href="${url.replace('https:', 'webcal:')}"`);
    expect(html.match(/<h1/g)).toHaveLength(1);
  });

  it.each(['practiceManager', 'eps.contact'])('leads %s to days of their own', async (role) => {
    server = await PageServer.start(exampleStory(), role);
    const { html } = await server.get('/calendar');
    const feed = await server.asset(addressIn(html).slice(PUBLIC_URL.length));
    expect(feed.status).toBe(200);
    const calendar = readCalendar(feed.html);
    expect(entryFor(calendar, 'anchor.goLive').start).toBe('2027-02-02');
    expect(calendar.entries.some(({ uid }) => uid.startsWith('posters.'))).toBe(role === 'practiceManager');
  });

  it('gives a new address once the links are revoked, and the old one ends', async () => {
    const story = exampleStory();
    server = await PageServer.start(story);
    const before = addressIn((await server.get('/calendar')).html);
    await server.close();
    const revoked = story.meanwhile({ type: 'linksRevoked', atMs: story.nowMs, role: 'practiceManager', by: 'Tom' });
    server = await PageServer.start(revoked);
    const after = addressIn((await server.get('/calendar')).html);
    const statuses = await Promise.all([before, after].map((url) => server.asset(url.slice(PUBLIC_URL.length))));
    expect(statuses.map(({ status }) => status)).toEqual([410, 200]);
  });
});
