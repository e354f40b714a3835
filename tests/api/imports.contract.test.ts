import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { planFromOrderText } from '../../config/planFromText.js';
import { call, startTestServer, type TestServer } from './support/testServer.js';

const tracker = readFileSync('examples/tracker/tracker.csv', 'utf8');
const template = readFileSync('examples/tracker/template.yaml', 'utf8');
const asOf = '2026-11-23';

let server: TestServer | undefined;
afterEach(async () => server?.app.close());

async function importing(body: object) {
  server = await startTestServer();
  return call(server.app, 'POST', '/api/orders/import', { tracker, template, asOf, ...body });
}

/** The template with other lines in place of the fields that they begin. */
function templateWith(lines: string): string {
  const fields = lines.split('\n').map((line) => line.split(':')[0] ?? '');
  const without = fields.reduce((text, field) => {
    return text.replace(new RegExp(`^${field}:.*\\n(?:[ #].*\\n|\\n)*`, 'm'), '');
  }, template);
  return `${without}\n${lines}\n`;
}

describe('a tracker sent to the API', () => {
  it('is answered with orders that can start', async () => {
    const { status, body } = await importing({ doneBefore: '2026-11-20' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      orders: [{ practice: 'Z98101', line: 4 }, { practice: 'Z98102' }, { practice: 'Z98103' }],
      problems: [],
      notRead: ['Printers', 'Notes'],
    });
    const [first] = body['orders'] as { text: string; takenAsDone: string[] }[];
    expect(first?.takenAsDone).toContain('go-live-date-agreed');
    expect(await planFromOrderText(first?.text ?? '', 'order', asOf)).toMatchObject({ ok: true, refusals: [] });
  });

  it('is answered with the faults of its lines beside the orders of the others', async () => {
    const { body } = await importing({ tracker: tracker.replace('18/02/2027', '31/02/2027') });
    expect(body).toMatchObject({
      orders: [{ practice: 'Z98102' }, { practice: 'Z98103' }],
      problems: [{ file: 'tracker', line: 4, field: 'Initial data production', what: '"31/02/2027" is no day' }],
    });
  });

  it('leaves a day out that nobody knows, also where neither it nor another is in the template', async () => {
    const { status, body } = await importing({ tracker: tracker.replace('21/09/2026', '') });
    expect(status).toBe(200);
    expect(body).toMatchObject({ orders: [{ practice: 'Z98101' }, {}, {}], problems: [] });
    const [first] = body['orders'] as { text: string }[];
    expect(first?.text).not.toContain('kickOff');
  });

  it.each([
    ['anchors: 5', 'anchors', 'must be a group of keys'],
    ['anchors: { goLive: soon }', 'anchors.goLive', 'must be a group of keys'],
    ['parties: none', 'parties', 'must be a list'],
    ['parties: [alder]', 'parties[0]', 'must be a group of keys'],
    ['contacts: []', 'contacts', 'must be a group of keys'],
    ['practice: Mill', 'practice', 'must be a group of keys'],
    ['alreadyDone: all', 'alreadyDone', 'must be a list'],
    ['contacts: &one {}\npractice: *one', 'practice', 'must be a group of keys'],
  ])('names what in a template cannot be filled: %s', async (lines, field, what) => {
    const { status, body } = await importing({ template: templateWith(lines) });
    expect(status).toBe(400);
    expect(body['errors']).toMatchObject([{ file: 'template', field, what: expect.stringContaining(what) as string }]);
  });

  it('fills what a template names and leaves empty', async () => {
    const { status, body } = await importing({ template: templateWith('anchors:') });
    expect(status).toBe(200);
    expect(body).toMatchObject({ orders: [{ practice: 'Z98101' }, {}, {}], problems: [] });
  });

  it.each([
    ['a tracker without columns', { tracker: 'a,b\n1,2\n' }, 'no line has the columns'],
    ['a template that is no YAML', { template: 'practice: [' }, 'template'],
    ['columns that mean nothing', { columns: 'columns: []' }, 'columns'],
    ['a day in the future', { doneBefore: '2026-11-24' }, 'nothing is done in the future'],
    ['more lines than one sender may wait for', { tracker: tracker + ',x\n'.repeat(501) }, 'at most 500'],
  ])('is refused for %s', async (_what, change, said) => {
    const { status, body } = await importing(change);
    expect(status).toBe(400);
    expect(body).toMatchObject({ type: 'urn:leadtime:problem:import-refused' });
    expect(JSON.stringify(body['errors'])).toContain(said);
  });
});
