import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PageRole } from '../../../rules/migration/page.js';
import { htmlTargets } from '../../support/htmlShape.js';
import { exampleStory, PageServer } from '../support/pages.js';

let server: PageServer;
afterEach(async () => server.close());

/** What mail scanners and browsers that look ahead send, beside what a person's browser does. */
const looks = [
  { method: 'GET', headers: {} },
  { method: 'HEAD', headers: {} },
  { method: 'GET', headers: { purpose: 'prefetch', 'sec-purpose': 'prefetch;prerender', 'x-moz': 'prefetch' } },
  { method: 'GET', headers: { 'user-agent': 'Mozilla/5.0 (compatible; SafeLinks scanner)', accept: '*/*' } },
] as const;

/** Everything that a client finds which follows every address of every page, the targets of forms included, and posts nothing. */
async function crawl(start: string): Promise<Map<string, number>> {
  const seen = new Map<string, number>();
  const queue = [start];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (seen.has(next)) continue;
    for (const { method, headers } of looks) {
      const { status, html } = await server.look(next, method, headers);
      seen.set(next, status);
      if (method === 'HEAD') expect(html, next).toBe('');
      const found = htmlTargets(html).filter((address) => address.startsWith('/'));
      queue.push(...found.map((address) => address.split('#')[0] ?? ''));
    }
  }
  return seen;
}

const roles: [PageRole, string, number][] = [
  ['practiceManager', '2026-12-20', 30],
  ['alder.contact', '2026-12-20', 4],
  ['eps.contact', '2026-12-29', 3],
];

describe('a client that follows every link and posts nothing', () => {
  it.each(roles)('changes nothing, from the page of %s', async (role, on, least) => {
    server = await PageServer.start(exampleStory(on), role, { limits: { perAddress: 100_000, perLink: 100_000 } });
    const before = JSON.stringify(server.pages.state());
    const seen = await crawl(server.base);
    const own = [...seen].filter(([address]) => address.startsWith('/p/'));
    expect(own.length).toBeGreaterThanOrEqual(least);
    expect([...seen].filter(([, status]) => status !== 200)).toEqual([]);
    expect(server.pages.taken).toEqual([]);
    expect(JSON.stringify(server.pages.state())).toBe(before);
  });

  it('changes nothing by other methods, nor by putting a form’s fields into an address', async () => {
    server = await PageServer.start(exampleStory('2026-12-20'));
    const before = JSON.stringify(server.pages.state());
    const request = await server.requestId('/help');
    const fields = new URLSearchParams({ request, name: 'Priya', text: 'x', task: 'posters.main' }).toString();
    const where = `${server.base}/tasks/posters.main?${fields}`;
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE'] as const) {
      const { status } = await server.look(where, method);
      expect([method, status]).toEqual([method, method === 'GET' || method === 'HEAD' ? 200 : 404]);
    }
    expect(server.pages.taken).toEqual([]);
    expect(JSON.stringify(server.pages.state())).toBe(before);
  });
});

describe('every page', () => {
  beforeEach(async () => {
    server = await PageServer.start(exampleStory('2026-12-20'));
  });

  it('is kept nowhere, framed nowhere, and tells no other site where it is, whatever comes of the request', async () => {
    const request = await server.requestId('/help');
    const posted = { request, name: 'Priya', task: 'posters.main', text: 'Please ring' };
    const shown = [
      await server.get(),
      await server.get('', 'HEAD'),
      await server.get('/nowhere'),
      await server.get('/p/not-a-link'),
      await server.post('/help', { ...posted, name: '' }),
      await server.post('/help', posted),
      await server.post('/help', { text: 'x'.repeat(40_000) }),
    ];
    expect(shown.map(({ status }) => status)).toEqual([200, 200, 404, 403, 400, 303, 413]);
    for (const { headers } of shown) {
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-robots-tag': 'noindex, nofollow, noarchive',
      });
      const policy = String(headers['content-security-policy']);
      for (const part of ["default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"])
        expect(policy).toContain(part);
      expect(headers).not.toHaveProperty('set-cookie');
    }
  });
});
