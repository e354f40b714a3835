import { mkdtempSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleOrder, startedExample } from '../support/examples.js';
import { Story } from '../support/story.js';
import { runApi, type RunningApi } from './support/runningApi.js';
import { runCli } from './support/runCli.js';

const order = exampleOrder('plain');
const orderText = readFileSync('examples/plain.yaml', 'utf8');

let api: RunningApi;
let folder: string;
const cli = async (...args: string[]) => runCli(args, api.env);
const file = async (text: string | Buffer, name = 'rows.csv'): Promise<string> => {
  const place = path.join(folder, name);
  await writeFile(place, text);
  return place;
};
/** What a refusal says, without the path of the file. */
const linesOf = (stderr: string): string[] =>
  stderr
    .trim()
    .split('\n')
    .map((line) => line.replaceAll(`${folder}${path.sep}`, '').trim());

beforeEach(async () => {
  api = await runApi();
  folder = mkdtempSync(path.join(tmpdir(), 'leadtime-bulk-'));
});
afterEach(async () => api.app.close());

/** Three practices, of which the second knows no such milestone; looked at, not done, unless the memory is told to refuse. */
const refuseSecond = (): void => {
  const { migrations } = api;
  const done = migrations.done.bind(migrations);
  migrations.done = async (request) =>
    'odsCode' in request.target && request.target.odsCode === 'A10002'
      ? {
          kind: 'rejected',
          rejection: { type: 'UnknownMilestone', message: 'There is no milestone "x".', choices: [] },
        }
      : done(request);
};

describe('doing one thing to many practices', () => {
  it('says how many are done', async () => {
    const csv = await file('practice,milestone,date,reference\nA10001,x,2026-11-20,call 7\nA10002,x,,\n');
    const { exitCode, stdout } = await cli('bulk', 'done', '--file', csv, '--by', 'Bo');
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('2 of 2 recorded as done.') as string,
    });
    expect(api.migrations.said).toMatchObject([
      { target: { odsCode: 'A10001' }, payload: { milestoneId: 'x', on: '2026-11-20', reference: 'call 7', by: 'Bo' } },
      { target: { odsCode: 'A10002' }, payload: { milestoneId: 'x', by: 'Bo' } },
    ]);
  });

  it('lists what failed with its line, exits with 1, and repeats it', async () => {
    refuseSecond();
    const csv = await file('practice,milestone\nA10001,x\nA10002,x\nA10003,x\n');
    const { exitCode, stdout } = await cli('bulk', 'done', '--file', csv);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('2 of 3 recorded as done, 1 failed.');
    expect(stdout).toMatch(/│ 3 +│ A10002 +│ x +│ failed +│ There is no milestone "x"\. +│/);
    const [, id = ''] = /leadtime bulk repeat (\w+)/.exec(stdout) ?? [];
    expect((await cli('bulk', 'status', id)).exitCode).toBe(1);
    const again = await cli('bulk', 'repeat', id, '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ bulkId: id, done: 2, failed: 1, rows: [{ line: 3 }] });
    expect((await cli('bulk', 'rows', id)).stdout).toMatch(/A10001[^]*A10002[^]*A10003/);
    expect((await cli('bulk', 'list')).stdout).toMatch(new RegExp(`done +│ ended +│ 3 +│ 2 +│ 1 .*${id}`));
    expect(await cli('bulk', 'stop', id)).toMatchObject({ exitCode: 1 });
  });

  it('only looks with --dry-run', async () => {
    const { state, nowMs } = new Story(startedExample(order)).until('2026-11-10');
    api.migrations.planFrom({ kind: 'answered', answer: { state, order, nowMs } });
    const csv = await file('practice,reason\nZ98001,merges\n');
    const { exitCode, stdout } = await cli('bulk', 'cancel', '--file', csv, '--dry-run');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('1 of 1 would be cancelled.');
    expect(stdout).toContain('It would be cancelled.');
    expect(api.migrations.said).toEqual([]);
  });

  it('starts every order of a folder', async () => {
    for (const ods of ['A10001', 'A10002']) await file(orderText.replaceAll('Z98001', ods), `${ods}.yaml`);
    await file('not an order', 'notes.txt');
    const { exitCode, stdout } = await cli('bulk', 'start', folder, '--as-of', '2026-10-20');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('2 of 2 started.');
    expect(api.migrations.started.map((each) => each.order.practice.odsCode).toSorted()).toEqual(['A10001', 'A10002']);
  });

  it('moves days by file, the lines of one practice in one move', async () => {
    const { state, nowMs } = new Story(startedExample(order)).until('2026-11-10');
    api.migrations.planFrom({ kind: 'answered', answer: { state, order, nowMs } });
    const csv = await file(
      'practice,anchor,date,reason,confirmed\nZ98001,initialDataProduction,2027-02-18,no slot,yes\nZ98001,goLive,2027-03-16,no slot,no\n',
    );
    const { exitCode, stdout } = await cli('redate', '--file', csv, '--keep-distance', '--by', 'Bo');
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('1 of 1 moved.') as string,
    });
    expect(api.migrations.said).toMatchObject([{ what: 'redate', payload: { by: 'Bo', reason: 'no slot' } }]);
    const { moves } = (api.migrations.said[0]?.payload ?? {}) as { moves: { anchor: string; to: string }[] };
    expect(moves.map(({ anchor, to }) => `${anchor} ${to}`)).toEqual([
      'initialDataProduction 2027-02-18',
      'finalDataProduction 2027-03-11',
      'goLive 2027-03-16',
    ]);
    for (const args of [['Z98001', '--file', csv], ['--file', csv, '--shift', '5days'], []])
      expect(await cli('redate', ...args)).toMatchObject({ exitCode: 2 });
  });

  it('adopts by file, with one reason for all', async () => {
    const { state, nowMs } = new Story(startedExample(order)).until('2026-11-10');
    api.migrations.planFrom({ kind: 'answered', answer: { state, order, nowMs } });
    const csv = await file('practice\nZ98001\n');
    const { exitCode, stdout } = await cli('bulk', 'adopt', '--file', csv, '--reason', 'new bank holiday', '--dry-run');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('the rules and the calendar that are in use');
  });

  it('does not wait with --no-wait, and can be looked at later', async () => {
    api.runs.hold();
    const csv = await file('practice,milestone\nA10001,x\n');
    const { stdout } = await cli('bulk', 'done', '--file', csv, '--no-wait');
    const [, id = ''] = /leadtime bulk status (\w+)/.exec(stdout) ?? [];
    expect((await cli('bulk', 'status', id)).stdout).toContain('0 of 1 recorded as done, 1 to go.');
    const watching = cli('bulk', 'status', id, '--wait');
    await api.runs.letGo();
    expect((await watching).stdout).toContain('1 of 1 recorded as done.');
  });

  it('goes on without whoever presses Ctrl-C, and says how to look at it', async () => {
    api.runs.hold();
    const csv = await file('practice,milestone\nA10001,x\n');
    const watching = cli('bulk', 'done', '--file', csv);
    const before = process.listenerCount('SIGINT');
    while (process.listenerCount('SIGINT') === before) await new Promise((resolve) => setTimeout(resolve, 5));
    process.emit('SIGINT');
    const { exitCode, stderr } = await watching;
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/leadtime bulk status \w+/) as string,
    });
    await api.runs.letGo();
    expect(api.migrations.said).toHaveLength(1);
  });
});

describe('a file that is wrong', () => {
  it('is refused whole, every fault with its line and column', async () => {
    const csv = await file(
      'practice,milestone,date\nA10001,x,20/11/2026\na surgery,,2026-11-20\nA10002,x,\nA10002,x,2026-11-20\n',
      'done.csv',
    );
    const { exitCode, stderr } = await cli('bulk', 'done', '--file', csv);
    expect(exitCode).toBe(2);
    expect(linesOf(stderr)).toEqual([
      'error: Nothing was begun:',
      'done.csv:2: date: "20/11/2026" is not a day: write it as YYYY-MM-DD, like 2027-01-07',
      expect.stringMatching(/^done\.csv:3: practice: "a surgery" must be an ODS code/),
      'done.csv:3: milestone: is empty; it must be text',
      'done.csv:5: practice: the same practice and milestone as in line 4; keep one of them',
    ]);
    expect(api.migrations.said).toEqual([]);
  });

  it('is named with all its faults at their lines, also after a cell of two lines and beside a comma too many', async () => {
    const text = 'practice,milestone,date\r\nA10001,"x\r\ny",2026-11-20\r\nA10002,x,2026-11-20,z\r\nA10003,x,soon\r\n';
    const { exitCode, stderr } = await cli('bulk', 'done', '--file', await file(text));
    expect(exitCode).toBe(2);
    expect(linesOf(stderr).slice(1)).toEqual([
      expect.stringMatching(/^rows\.csv:3: milestone: /),
      'rows.csv:4: has 4 cells under 3 columns: is there a comma in a cell without quotes?',
      expect.stringMatching(/^rows\.csv:5: date: "soon"/),
    ]);
  });

  it.each([
    ['another column', 'practice,milestone,when\nA10001,x,y\n', 'when: is no column of this file; there are practice'],
    ['a column too few', 'practice\nA10001\n', 'the first line must name milestone as a column'],
    ['a column twice', 'practice,milestone,milestone\nA10001,x,x\n', 'milestone: is there twice'],
    ['a comma too many', 'practice,milestone\nA10001,x,y\n', 'rows.csv:2: has 3 cells under 2 columns'],
    ['quotes without an end', 'practice,milestone\n"A10001,x\n', 'the quotes do not fit'],
    ['nothing but names', 'practice,milestone\n', 'there is no line under the first'],
    ['nothing', '', 'the file is empty'],
    ['10,001 lines', `practice,milestone\n${'A10001,x\n'.repeat(10_001)}`, 'there are 10001 lines, and at most 10000'],
    ['more than 4 MiB', 'x'.repeat(5 * 1024 * 1024), 'is larger than 4 MiB'],
    ['another encoding', Buffer.from([0xe9, 0x2c]), 'is not UTF-8'],
  ])('is refused with %s', async (_what, text, message) => {
    const { exitCode, stderr } = await cli('bulk', 'done', '--file', await file(text));
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
    expect(api.migrations.said).toEqual([]);
  });

  it.each([
    ['a BOM and CRLF', '\uFEFFpractice,milestone\r\nA10001,x\r\n'],
    ['semicolons', 'practice;milestone\nA10001;x\n'],
    ['tabs', 'practice\tmilestone\nA10001\tx\n'],
    ['quotes, spaces and other capitals', '"Practice" , "Milestone"\n "A10001" ,"x"\n\n'],
    ['empty lines of commas', 'practice,milestone\n,\nA10001,x\n,\n'],
  ])('is none with %s', async (_what, text) => {
    expect(await cli('bulk', 'done', '--file', await file(text))).toMatchObject({ exitCode: 0 });
    expect(api.migrations.said).toMatchObject([{ target: { odsCode: 'A10001' }, payload: { milestoneId: 'x' } }]);
  });

  it('names fifty faults among ten thousand lines, and takes ten thousand without', async () => {
    const lines = Array.from(
      { length: 10_000 },
      (_, index) => `A${10_000 + index},x,${index % 200 === 0 ? 'soon' : ''}`,
    );
    const text = (all: readonly string[]) => `practice,milestone,date\n${all.join('\n')}\n`;
    const { exitCode, stderr } = await cli('bulk', 'done', '--file', await file(text(lines)));
    expect({ exitCode, faults: linesOf(stderr).length - 1 }).toEqual({ exitCode: 2, faults: 50 });
    api.runs.hold();
    const good = await file(text(lines.map((line) => line.replace('soon', ''))));
    expect(await cli('bulk', 'done', '--file', good, '--no-wait')).toMatchObject({ exitCode: 0 });
  });

  it('keeps an order from starting, and all the others with it', async () => {
    await file(orderText.replaceAll('Z98001', 'A10001'), 'a.yaml');
    await file(orderText.replaceAll('Z98001', 'A10001'), 'b.yaml');
    await file(orderText.replace('orderedOn', 'orderedon'), 'c.yml');
    await mkdir(path.join(folder, 'empty'));
    const { exitCode, stderr } = await cli('bulk', 'start', folder);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/b\.yaml:1: is for A10001, as .*a\.yaml is/);
    expect(stderr).toMatch(/c\.yml:\d+: orderedon/);
    expect(api.migrations.started).toEqual([]);
    expect((await cli('bulk', 'start', path.join(folder, 'empty'))).stderr).toContain('there is no order file');
    expect((await cli('bulk', 'start', path.join(folder, 'none.yaml'))).stderr).toContain('there is no such file');
  });
});
