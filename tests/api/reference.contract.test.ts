import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, startTestServer, type TestServer } from './support/testServer.js';

let server: TestServer;
let order: string;

beforeAll(async () => {
  server = await startTestServer();
  order = await readFile('examples/rich.yaml', 'utf8');
});
afterAll(async () => server.app.close());

const get = (path: string) => call(server.app, 'GET', `/api${path}`);
const post = (path: string, body: object) => call(server.app, 'POST', `/api${path}`, body);

describe('the rules', () => {
  it('are shown as a rule set has them', async () => {
    const { status, body } = await get('/rules/gp-england');
    expect({ status, body }).toMatchObject({ status: 200, body: { ruleSet: { id: 'gp-england' }, layers: [] } });
    expect(body['rules']).toContainEqual(expect.objectContaining({ rule: 'posters', layer: 'gp-england' }));
  });

  it('are refused by a name that is not there, and by one that leads elsewhere', async () => {
    const { status, body } = await get('/rules/gp-atlantis');
    expect([status, body['type']]).toEqual([404, expect.stringContaining('unknown-rule-set')]);
    expect(body['detail']).toContain('gp-england');
    expect((await get('/rules/..%2Fpackage')).status).toBe(400);
  });

  it('are shown as they count for an order', async () => {
    const { status, body } = await post('/orders/rules', { fileName: 'rich.yaml', text: order });
    expect(status).toBe(200);
    expect(JSON.stringify(body['values'])).toContain('"party":');
  });

  it('are refused for an order that names none that are there, or is none', async () => {
    const elsewhere = order.replace(/^ruleSet: .*$/m, 'ruleSet: gp-atlantis');
    expect((await post('/orders/rules', { fileName: 'rich.yaml', text: elsewhere })).status).toBe(422);
    const { status, body } = await post('/orders/rules', { fileName: 'rich.yaml', text: 'orderedOn: soon' });
    expect([status, body['type']]).toEqual([400, expect.stringContaining('order-unreadable')]);
  });
});

describe('a file of rules', () => {
  const check = (text: string) => post('/rules/check', { fileName: 'mine.yaml', text });

  it('is usable where nothing is wrong with it', async () => {
    const { status, body } = await check(await readFile('config/rulesets/gp-england.yaml', 'utf8'));
    expect({ status, body }).toMatchObject({ status: 200, body: { kind: 'rule set', usable: true } });
  });

  it('is told to be a layer, and checked over the rule set that it names', async () => {
    const text = await readFile('config/rulesets/layers/example-region.yaml', 'utf8');
    expect((await check(text)).body).toMatchObject({ kind: 'layer', usable: true });
    const { body } = await check(text.replace(/^over: .*$/m, 'over: gp-atlantis'));
    expect(body).toMatchObject({ usable: false, problems: [{ severity: 'error', file: 'mine.yaml' }] });
  });

  it('is told everything that is wrong with it, at its line', async () => {
    const { status, body } = await check('id: mine\nversion: 1\nrules: none\n');
    expect(status).toBe(200);
    expect(body).toMatchObject({ usable: false });
    expect(body['problems']).toContainEqual(expect.objectContaining({ field: 'rules', line: 3 }));
  });

  it.each(['', '\u0000', '&a [*a, *a]', '{'.repeat(10_000), '💥'])('may hold anything: %j', async (text) => {
    expect((await check(text)).body).toMatchObject({ usable: false });
  });
});

describe('the calendar', () => {
  it('says where it comes from, how far it reaches, and of each division how many days it knows', async () => {
    const { status, body } = await get('/calendar?asOf=2026-11-23');
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { asOf: '2026-11-23', divisions: { scotland: {} } },
    });
  });

  it('cannot be relied on from within a year of its end', async () => {
    const { body } = await get('/calendar?asOf=2030-01-01');
    expect(body['ok']).toBe(false);
    expect(body['findings']).toContainEqual(expect.objectContaining({ severity: 'warning' }));
  });
});

describe('the kick-off pack', () => {
  it('has every file of the pack, and starts nothing', async () => {
    const { status, body } = await post('/orders/pack', { fileName: 'rich.yaml', text: order, asOf: '2027-01-11' });
    expect(status).toBe(200);
    const files: unknown = body['files'];
    const names = Array.isArray(files) ? files.map((file: unknown) => String(Reflect.get(Object(file), 'name'))) : [];
    expect(names).toEqual(expect.arrayContaining(['index.html', 'plan.html', 'contacts.html', 'calendar.ics']));
    expect(server.migrations.started).toEqual([]);
  });
});
