import { beforeAll, describe, expect, it } from 'vitest';
import { exampleOrder } from '../../support/examples.js';
import { packOf, shown } from './packed.js';

const HOSTILE = `<script>alert("x")</script> & 'Sons' <img src=x onerror=y>`;

function hostileOrder() {
  const { practice, contacts, csu, icb, parties, ...order } = exampleOrder('rich');
  return {
    ...order,
    practice: { ...practice, name: HOSTILE, sites: practice.sites.map((site) => ({ ...site, name: HOSTILE })) },
    contacts: { ...contacts, practiceManager: { ...contacts.practiceManager, name: HOSTILE, phone: '"><b>1' } },
    csu: { ...csu, name: HOSTILE },
    icb: { name: HOSTILE, region: HOSTILE },
    parties: parties.map((party) => ({ ...party, name: `${HOSTILE} ${party.id}` })),
    actions: [{ id: 'rooms', title: HOSTILE, owner: 'csu', dueOn: '2027-02-01' }],
    acceptRisk: { by: HOSTILE, reason: HOSTILE },
  };
}

describe('the kick-off pack', () => {
  it('holds a poster for each site, and an index that links everything', async () => {
    const pack = await packOf('rich');
    expect(Object.keys(pack)).toEqual([
      'index.html',
      'plan.html',
      'contacts.html',
      'meeting.html',
      'poster-harbour-road.html',
      'poster-quayside.html',
      'website.txt',
      'online-message.txt',
      'calendar.ics',
    ]);
    const links = [...(pack['index.html'] ?? '').matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
    expect(links).toEqual(Object.keys(pack).slice(1));
  });

  it('is the same, byte by byte, for the same order as of the same day', async () => {
    expect(await packOf('rich')).toEqual(await packOf('rich'));
  });

  it('names the practice and site on the poster, a practice with one site by its own name', async () => {
    expect(shown((await packOf('rich'))['poster-quayside.html'])).toContain(
      'Harbour Road Medical Centre, Quayside Branch is moving',
    );
    expect(shown((await packOf('plain'))['poster-main.html'])).toContain('Millbrook Lane Surgery is moving');
  });
});

describe.each(['plain', 'rich', 'mid-flight', 'hostile'])('every page of the pack of %s', (name) => {
  let pages: [string, string][];
  beforeAll(async () => {
    const pack = name === 'hostile' ? await packOf('rich', hostileOrder()) : await packOf(name, {}, asOfOf(name));
    pages = Object.entries(pack).filter(([file]) => file.endsWith('.html'));
  });
  const eachPage = (check: (html: string, file: string) => void): void => {
    expect(pages.length).toBeGreaterThan(4);
    for (const [file, html] of pages) check(html, file);
  };

  it('holds no script, and nothing that is loaded from elsewhere', () => {
    eachPage((html) => {
      const tags = html.match(/<[^>]*>/g) ?? [];
      for (const tag of tags) expect(tag).not.toMatch(/^<(script|img|link|iframe|object)|\s(src|on\w+)=/i);
      expect(html).not.toMatch(/url\(|@import/i);
      for (const [, href = ''] of html.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^(mailto:|[a-z-]+\.)/);
    });
  });

  it('has a language, a title, one main heading, and headings that skip no level', () => {
    eachPage((html) => {
      expect(html).toMatch(/^<!doctype html>\n<html lang="en-GB">/);
      expect(html).toMatch(/<title>\S[^<]*<\/title>/);
      const levels = [...html.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level));
      expect(levels.filter((level) => level === 1)).toHaveLength(1);
      levels.forEach((level, index) => expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1));
    });
  });

  it('has a caption in every table and a scope on every heading cell', () => {
    eachPage((html) => {
      expect(html.match(/<caption>\s*[^<\s]/g)?.length ?? 0).toBe(html.match(/<table>/g)?.length ?? 0);
      expect(html.match(/<th\b(?![^>]*\bscope=)/g)).toBeNull();
    });
  });

  it('closes every element that it opens, in order', () => {
    eachPage((html, file) => {
      const open: string[] = [];
      for (const [, slash, tag = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
        if (['meta', 'br'].includes(tag)) continue;
        if (slash === '') open.push(tag);
        else expect(`${file}: ${String(open.pop())}`).toBe(`${file}: ${tag}`);
      }
      expect(open).toEqual([]);
    });
  });
});

const asOfOf = (name: string): string | undefined => (name === 'mid-flight' ? '2026-11-02' : undefined);

describe('a pack with names that are markup', () => {
  it('shows them as they were written', async () => {
    const pack = await packOf('rich', hostileOrder());
    const escaped = '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;Sons&#39;';
    for (const page of ['index.html', 'plan.html', 'contacts.html', 'meeting.html', 'poster-quayside.html'])
      expect(pack[page]).toContain(escaped);
    expect(pack['contacts.html']).toContain('&quot;&gt;&lt;b&gt;1');
    expect(pack['website.txt']).toContain(HOSTILE);
  });
});

describe('the plan to print', () => {
  it('has anchors on top, then critical dates, then phases by week, then who holds what', async () => {
    const text = shown((await packOf('plain'))['plan.html']);
    const places = [
      'Thursday 7 January 2027 Initial data production day confirmed',
      'Critical dates',
      'From the order',
      'Week of Monday 2 November 2026',
      'From the Final data production day: cut-over',
      'From Go Live',
      'Who holds what',
      'Assumed numbers to agree',
    ].map((part) => text.indexOf(part));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
  });

  it('marks what is provisional, assumed, blocking, done, and past its day', async () => {
    const html = (await packOf('mid-flight', {}, '2026-11-06'))['plan.html'] ?? '';
    expect(html).toMatch(
      /Put up posters[^<]*<span class="mark">assumed<\/span> <span class="mark">done on Thursday 22 October 2026/,
    );
    expect(html).toContain('<span class="mark">blocks the Go Live day</span>');
    expect(html).toContain('<span class="mark">day passed</span>');
    const { anchors } = exampleOrder('plain');
    const provisional = { ...anchors, goLive: { on: '2027-02-02', status: 'provisional' as const } };
    expect((await packOf('plain', { anchors: provisional }))['plan.html']).toContain(
      '<span class="mark">provisional</span>',
    );
  });

  it('lists what cannot be dated under the day that it waits for', async () => {
    const { goLive: _, ...anchors } = exampleOrder('plain').anchors;
    const text = shown((await packOf('plain', { anchors }))['plan.html']);
    expect(text).toContain('not set yet Go Live day to be agreed');
    expect(text).toMatch(/No day yet .* when the Go Live day is known/);
  });

  it('says first that a migration could not start', async () => {
    const pack = await packOf('plain', {}, '2026-12-01');
    expect(shown(pack['plan.html'])).toContain('As it stands this migration could not start');
    expect(shown(pack['index.html'])).toContain('As it stands this migration could not start');
  });
});

describe('the contact sheet', () => {
  it('has role, phone, email, channel and deputy of everybody', async () => {
    const text = shown((await packOf('rich'))['contacts.html']);
    expect(text).toContain(
      'Joan Whitlock Harbour Road Medical Centre Practice manager 01632 960111 joan.whitlock@harbourroad.example by email Sam Iqbal, 01632 960112, sam.iqbal@harbourroad.example',
    );
    expect(text).toContain(
      'Third party: Pharmacy 01632 960305 by post: Market Street Pharmacy, 4 Market Street, Wealdham',
    );
    expect(text).toContain(
      'Supplies data; Third party: Other clinical system or software; DocMan documents, DocMan archive',
    );
    for (const { contact } of exampleOrder('rich').parties) expect(text).toContain(contact?.name);
  });
});
