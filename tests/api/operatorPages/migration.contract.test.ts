import { afterEach, describe, expect, it } from 'vitest';
import { htmlShape, htmlTargets } from '../../support/htmlShape.js';
import { type DeskServer, type DeskSettings, startDeskServer } from '../support/desk.js';
import { type Seen, Visitor } from '../support/visitor.js';

let server: DeskServer;
afterEach(() => server.app.close());

async function serve(settings: DeskSettings = {}, role = 'operator'): Promise<Visitor> {
  server = await startDeskServer(settings);
  return new Visitor(server.app).signIn('Ann Bell', role);
}

describe('the portfolio', () => {
  it('lists a migration with its next deadline, its suppliers and its operator', async () => {
    const visitor = await serve();
    const { html } = await visitor.get('/operator');
    for (const words of [
      'Millbrook Lane Surgery',
      'Z98001',
      'Alder Clinical Systems to Rowan Health Software',
      'Tom Ashdown',
      'Rehearsal',
    ])
      expect(html).toContain(words);
    expect(htmlTargets(html)).toContain(server.base);
  });

  it('is where the bare address leads', async () => {
    const visitor = await serve();
    expect((await visitor.get('/')).location).toBe('/operator');
  });

  it('sends whoever is not signed in to the way in, and back to where they wanted to go', async () => {
    await serve();
    const { status, location } = await new Visitor(server.app).get('/operator?search=hill&page=2');
    expect({ status, location }).toEqual({
      status: 303,
      location: '/sign-in?next=%2Foperator%3Fsearch%3Dhill%26page%3D2',
    });
  });

  it.each([
    'rating=purple',
    'sourceSupplierId=Not%20An%20Id',
    'page=-3',
    'page=99999999',
    'search=%3Cscript%3Ealert(1)%3C%2Fscript%3E',
    'rehearsals=maybe',
    'search=a&search=b',
    'nonsense=1',
  ])('answers %s in words', async (query) => {
    const visitor = await serve();
    const { status, html } = await visitor.get(`/operator?${query}`);
    expect(status).toBe(200);
    expect(html).not.toContain('<script');
    expect(html).toContain('<h1');
  });

  it('names a filter that is not taken, and keeps it in its field', async () => {
    const visitor = await serve();
    const { html } = await visitor.get('/operator?sourceSupplierId=Not+An+Id');
    expect(html).toContain('There is a problem');
    expect(html).toContain('Present supplier: ');
    expect(html).toContain('value="Not An Id"');
  });

  it('lets nobody keep a page of it', async () => {
    const visitor = await serve();
    const { headers } = await visitor.get('/operator');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toMatch(
      /default-src 'none'.*form-action 'self'.*frame-ancestors 'none'/,
    );
  });
});

describe('the page of a migration', () => {
  it('has every milestone in its table, with a link to its own page', async () => {
    const visitor = await serve();
    const { html } = await visitor.get(server.base);
    const links = new Set(htmlTargets(html));
    for (const id of server.milestoneIds)
      expect(links, id).toContain(`${server.base}/milestones/${encodeURIComponent(id)}`);
  });

  it('shows extracts hop by hop, with what has come of each', async () => {
    const visitor = await serve({ tell: (story) => void story.says('alder', 'form.sent') });
    const { html } = await visitor.get(server.base);
    const [, hops = ''] = /<h3[^>]*>Alder GP record, Initial<\/h3>\s*<ol[^>]*>([\s\S]*?)<\/ol>/.exec(html) ?? [];
    expect(hops.match(/<li>/g)).toHaveLength(7);
    const states = [...hops.matchAll(/<strong[^>]*>([^<]*)<\/strong>/g)].map(([, text = '']) => text.split(' ')[0]);
    expect(states.slice(0, 3)).toEqual(['Done', 'Done', 'Open']);
  });

  it('shows what was counted, beside the report before', async () => {
    const visitor = await serve({
      on: '2026-12-14',
      tell: (story) => {
        expect(story.counts({ duplicates: 40 })).toBeUndefined();
        expect(story.until('2026-12-21').counts({ duplicates: 12 })).toBeUndefined();
      },
    });
    const { html } = await visitor.get(server.base);
    expect(html).toContain('12 on Mon 21 Dec 2026, falling: 40 on Mon 14 Dec 2026');
  });

  it('draws each dated milestone, and says in words what its marks mean', async () => {
    const visitor = await serve();
    const { html } = await visitor.get(server.base);
    const titles = [...html.matchAll(/<title>([^<]+)<\/title>/g)].map(([, title]) => title);
    expect(titles.length).toBeGreaterThan(60);
    expect(html).toContain('Diamond: late');
    expect(html).toContain('lt-picture__late');
  });

  it('can be asked for by the practice’s ODS code', async () => {
    const visitor = await serve();
    expect((await visitor.get('/operator/migrations/Z98001')).html).toContain('Millbrook Lane Surgery');
  });

  it.each(['/operator/migrations/A99999', '/operator/migrations/..%2f..', '/operator/nowhere', '/operator/migrations'])(
    'is a page that says so where there is none: %s',
    async (url) => {
      const visitor = await serve();
      const { status, headers, html } = await visitor.get(url);
      expect(status).toBe(404);
      expect(headers['content-type']).toContain('text/html');
      expect(html).toContain('<h1');
    },
  );

  it('shows what the register knows while the migration cannot be asked', async () => {
    const visitor = await serve();
    server.migrations.timeline = async () => ({ kind: 'unavailable', detail: 'Temporal is away.' });
    const { status, html } = await visitor.get(server.base);
    expect(status).toBe(200);
    expect(html).toContain('cannot be asked at the moment');
    expect(html).toContain('Agree the proposed Go Live date');
  });

  it('shows the messages that it sent and its audit trail', async () => {
    const visitor = await serve();
    const messages = (await visitor.get(`${server.base}/messages`)).html;
    expect(messages).toContain('extract.initial.alder.core.1.asked');
    expect(messages).not.toContain('@');
    expect((await visitor.get(`${server.base}/history`)).html).toContain('>Started<');
  });
});

const HOSTILE = [
  '<script>alert(1)</script>',
  `"><img src=x onerror=alert(1)> ' onmouseover='x`,
  '{{ 1111 * 3 }} {% raw %} </title>',
  'javascript:alert(1)',
];

/** Within leadtime, a telephone number, or a mail to nobody yet with nothing but a subject and a text. */
const OWN_TARGET = /^(\/|#|\?|tel:\d+$|mailto:\?subject=[^&"]+&body=[^&"]*$)/;

describe('hostile names', () => {
  it.each(HOSTILE)('stay text on every page: %s', async (name) => {
    const visitor = await serve();
    const id = 'third-party-compatibility';
    const where = ['/week', '', '/messages', '/history', `/milestones/${id}`, '/milestones/notify.eps'];
    const pages = async (): Promise<string[]> => [
      (await visitor.get('/operator')).html,
      (await visitor.get('/operator/ring-list?owner=')).html,
      ...(await Promise.all(where.map(async (path) => (await visitor.get(`${server.base}${path}`)).html))),
    ];
    const plain = await pages();
    server.pages.change((state) => {
      const { directory, plan, outbox } = state;
      const named = { ...directory.contacts.csuOperator, name };
      return {
        ...state,
        outbox: outbox.map((draft) => ({ ...draft, actor: name, data: { ...draft.data, note: name } })),
        plan: { ...plan, milestones: plan.milestones.map((each) => ({ ...each, title: name, action: name })) },
        directory: {
          ...directory,
          practice: { ...directory.practice, name },
          icb: { ...directory.icb, name },
          csu: { ...directory.csu, name },
          parties: directory.parties.map((party) => ({ ...party, name })),
          contacts: { ...directory.contacts, csuOperator: named },
        },
      };
    });
    const shown = await pages();
    for (const [index, html] of shown.entries()) {
      const foreign = htmlShape(html).filter((each) => /^(script|img\[.*onerror|iframe)/.test(each));
      expect(foreign.filter((each) => each !== 'script[src defer]')).toEqual([]);
      expect(htmlTargets(html).filter((target) => !OWN_TARGET.test(target))).toEqual([]);
      const kinds = (text: string) => new Set(htmlShape(text));
      for (const element of kinds(html)) expect(kinds(plain[index] ?? ''), element).toContain(element);
      expect(html).not.toContain('3333');
    }
  });
});

const MILESTONE = 'third-party-compatibility';

/** Sends a form of a milestone's page, as it was shown. */
async function send(visitor: Visitor, verb: string, fields: Record<string, string>, id = MILESTONE): Promise<Seen> {
  const { html } = await visitor.get(`${server.base}/milestones/${id}`);
  return visitor.post(`${server.base}/milestones/${id}/${verb}`, { ...hiddenIn(html), ...fields });
}

function hiddenIn(html: string): Record<string, string> {
  const found = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)];
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, value]));
}

const dayFields = (prefix: string, day: string, month: string, year: string) => ({
  [`${prefix}-day`]: day,
  [`${prefix}-month`]: month,
  [`${prefix}-year`]: year,
});

describe('the page of a milestone', () => {
  it('says how its day came about, with its source in the guide', async () => {
    const visitor = await serve();
    const { html } = await visitor.get(`${server.base}/milestones/notify.eps`);
    for (const words of ['5 weeks before Thursday 28 January 2027', 'Thursday 24 December 2026', 'guide/'])
      expect(html).toContain(words);
  });

  it('takes what is done under the name of the person who is signed in', async () => {
    const visitor = await serve();
    const { status, location } = await send(visitor, 'done', { reference: 'Call 7', by: 'Mallory' });
    expect(status).toBe(303);
    expect(server.pages.taken).toMatchObject([
      { type: 'milestoneDone', report: { milestoneId: MILESTONE, by: 'Ann Bell', reference: 'Call 7' } },
    ]);
    const { html } = await visitor.get(location ?? '');
    expect(html).toContain('It is recorded as done.');
    expect(html).not.toContain('Record as done');
  });

  it('takes a form that is sent twice once', async () => {
    const visitor = await serve();
    const { html } = await visitor.get(`${server.base}/milestones/${MILESTONE}`);
    const fields = { ...hiddenIn(html), reference: 'Call 7' };
    const where = `${server.base}/milestones/${MILESTONE}/done`;
    const [first, second] = [await visitor.post(where, fields), await visitor.post(where, fields)];
    expect([first.status, second.status]).toEqual([303, 303]);
    expect(server.pages.taken).toHaveLength(1);
  });

  it('takes “not needed” with its reason, and that somebody takes on what is late', async () => {
    const visitor = await serve();
    expect((await send(visitor, 'acknowledge', { note: 'I ring them' })).status).toBe(303);
    expect((await visitor.get(`${server.base}/milestones/${MILESTONE}`)).html).toContain('Ann Bell, ');
    expect((await send(visitor, 'waive', { reason: 'None here' })).status).toBe(303);
    expect(server.pages.taken.map(({ type }) => type)).toEqual(['slipAcknowledged', 'milestoneWaived']);
  });

  it.each([
    ['done', dayFields('on', '31', '2', '2026'), 'must be a real date'],
    ['done', dayFields('on', '1', '', '2026'), 'must include a month'],
    ['done', dayFields('on', '1', '1', '2030'), 'still to come'],
    ['waive', { reason: '   ' }, 'Enter why it is not needed'],
    ['waive', { reason: '943 476 5919' }, 'NHS number'],
    ['waive', { reason: 'x'.repeat(501) }, '500'],
    ['acknowledge', { note: 'x'.repeat(501) }, '500'],
  ] as [string, Record<string, string>, string][])(
    'says what is wrong with %s %j beside the field, and keeps what was typed',
    async (verb, fields, words) => {
      const visitor = await serve();
      const { status, html } = await send(visitor, verb, fields);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(html).toContain('There is a problem');
      expect(html).toContain(words);
      for (const value of Object.values(fields)) if (value.trim() !== '') expect(html).toContain(`value="${value}"`);
      expect(server.pages.taken).toEqual([]);
    },
  );

  it('asks for the day that a form names', async () => {
    const visitor = await serve({ tell: (story) => void story.says('alder', 'form.sent') });
    const id = 'extract.initial.alder.core.1.formReturned';
    expect((await send(visitor, 'done', {}, id)).html).toContain('Enter the day that it names');
    const { status, location } = await send(visitor, 'done', dayFields('for', '14', '1', '2027'), id);
    expect(status).toBe(303);
    expect((await visitor.get(location ?? '')).html).toContain('for another day than the plan’s');
  });

  it('shows a viewer everything and no form', async () => {
    const visitor = await serve({}, 'viewer');
    const { html } = await visitor.get(`${server.base}/milestones/${MILESTONE}`);
    expect(html).toContain('You may look at this, and not change it.');
    expect(html).not.toContain('Record as done');
    const { status } = await send(visitor, 'waive', { reason: 'x', request: crypto.randomUUID() });
    expect(status).toBe(403);
    expect(server.pages.taken).toEqual([]);
  });

  it('says who was first where somebody else has settled it meanwhile', async () => {
    const visitor = await serve();
    const { html } = await visitor.get(`${server.base}/milestones/${MILESTONE}`);
    await send(visitor, 'waive', { reason: 'None here' });
    const where = `${server.base}/milestones/${MILESTONE}/done`;
    const late = await visitor.post(where, { ...hiddenIn(html), reference: 'Call 7' });
    expect(late.status).toBe(422);
    expect(late.html).toContain('already waived');
  });

  it('keeps what was typed while the migration cannot be asked', async () => {
    const visitor = await serve();
    const { html } = await visitor.get(`${server.base}/milestones/${MILESTONE}`);
    const planning = server.migrations.planning.bind(server.migrations);
    server.migrations.planning = async () => ({ kind: 'unavailable', detail: 'Temporal is away.' });
    const where = `${server.base}/milestones/${MILESTONE}/done`;
    const away = await visitor.post(where, { ...hiddenIn(html), reference: 'Call "7"' });
    expect(away.status).toBe(503);
    expect(away.html).toContain('Nothing has been recorded yet');
    server.migrations.planning = planning;
    const again = await visitor.post(where, { ...hiddenIn(away.html), reference: 'Call "7"' });
    expect(again.status).toBe(303);
  });
});

describe('a session that ended in the middle of a form', () => {
  it('loses nothing that was typed', async () => {
    const visitor = await serve();
    const { html } = await visitor.get(`${server.base}/milestones/${MILESTONE}`);
    const where = `${server.base}/milestones/${MILESTONE}/done`;
    const typed = { ...hiddenIn(html), reference: 'Call "7" <b>' };
    visitor.cookies.clear();
    const out = await visitor.post(where, typed);
    expect(out.status).toBe(401);
    expect(out.html).toContain('You have been signed out');
    expect(out.html).toContain('value="Call &quot;7&quot; &lt;b&gt;"');
    await visitor.signIn('Bo Hart');
    const { request = '' } = hiddenIn(out.html);
    const asked = await visitor.post(where, { request, reference: 'Call "7" <b>' });
    expect(asked.status).toBe(409);
    expect(asked.html).toContain('Look at what you typed');
    expect(server.pages.taken).toEqual([]);
    const { csrf = '' } = hiddenIn(asked.html.slice(asked.html.indexOf('<main')));
    const sent = await visitor.post(where, { request, reference: 'Call "7" <b>', csrf });
    expect(sent.status).toBe(303);
    expect(server.pages.taken).toMatchObject([{ report: { by: 'Bo Hart', reference: 'Call "7" <b>' } }]);
  });

  it.each([{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }])(
    'is no way in for the form of another site: %j',
    async (headers) => {
      const visitor = await serve();
      const { html } = await visitor.get(`${server.base}/milestones/${MILESTONE}`);
      const where = `${server.base}/milestones/${MILESTONE}/done`;
      const { status } = await visitor.post(where, hiddenIn(html), headers);
      expect(status).toBe(403);
      expect(server.pages.taken).toEqual([]);
    },
  );
});
