import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, startTestServer, type TestServer } from './support/testServer.js';

let server: TestServer;
let text: string;

beforeAll(async () => {
  server = await startTestServer();
  text = await readFile('examples/plain.yaml', 'utf8');
});
afterAll(async () => server.app.close());

const look = (what: string, body: object) =>
  call(server.app, 'POST', `/api/orders/${what}`, { fileName: 'plain.yaml', text, asOf: '2026-10-20', ...body });

describe('looking at what an order would come to', () => {
  it('shows its plan, whether the days hold, and starts nothing', async () => {
    const { status, body } = await look('plan', {});
    expect(status).toBe(200);
    expect(body).toMatchObject({ wouldBeRefused: false, asOf: '2026-10-20', feasibility: { holds: true } });
    expect(JSON.stringify(body['plan'])).toContain('"id":"posters.main"');
    expect(server.migrations.started).toEqual([]);
  });

  it('says so when it would be refused', async () => {
    expect((await look('plan', { asOf: '2026-12-20' })).body).toMatchObject({ wouldBeRefused: true });
  });

  it('explains one date, and names what is near where there is no such milestone', async () => {
    const { body } = await look('explanation', { milestoneId: 'posters.main' });
    expect(body['explanation']).toMatchObject({ milestoneId: 'posters.main', ruleId: 'posters' });
    const { status, body: problem } = await look('explanation', { milestoneId: 'poster.main' });
    expect([status, problem['detail']]).toEqual([404, expect.stringContaining('posters.main')]);
  });

  it('rehearses it: escalations where nobody does anything, none where everybody is early', async () => {
    const kinds = async (everybody: string) => {
      const { body } = await look('rehearsal', { everybody });
      const trace = JSON.parse(JSON.stringify(body['trace'])) as { type: string; message?: { kind: string } }[];
      return trace.flatMap(({ message }) => message?.kind ?? []);
    };
    expect(await kinds('doesNothing')).toContain('escalation');
    expect(await kinds('isEarly')).not.toContain('escalation');
  });

  it.each(['plan', 'explanation', 'rehearsal', 'pack'])(
    'lists everything that is wrong with it, at its line: %s',
    async (what) => {
      const broken = text.replace(/^ {2}odsCode: .*$/m, '  odsCode: "x y"');
      const { status, body } = await look(what, { text: broken, ...(what === 'explanation' && { milestoneId: 'x' }) });
      expect(status).toBe(400);
      expect(body['errors']).toEqual(expect.arrayContaining([expect.objectContaining({ field: 'practice.odsCode' })]));
    },
  );
});
