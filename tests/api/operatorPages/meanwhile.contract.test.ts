import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apply } from '../../../rules/migration/apply.js';
import { type DeskServer, startDeskServer } from '../support/desk.js';
import { csrfIn, Visitor } from '../support/visitor.js';

const MILESTONE = 'third-party-compatibility';
const REQUEST = '3f2b8c1e-7d64-4b1e-9a55-0c1d2e3f4a5b';

let server: DeskServer;
let visitor: Visitor;

beforeEach(async () => {
  server = await startDeskServer();
  visitor = await new Visitor(server.app).signIn('Ann Bell');
});
afterEach(() => server.app.close());

const cancel = (): void => {
  const event = { type: 'cancelled', atMs: Date.UTC(2026, 10, 23, 14), by: 'Helen Marsh', reason: 'off' } as const;
  server.pages.change((state) => apply(state, event));
};

const formOn = async (where: string) => ({ csrf: csrfIn((await visitor.get(where)).html), request: REQUEST });

describe('a migration that is cancelled while its page is open', () => {
  it('says so to who records something, and keeps what they typed', async () => {
    const form = await formOn(`${server.base}/milestones/${MILESTONE}`);
    cancel();
    const late = await visitor.post(`${server.base}/milestones/${MILESTONE}/done`, { ...form, reference: 'Call <7>' });
    expect(late.status).toBe(404);
    for (const words of ['This has not been recorded', 'This migration was cancelled', 'Call &lt;7&gt;'])
      expect(late.html).toContain(words);
    expect(late.html).not.toContain('Send it again');
    expect(server.pages.taken).toEqual([]);
  });

  it('says so to who moves its days', async () => {
    const form = await formOn(`${server.base}/move`);
    cancel();
    for (const where of ['move/preview', 'move']) {
      const late = await visitor.post(`${server.base}/${where}`, {
        ...form,
        'to-golive': '2027-03-02',
        reason: 'Slot',
      });
      expect(late.status).toBe(409);
      expect(late.html).toContain('This migration was cancelled on Mon 23 Nov 2026');
      expect(late.html).toContain('Slot');
    }
  });

  it('says so on every page of it, where there are no forms any more', async () => {
    cancel();
    for (const where of ['', '/week', '/messages', '/history', '/move', `/milestones/${MILESTONE}`]) {
      const { status, html } = await visitor.get(`${server.base}${where}`);
      expect(status).toBe(200);
      expect(html, where).toContain('This migration was cancelled on Mon 23 Nov 2026');
      expect(html.slice(html.indexOf('<main')), where).not.toContain('method="post"');
    }
  });
});

describe('somebody who was first', () => {
  it('is named to who comes second, with what they typed', async () => {
    const form = await formOn(`${server.base}/milestones/${MILESTONE}`);
    await visitor.post(`${server.base}/milestones/${MILESTONE}/waive`, { ...form, reason: 'None here' });
    const second = { ...form, request: REQUEST.replace('3f', '4f'), reference: 'Call 9' };
    const late = await visitor.post(`${server.base}/milestones/${MILESTONE}/done`, second);
    expect(late.status).toBe(422);
    for (const words of ['already waived', 'Ann Bell', 'Call 9', 'See how it stands now'])
      expect(late.html).toContain(words);
  });
});

describe('days that are there already', () => {
  it('are no error for who sends the form twice', async () => {
    const form = await formOn(`${server.base}/move`);
    const { status, location } = await visitor.post(`${server.base}/move`, {
      ...form,
      'to-golive': '2027-02-02',
      reason: 'Slot',
    });
    expect(status).toBe(303);
    expect((await visitor.get(location ?? '')).html).toContain('nothing was moved now');
  });
});

describe('a large order', () => {
  it('is looked at, and kept where the session has ended', async () => {
    const order = `# ${'a line of the agreement, with "signs"\n# '.repeat(5_000)}\nwrong: yes\n`;
    const form = await formOn('/operator/start');
    const looked = await visitor.post('/operator/start/plan', { ...form, order });
    expect(looked.status).toBe(400);
    expect(looked.html).toContain('There is a problem with the order');
    const kept = await new Visitor(server.app).post('/operator/start/plan', { order });
    expect(kept.status).toBe(401);
    expect(kept.html.length).toBeGreaterThan(order.length);
  });
});

describe('a long list of moves', () => {
  it('is sent again from the page that kept it', async () => {
    const lines = Array.from(
      { length: 2_000 },
      (_, index) => `A${10_000 + index},goLive,2027-03-02,"reason, ${index}"`,
    );
    const list = ['practice,anchor,date,reason', ...lines].join('\n');
    const form = await formOn('/operator/bulk/move');
    const { status, location } = await visitor.post('/operator/bulk/move', { ...form, list });
    expect(status).toBe(303);
    expect((await visitor.get(location ?? '')).html).toContain('of 2000');
  });
});
