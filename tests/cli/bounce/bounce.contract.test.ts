import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runApi, type RunningApi } from '../support/runningApi.js';
import { runCli } from '../support/runCli.js';
import { bounceMail, MESSAGE_ID } from './mails.js';

let api: RunningApi;
let folder: string;

beforeEach(async () => {
  api = await runApi();
  folder = await mkdtemp(path.join(tmpdir(), 'leadtime-bounce-'));
});
afterEach(async () => api.app.close());

async function file(name: string, text: string | Buffer): Promise<string> {
  const place = path.join(folder, name);
  await writeFile(place, text);
  return place;
}
const bounce = async (...args: string[]) => runCli(['bounce', '--by', 'Tom Ashdown', ...args], api.env);

describe('leadtime bounce', () => {
  it('reports a mail that came back, and says which it was', async () => {
    const mail = await file('one.eml', bounceMail());
    const { exitCode, stdout } = await bounce(mail);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Z90001-20260914-k3v9qa, notify.eps (open): came back, 5.1.1: 550');
    expect(stdout).not.toContain('ann@practice.example');
    expect(api.migrations.said).toMatchObject([
      {
        what: 'reportBounce',
        target: { migrationId: 'Z90001-20260914-k3v9qa' },
        payload: { messageId: MESSAGE_ID, by: 'Tom Ashdown' },
      },
    ]);
  });

  it('prints JSON, one entry for each', async () => {
    const { stdout } = await bounce('--json', await file('one.eml', bounceMail()), await file('two.eml', bounceMail()));
    expect(JSON.parse(stdout)).toMatchObject([{ messageId: MESSAGE_ID }, { messageId: MESSAGE_ID }]);
  });

  it('says of a mail that is none why, with exit code 1, and reports the others', async () => {
    const letter = await file('letter.eml', 'Subject: Hello\r\n\r\nDear CSU');
    const { exitCode, stdout, stderr } = await bounce(letter, await file('one.eml', bounceMail()));
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${letter}: this is no report of a mail that came back (RFC 3464)`);
    expect(stdout).toContain('one.eml');
    expect(api.migrations.said).toHaveLength(1);
  });

  it('says so when the migration does not know the mail, with exit code 1', async () => {
    api.migrations.answerBouncesWith({ kind: 'absent', state: 'closed', detail: 'Migration X has closed.' });
    const { exitCode, stderr } = await bounce(await file('one.eml', bounceMail()));
    expect(exitCode).toBe(1);
    expect(stderr).toContain('Migration X has closed.');
  });

  it.each([
    ['a file that is not there', 'missing.eml', undefined, 'there is no such file'],
    ['a file that is huge', 'huge.eml', Buffer.alloc(11 * 1024 * 1024, 'x'), 'larger than 10 MB'],
  ])('cannot read %s, with exit code 2', async (_, name, content, reason) => {
    const place = content === undefined ? path.join(folder, name) : await file(name, content);
    const { exitCode, stderr } = await bounce(place, await file('letter.eml', 'Subject: Hello\r\n\r\nDear CSU'));
    expect(exitCode).toBe(2);
    expect(stderr).toContain(reason);
  });

  it('takes no more than files', async () => {
    expect((await bounce()).exitCode).toBe(2);
    expect((await bounce(folder)).stderr).toContain('this is a folder');
  });
});
