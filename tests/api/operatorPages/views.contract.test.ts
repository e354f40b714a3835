import { afterEach, describe, expect, it } from 'vitest';
import type { ListFilter } from '../../../register/types.js';
import { startTestServer, type TestServer } from '../support/testServer.js';
import { Visitor } from '../support/visitor.js';

let server: TestServer;
afterEach(() => server.app.close());

async function serve(name = 'Ann Bell') {
  const asked: ListFilter[] = [];
  const list = async (filter: ListFilter = {}) => {
    asked.push(filter);
    return { migrations: [], total: 0 };
  };
  server = await startTestServer({ register: { list } });
  return { asked, visitor: await new Visitor(server.app).signIn(name) };
}

const hereIn = (html: string): string[] =>
  [...html.matchAll(/<a href="([^"]*)" aria-current="page">([^<]*)<\/a>/g)].map(([, , title = '']) => title);

describe('the views of the portfolio', () => {
  it('are addresses, of which one’s own has one’s name', async () => {
    const { asked, visitor } = await serve('Zoë & Co <x>');
    const { html } = await visitor.get('/operator');
    const [, href = ''] = /<a href="([^"]*)">Mine<\/a>/.exec(html) ?? [];
    const mine = await visitor.get(href.replaceAll('&amp;', '&'));
    expect(asked.at(-1)).toMatchObject({ status: 'running', owner: 'Zoë & Co <x>' });
    expect(hereIn(mine.html)).toContain('Mine');
  });

  it.each([
    ['Red', { rated: { rating: 'red' } }],
    ['Overdue', { dueBefore: '2026-12-01' }],
    ['Delayed by practices', { delayHolder: 'practice' }],
    ['On hold', { rated: { rating: 'onHold' } }],
    ['In cut-over', { phase: 'cutOver' }],
  ])('show what they are called: %s', async (title, filter) => {
    const { asked, visitor } = await serve();
    const { html } = await visitor.get('/operator');
    const [, href = ''] = new RegExp(`<a href="([^"]*)">${title}</a>`).exec(html) ?? [];
    const seen = await visitor.get(href);
    expect(asked.at(-1)).toMatchObject(filter);
    expect(hereIn(seen.html)).toContain(title);
  });

  it('mark none where the filters are somebody’s own', async () => {
    const { visitor } = await serve();
    expect(hereIn((await visitor.get('/operator?search=hill')).html)).toEqual(['Portfolio']);
    expect(hereIn((await visitor.get('/operator')).html)).toEqual(['Portfolio', 'Everything that runs']);
  });
});
