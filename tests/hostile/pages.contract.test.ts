import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MigrationState } from '../../rules/migration/state.js';
import { exampleStory, PageServer } from '../api/support/pages.js';
import { htmlShape, htmlTargets } from '../support/htmlShape.js';
import { naughtyStrings } from '../support/naughtyStrings.js';

const FORM = '/tasks/extract.initial.alder.core.1.formReturned';
const LOOKS = ['', '/tasks/posters.main', FORM, '/help?task=posters.main', '/confirmed/done?task=posters.main'];

/** The migration with a text in every field that a page shows. */
function saying(state: MigrationState, text: string): MigrationState {
  const { directory, plan } = state;
  const milestones = plan.milestones.map((each) => ({ ...each, title: text, action: text, advice: [text] }));
  const parties = directory.parties.map((party) => ({ ...party, name: text }));
  const csu = { ...directory.csu, name: text, phone: text };
  const practice = { ...directory.practice, name: text };
  return { ...state, plan: { ...plan, milestones }, directory: { ...directory, parties, csu, practice } };
}

const spoken = naughtyStrings.filter((text) => text.trim() !== '');
const story = exampleStory('2026-12-20');

let server: PageServer;
let shapes: string[][];
let targets: string[][];
beforeAll(async () => {
  server = await PageServer.start(story, 'practiceManager', { limits: { perAddress: 1_000_000, perLink: 1_000_000 } });
  const pages = await pagesWith('Example');
  shapes = pages.map(htmlShape);
  targets = pages.map(htmlTargets);
});
afterAll(async () => server.close());

async function pagesWith(text: string): Promise<string[]> {
  server.pages.change(() => saying(story.state, text));
  const pages: string[] = [];
  for (const where of LOOKS) {
    const { status, html } = await server.get(where);
    expect(status, where).toBe(200);
    pages.push(html);
  }
  return pages;
}

describe('every naughty string, in every field of a page', () => {
  it.each(spoken)('makes no element, no attribute and no other address: %j', async (text) => {
    const pages = await pagesWith(text);
    expect(pages.map(htmlShape)).toEqual(shapes);
    expect(pages.map(htmlTargets)).toEqual(targets);
    for (const html of pages) expect(html).not.toMatch(/[\u202a-\u202e\u2066-\u2069\0\u001b]|62615533/);
  });
});

describe('every naughty string, typed into a form', () => {
  it.each(spoken)('is taken on one line or refused with a page of ours: %j', async (text) => {
    server.pages.change(() => story.state);
    const request = await server.requestId('/help');
    const known = server.pages.taken.length;
    const { status, html } = await server.post('/help', { request, task: 'posters.main', text, name: text });
    const taken = server.pages.taken.slice(known);
    if (status === 303) {
      expect(taken).toHaveLength(1);
      const [event] = taken;
      const said = event?.type === 'helpAsked' ? [event.request.text, event.request.by] : [];
      for (const words of said) expect(words).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      return;
    }
    expect([status, taken]).toEqual([400, []]);
    expect(html).toContain('There is a problem');
    const refused = await server.post('/help', { request, task: 'posters.main', text: '\u0007', name: '\u0007' });
    const ours = new Set(htmlShape(refused.html));
    expect(htmlShape(html).filter((element) => !ours.has(element))).toEqual([]);
  });
});
