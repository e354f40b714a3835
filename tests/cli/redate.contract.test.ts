import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleOrder, startedExample } from '../support/examples.js';
import { Story } from '../support/story.js';
import { runApi, type RunningApi } from './support/runningApi.js';
import { runCli } from './support/runCli.js';

const ID = 'Z98001-20261020-test01';
const order = exampleOrder('plain');
const to = ['--to', 'initialDataProduction=2027-02-18', '--keep-distance', '--confirmed'];

let api: RunningApi;
const cli = async (...args: string[]) => runCli(['redate', ID, ...args], api.env);

beforeEach(async () => {
  const { state, nowMs } = new Story(startedExample(order)).until('2026-11-10');
  api = await runApi();
  api.migrations.planFrom({ kind: 'answered', answer: { state, order, nowMs } });
});
afterEach(async () => api.app.close());

describe('moving days from the command line', () => {
  it('shows what a move would do, and does nothing, with --preview', async () => {
    const { exitCode, stdout } = await cli(...to, '--preview');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Initial data production day: Thu 2027-01-07, confirmed → Thu 2027-02-18, confirmed');
    expect(stdout).toContain('Go Live day: Tue 2027-02-02, confirmed → Tue 2027-03-16, confirmed');
    expect(stdout).toMatch(/Given or asked already[^]*Alder Clinical Systems[^]*for 2027-01-07/);
    expect(stdout).toMatch(/request to alder\.contact: extract\.initial\.alder\.core\.1\.asked/);
    expect(api.migrations.said).toEqual([]);
  });

  it('moves what it has shown', async () => {
    const { exitCode, stdout } = await cli(...to, '--reason', 'no slot', '--by', 'Bo', '--yes');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('its days are at version 2 now');
    expect(api.migrations.said).toMatchObject([
      {
        what: 'redate',
        payload: {
          by: 'Bo',
          reason: 'no slot',
          moves: [{ to: '2027-02-18' }, { to: '2027-03-11' }, { to: '2027-03-16' }],
        },
      },
    ]);
  });

  it('gives both answers as JSON', async () => {
    const { stdout } = await cli('--shift', '-5workingDays', '--reason', 'sooner', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      preview: { anchors: [{ after: { on: '2026-12-30', status: 'provisional' } }, {}, {}] },
      redated: { dateVersion: 2 },
    });
  });

  it('moves nothing where the days cannot be', async () => {
    const { exitCode, stdout, stderr } = await cli('--to', 'goLive=2027-01-20', '--reason', 'sooner');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: 'error: Nothing was changed: see the errors above.\n',
    });
    expect(stdout).toContain('it must come after it');
    expect(api.migrations.said).toEqual([]);
  });

  it.each([
    [['--reason', 'x'], 'Say where to'],
    [['--to', 'goLive=2027-02-09'], 'Say why'],
    [['--to', 'golive=2027-02-09', '--preview'], 'write ANCHOR=YYYY-MM-DD with one of kickOff'],
    [['--to', 'goLive=next week', '--preview'], 'write ANCHOR=YYYY-MM-DD'],
    [['--shift', '5', '--preview'], 'like -5workingDays'],
    [['--shift', '5days', '--to', 'goLive=2027-02-09', '--preview'], 'not both'],
    [['--shift', '5days', '--keep-distance', '--preview'], 'leave out --keep-distance'],
  ])('says what is wrong with %s', async (args, message) => {
    const { exitCode, stderr } = await cli(...args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  it('passes on why the migration refuses', async () => {
    const { exitCode, stderr } = await cli('--to', 'goLive=2026-11-09', '--preview');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('cannot be moved to 2026-11-09: it is 2026-11-10');
  });
});

describe('holding and going on from the command line', () => {
  it('puts a migration on hold', async () => {
    const { exitCode, stdout } = await runCli(['hold', ID, '--reason', 'a merger', '--by', 'Bo'], api.env);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('is on hold since 2026-11-23');
    expect(api.migrations.said).toMatchObject([{ what: 'hold', payload: { by: 'Bo', reason: 'a merger' } }]);
  });

  it('goes on with new days, as previewed, and only where it is on hold', async () => {
    const running = await runCli(['resume', ID, ...to, '--preview'], api.env);
    expect({ code: running.exitCode, said: running.stderr.includes('It is not on hold') }).toEqual({
      code: 1,
      said: true,
    });
    const story = new Story(startedExample(order)).until('2026-11-10');
    story.happens({ type: 'held', atMs: story.nowMs, by: 'Bo', reason: 'a merger' });
    api.migrations.planFrom({ kind: 'answered', answer: { state: story.state, order, nowMs: story.nowMs } });
    expect((await cli(...to, '--preview')).stderr).toContain('Resume it, with its new days');
    const { exitCode, stdout } = await runCli(['resume', ID, ...to, '--reason', 'merged', '--yes'], api.env);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('goes on: its days are at version 2 now');
    expect(api.migrations.said).toMatchObject([{ what: 'redate', payload: { resumes: true, reason: 'merged' } }]);
  });
});
