import { readFile } from 'node:fs/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../support/testServer.js';
import { csrfIn, Visitor } from '../support/visitor.js';

let server: TestServer;
let visitor: Visitor;
let order: string;

beforeAll(async () => {
  order = await readFile('examples/plain.yaml', 'utf8');
});
beforeEach(async () => {
  server = await startTestServer();
  visitor = await new Visitor(server.app).signIn();
});
afterEach(async () => server.app.close());

/** Sends the form of the start page. */
async function send(where: string, fields: Record<string, string> = {}) {
  const { html } = await visitor.get('/operator/start');
  const [, request = ''] = /name="request" value="([^"]+)"/.exec(html) ?? [];
  return visitor.post(where, { csrf: csrfIn(html), request, order, 'as-of': '2026-10-20', speed: '', ...fields });
}

describe('starting a migration from the pages', () => {
  it('shows the plan first, and starts nothing by that', async () => {
    const { status, html } = await send('/operator/start/plan');
    expect(status).toBe(200);
    expect(html).toContain('Start the migration');
    expect(html).toContain('posters.main');
    expect(server.migrations.started).toEqual([]);
  });

  it('starts it, once for a form that is sent twice', async () => {
    const { html } = await visitor.get('/operator/start');
    const [, request = ''] = /name="request" value="([^"]+)"/.exec(html) ?? [];
    const fields = { request, 'as-of': '2026-10-20' };
    const [first, again] = [await send('/operator/start', fields), await send('/operator/start', fields)];
    expect([first.status, again.status]).toEqual([303, 303]);
    expect(again.location).toBe(first.location);
    expect(new Set(server.migrations.started.map(({ migrationId }) => migrationId)).size).toBe(1);
    expect((await visitor.get(first.location ?? '')).html).toContain('It has started');
  });

  it('lists everything that is wrong, at its line, and keeps what was typed', async () => {
    const broken = order
      .replace(/^ {2}odsCode: .*$/m, '  odsCode: "x y"')
      .replace(/^orderedOn: .*$/m, 'orderedOn: soon');
    const { status, html } = await send('/operator/start/plan', { order: broken });
    expect(status).toBe(400);
    expect(html).toMatch(/Line \d+, practice\.odsCode/);
    expect(html).toMatch(/Line \d+, orderedOn/);
    expect(html).toContain('odsCode: &quot;x y&quot;');
  });

  it('says why a plan would be refused, and offers no start', async () => {
    const { html } = await send('/operator/start/plan', { 'as-of': '2026-12-20' });
    expect(html).toContain('Why it would be refused');
    expect(html).not.toContain('Start the migration');
  });

  it('rehearses it, with nobody and with everybody', async () => {
    const nobody = await send('/operator/rehearse');
    expect(nobody.html).toContain('>escalation<');
    const early = await send('/operator/rehearse', { scenario: 'early' });
    expect(early.html).toContain('If everybody is early');
    expect(early.html).not.toContain('>escalation<');
    expect(server.migrations.started).toEqual([]);
  });

  it('offers the worked example on an empty system, by one button', async () => {
    const { html } = await visitor.get('/operator');
    expect(html).toContain('Rehearse the worked example');
    const { status } = await visitor.post('/operator/start/example', { csrf: csrfIn(html) });
    expect(status).toBe(303);
    expect(server.migrations.started).toMatchObject([{ rehearsal: { speed: 86_400 } }]);
  });

  it('is refused to a viewer, and to a form without the token', async () => {
    expect((await visitor.post('/operator/start', { order })).status).toBe(409);
    visitor = await new Visitor(server.app).signIn('Vi', 'viewer');
    expect((await send('/operator/start')).status).toBe(403);
    expect((await send('/operator/start/plan')).status).toBe(200);
    expect(server.migrations.started).toEqual([]);
  });
});

describe('the page of suppliers', () => {
  const [full, free] = [
    { supplierId: 'alder', on: '2027-01-07', practices: ['Z90001', 'Z90002', 'Z90003'] },
    { supplierId: 'alder', on: '2027-01-08', practices: ['Z90004'] },
  ];
  const conflict = {
    migrationId: 'Z90004-20260914-k3v9qa',
    odsCode: 'Z90004',
    practiceName: 'Mill <i>',
    ...({ anchor: 'initialDataProduction', on: '2027-01-08', from: '2027-01-04', to: '2027-01-08' } as const),
    reason: 'Flu clinics <b>',
    source: 'order',
  };

  async function look(query: string, stated = new Map<string, { perDay: number; source: string }>()) {
    await server.app.close();
    server = await startTestServer({
      capacities: async () => stated,
      register: {
        holdings: async () => [{ holder: 'alder', holderName: 'Alder <b>', migrations: 3, open: 9, late: 2 }],
        crowdedDays: async () => [full, free],
        blackoutConflicts: async () => [conflict],
      },
    });
    visitor = await new Visitor(server.app).signIn('Vi', 'viewer');
    return (await visitor.get(`/operator/suppliers${query}`)).html;
  }

  it('shows who holds what, and the days on which a supplier has too much', async () => {
    const html = await look('?capacity=2');
    expect(html).toContain('Alder &lt;b&gt;');
    expect(html).toContain('2 late');
    expect(html).toContain('Thu 7 Jan 2027');
    expect(html).toContain('3, and it can do 2');
    expect(html).toContain('Alder &lt;b&gt;: 2 a day, which nobody has stated');
    const crowded = html.slice(html.indexOf('id="crowded"'), html.indexOf('id="blackouts"'));
    expect(crowded).not.toContain('Fri 8 Jan 2027');
    expect(html).toContain(
      '3</strong><span class="nhsuk-u-visually-hidden"> practices: Z90001, Z90002, Z90003; 1 more',
    );
  });

  it('goes by what a supplier has stated, whatever is asked', async () => {
    const html = await look('?capacity=1', new Map([['alder', { perDay: 3, source: 'Letter of 2 Nov <b>' }]]));
    expect(html).toContain('Alder &lt;b&gt;: 3 a day, as stated: Letter of 2 Nov &lt;b&gt;');
    expect(html).toContain('No supplier has more on a day than it can do.');
  });

  it('shows the days that lie in a blackout, with its reason', async () => {
    const html = await look('?capacity=x');
    for (const words of ['Mill &lt;i&gt;', 'Flu clinics &lt;b&gt;', 'Mon 4 Jan 2027 to Fri 8 Jan 2027'])
      expect(html).toContain(words);
    expect(html).toContain('href="/operator/migrations/Z90004-20260914-k3v9qa"');
  });
});
