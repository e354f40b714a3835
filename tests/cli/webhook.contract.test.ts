import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runApi, type RunningApi } from './support/runningApi.js';
import { runCli } from './support/runCli.js';

let api: RunningApi;
beforeEach(async () => (api = await runApi()));
afterEach(async () => api.app.close());

const send = async (...options: string[]) =>
  runCli(
    ['webhook', 'send', 'emis', 'extract.scheduled', '--ods', 'Z90001', '--date', '2027-03-02', ...options],
    api.env,
  );
const makeSecret = async (supplier: string) => runCli(['webhook', 'secret', supplier], api.env);

describe('leadtime webhook secret', () => {
  it('prints a new secret, alone on standard output', async () => {
    const { exitCode, stdout, stderr } = await makeSecret('emis');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^whsec_[A-Za-z0-9+/=]+\n$/);
    expect(stderr).toContain('not shown again');
  });

  it('refuses what is no supplier id', async () => {
    expect(await makeSecret('EMIS Ltd')).toMatchObject({ exitCode: 2, stdout: '' });
  });
});

describe('leadtime webhook send', () => {
  it('signs an event that the API takes', async () => {
    await makeSecret('emis');
    const { exitCode, stdout } = await send('--product', 'core', '--id', 'msg_7', '--data', '{"note":"x"}', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ webhookId: 'msg_7', status: 200, body: { effect: 'done' } });
    expect(api.migrations.said).toMatchObject([
      { payload: { supplierId: 'emis', webhookId: 'emis/msg_7', product: 'core', data: { note: 'x' } } },
    ]);
  });

  it('signs with either of two secrets, from a file', async () => {
    const first = (await makeSecret('emis')).stdout;
    await makeSecret('emis');
    const file = path.join(api.env.LEADTIME_DATA_DIR, 'mine');
    await writeFile(file, first);
    expect((await send('--secret-file', file)).exitCode).toBe(0);
    await makeSecret('emis');
    expect((await send('--secret-file', file)).exitCode).toBe(2);
  });

  it('exits 2 where the request is wrong, and shows the fields', async () => {
    await makeSecret('emis');
    const { exitCode, stderr } = await runCli(['webhook', 'send', 'emis', 'form.lost', '--ods', 'Z90001'], api.env);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('type: must be one of form.sent');
  });

  it('exits 2 for a timestamp of yesterday', async () => {
    await makeSecret('emis');
    const { exitCode, stdout } = await send('--timestamp', '1700000000', '--json');
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ status: 401 });
  });

  it('exits 1 where the migration refuses or cannot be reached', async () => {
    await makeSecret('emis');
    api.migrations.answerEventsWith(() => ({ kind: 'absent', state: 'closed', detail: 'It has closed.' }));
    expect((await send()).exitCode).toBe(1);
    api.migrations.answerEventsWith(() => ({ kind: 'unavailable', detail: 'Later.' }));
    expect((await send()).exitCode).toBe(1);
  });

  it('explains where to get a secret when there is none', async () => {
    const { exitCode, stderr } = await send();
    expect(exitCode).toBe(2);
    expect(stderr).toContain('leadtime webhook secret emis');
  });

  it('exits 1 and says how to start the system when nobody is there', async () => {
    await makeSecret('emis');
    const { exitCode, stderr } = await send('--url', 'http://127.0.0.1:9');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('npm start');
  });
});
