import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryPart } from '../../register/types.js';
import type { TimelineEntry } from '../../rules/migration/timeline.js';
import { examplePage } from '../api/support/pages.js';
import { chain } from '../register/registerWrites.js';
import { runApi, type RunningApi } from './support/runningApi.js';
import { runCli } from './support/runCli.js';
import { portfolio } from './support/portfolio.js';

const ID = 'Z90001-20260914-k3v9qa';

const ringRow = {
  migrationId: ID,
  odsCode: 'Z90001',
  practiceName: 'Example Medical Centre',
  milestoneId: 'clean-up',
  kind: 'task',
  title: 'Clean up \u001B the records',
  holder: 'practice',
  holderName: 'Example Medical Centre',
  anchor: 'goLive',
  dueOn: '2026-11-30',
  isCallTask: false,
};

let api: RunningApi;
beforeEach(async () => (api = await runApi({ register: portfolio })));
afterEach(async () => api.app.close());
const cli = async (...args: string[]) => runCli(args, api.env);

describe('the meeting and the morning from the command line', () => {
  it('print the sheet of a week, as of a day', async () => {
    const { exitCode, stdout } = await cli('week', 'Z90001', '--on', '2026-12-02');
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`${ID}, the week to Wed 2026-12-02`);
    expect(stdout).toContain('Mon 2026-11-30 ?  Clean up the records, Example Medical Centre  [clean-up]');
    expect(stdout).toContain('Example Medical Centre: 1 open, 1 late');
  });

  it('print the sheet as JSON, and say what is no day', async () => {
    const json = await cli('week', ID, '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ migrationId: ID, today: '2026-12-01' });
    expect(await cli('week', ID, '--on', 'tomorrow')).toMatchObject({ exitCode: 2 });
  });

  it('print whom to ring, and pass on whose list it is', async () => {
    const asked: unknown[] = [];
    const ringRows = async (today: string, owner?: string) => {
      asked.push([today, owner]);
      return [ringRow];
    };
    const ringing = await runApi({ register: { ...portfolio, ringRows } });
    const text = await runCli(['ring-list', '--owner', 'Ann Bell'], ringing.env);
    const json = await runCli(['ring-list', '--json'], ringing.env);
    await ringing.app.close();
    expect(asked).toEqual([
      ['2026-12-01', 'Ann Bell'],
      ['2026-12-01', undefined],
    ]);
    expect(text.stdout).toContain('1. Example Medical Centre: the number is not known at the moment');
    expect(text.stdout).toContain('Clean up   the records, due Mon 2026-11-30');
    expect(text.stdout).toContain(`Could not be asked, so without numbers: ${ID}.`);
    expect(JSON.parse(json.stdout)).toMatchObject({ calls: [{ whom: 'practice', isCritical: false }] });
  });

  it('say that nobody has to be rung', async () => {
    expect((await cli('ring-list')).stdout).toContain('Nobody has to be rung.');
  });
});

describe('looking at migrations from the command line', () => {
  it('lists them by next deadline', async () => {
    const { exitCode, stdout } = await cli('list');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('2026-11-30');
    expect(stdout).toContain('Example Medical Centre');
    expect(stdout).toContain(ID);
  });

  it('says how each stands, and how many working days are left', async () => {
    const { stdout } = await cli('list');
    expect(stdout).toMatch(/2026-11-30 *│ -1 *│ amber/);
  });

  it('passes on what is looked for', async () => {
    const asked: unknown[] = [];
    const list = async (filter: unknown) => {
      asked.push(filter);
      return { migrations: [], total: 0 };
    };
    const asking = await runApi({ register: { ...portfolio, list } });
    const words = [
      '--rating',
      'red',
      '--overdue',
      '--source',
      'emis',
      '--held-by',
      'practice',
      '--search',
      'Hill & Dale',
    ];
    const { exitCode, stdout } = await runCli(['list', ...words], asking.env);
    await asking.app.close();
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'No migration is like that.\n' });
    expect(asked).toMatchObject([
      {
        rated: { rating: 'red', days: { scotland: { today: '2026-12-01' } } },
        dueBefore: '2026-12-01',
        sourceSupplierId: 'emis',
        delayHolder: 'practice',
        search: 'Hill & Dale',
        includeRehearsals: false,
      },
    ]);
  });

  it('gives the list as CSV in which no cell is a formula', async () => {
    const { migrations } = await portfolio.list();
    const named = migrations.map((row) => ({ ...row, practiceName: '=1+1, "Hill"' }));
    const sly = await runApi({ register: { ...portfolio, list: async () => ({ migrations: named, total: 1 }) } });
    const { stdout } = await runCli(['list', '--csv'], sly.env);
    await sly.app.close();
    const [head, line] = stdout.split('\n');
    expect(head).toMatch(/^odsCode,practice,migrationId,/);
    expect(line).toContain(`Z90001,"'=1+1, ""Hill""",${ID},running,preMigration,,amber,`);
  });

  it('says who holds what over all migrations', async () => {
    const { exitCode, stdout } = await cli('holders');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/emis *│ EMIS *│ 2 *│ 9 *│ 3 *│ 2026-11-30/);
    expect(stdout).toMatch(/practice *│ the practices *│ 4 *│ 21/);
  });

  it.each([
    [[], ['2027-01-07 emis', '2027-01-07 tpp']],
    [['--capacity', '2'], ['2027-01-07 emis']],
    [['--supplier', 'tpp'], ['2027-01-07 tpp']],
    [['--capacity', '3'], []],
  ])('names the days that are too much for a supplier: %j', async (args, expected) => {
    const { exitCode, stdout } = await cli('collisions', ...args, '--json');
    const { days } = JSON.parse(stdout) as { days: { on: string; supplierId: string }[] };
    expect(exitCode).toBe(0);
    expect(days.map(({ on, supplierId }) => `${on} ${supplierId}`)).toEqual(expected);
  });

  it('judges each supplier’s days by what it has stated', async () => {
    const capacities = async () => new Map([['emis', { perDay: 3, source: 'mail of 4 January' }]]);
    const api = await runApi({ register: portfolio, capacities });
    const [stated, asked] = [
      await runCli(['collisions'], api.env),
      await runCli(['collisions', '--capacity', '2'], api.env),
    ];
    await api.app.close();
    expect(stated.stdout).not.toContain('emis');
    expect(stated.stdout).toMatch(/2027-01-07 +\S? *tpp +\S? *2 +\S? *1 /);
    expect(asked.stdout).toContain('3 (stated)');
    expect(asked.stdout).not.toContain('tpp');
  });

  it('shows what suppliers have taken beside what the rules assume, with lines for a layer', async () => {
    const all = await cli('turnarounds');
    expect(all.stdout).toMatch(/emis.*sendsForm.*5 workingDays \(assumed\).* 5 .*1/);
    expect(all.stdout).not.toContain('extracts:');
    const { stdout } = await cli('turnarounds', 'emis');
    expect(stdout).toMatch(
      /extracts:\n {2}turnaround:\n {4}sendsForm: \{ amount: 5, unit: workingDays, source: 'seen once up to /,
    );
    expect((await cli('turnarounds', 'nobody')).stdout).toContain('Nothing has been seen yet');
  });

  it('shows which days lie in a blackout, and whose', async () => {
    const { stdout, exitCode } = await cli('blackouts');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/2027-03-02.*Z90001.*goLive.*staff leave, 2027-03-01 to 2027-03-05, practice away/);
  });

  it('shows one with its milestones, slips and provisional days marked', async () => {
    const { stdout } = await cli('show', 'Z90001');
    expect(stdout).toContain('goLive 2027-03-02 (provisional)');
    expect(stdout).toMatch(/2026-11-30 \?.*clean-up.*open, slipped 2026-12-01/);
  });

  it('says where one is to be seen in Temporal’s own pages, where those are known', async () => {
    const temporalPageOf = (workflowId: string) => `http://temporal.example/workflows/${workflowId}`;
    const known = await runApi({ register: portfolio, temporalPageOf });
    const { stdout } = await runCli(['show', 'Z90001'], known.env);
    await known.app.close();
    expect(stdout).toContain('In Temporal: http://temporal.example/workflows/migration-Z90001');
    expect((await cli('show', 'Z90001')).stdout).not.toContain('In Temporal');
  });

  it('shows what was counted and what is known about the data, each once', async () => {
    const before = { value: 55, on: '2026-11-20' };
    const trend = {
      counterId: 'inbox',
      title: 'Inbox',
      value: 40,
      on: '2026-11-27',
      before,
      direction: 'falling',
    } as const;
    const entry: TimelineEntry = {
      status: 'open',
      milestoneId: 'clean-up',
      title: '',
      kind: 'task',
      holderName: '',
      provisional: false,
      rungs: [],
    };
    const counted = { ...entry, counts: [trend], advice: ['Doses come over as text.'] };
    api.migrations.timeline = async () => ({
      kind: 'answered',
      answer: [counted, { ...counted, milestoneId: 'counting' }],
    });
    const { stdout } = await cli('show', ID);
    expect(stdout.split('\n').slice(-5, -1)).toEqual([
      'Counted:',
      '  inbox: Inbox 40 on Friday 27 November 2026, was 55 a week before',
      'Known data issues:',
      '  Doses come over as text.',
    ]);
    const json: unknown = JSON.parse((await cli('show', ID, '--json')).stdout);
    expect(json).toMatchObject({ counts: [{ counterId: 'inbox', value: 40, before, direction: 'falling' }] });
  });

  it('shows what is late and who has taken it on, and nothing of what is done since', async () => {
    const slipAcknowledged = { by: 'Tom Ashdown', on: '2026-12-02', note: 'They are short of staff' };
    const late = { milestoneId: 'clean-up', status: 'open', slipAcknowledged } as const;
    const plain = { title: '', kind: 'task', holderName: '', provisional: false, rungs: [] };
    api.migrations.timeline = async () => ({
      kind: 'answered',
      answer: [
        { ...plain, ...late },
        { ...plain, ...late, milestoneId: 'posters', status: 'done' },
      ],
    });
    const { stdout } = await cli('show', ID);
    expect(stdout.split('\n').slice(-3, -1)).toEqual([
      'Late and taken on, so that its reminders and escalations rest:',
      '  clean-up: Tom Ashdown, since 2026-12-02: They are short of staff',
    ]);
    const json: unknown = JSON.parse((await cli('show', ID, '--json')).stdout);
    expect(json).toMatchObject({ takenOn: [{ milestoneId: 'clean-up', ...slipAcknowledged }] });
  });

  it('shows a migration that cannot be reached without its counts', async () => {
    api.migrations.timeline = async () => ({ kind: 'unavailable', detail: 'away' });
    const { exitCode, stdout } = await cli('show', ID);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('What was counted is not shown');
  });

  it('shows its history, without letting it steer the terminal', async () => {
    const { stdout } = await cli('history', ID);
    expect(stdout).toMatch(/1 .*2026-09-14 09:00.*leadtime.*started/);
    expect(stdout).not.toContain('\u001B');
  });

  it('shows the system’s own history to its end, however long it is', async () => {
    const records = chain(1_001);
    const history = async (_: string, { after = 0, limit }: HistoryPart = {}) => records.slice(after).slice(0, limit);
    const trail = await runApi({ register: { ...portfolio, history } });
    const { stdout } = await runCli(['history', 'system', '--json'], trail.env);
    await trail.app.close();
    expect(JSON.parse(stdout)).toEqual({ migrationId: 'system', audit: records });
  });

  it('says which record of the audit trail is not what was written, and exits 1', async () => {
    const { exitCode, stdout } = await cli('audit', 'verify');
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`${ID}: record 1 is not what was written, now "started" by leadtime`);
    expect(stdout).toContain('0 of 2 chains are as they were written');
  });

  it('exits 0 for a trail as it was written', async () => {
    const records = chain(3);
    const trail = await runApi({ register: { ...portfolio, history: async () => records } });
    const { exitCode, stdout } = await runCli(['audit', 'verify', ID], trail.env);
    await trail.app.close();
    expect(stdout).toContain('1 of 1 chains are as they were written (3 records).');
    expect(exitCode).toBe(0);
  });

  it('says that the end of the system’s own trail is known to nobody else, and where it is', async () => {
    const records = chain(3);
    const trail = await runApi({ register: { ...portfolio, history: async () => records } });
    const { stdout } = await runCli(['audit', 'verify', 'system'], trail.env);
    await trail.app.close();
    expect(stdout).toContain(`It ends now with record 3, ${records.at(-1)?.hash.slice(0, 16) ?? ''}.`);
  });

  it.each([[['list']], [['show', ID]], [['history', ID]]])(
    '%j gives the API’s whole answer with --json',
    async (args) => {
      const { stdout } = await cli(...args, '--json');
      expect(stdout).toContain(ID);
      expect(JSON.parse(stdout)).toBeTypeOf('object');
    },
  );

  it('exits 1 for a migration that is not there, and gives the problem with --json', async () => {
    const { exitCode, stdout, stderr } = await cli('show', 'Z90009', '--json');
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ status: 404, migration: 'unknown' });
    expect(stderr).toContain('error: There is no such migration');
  });
});

describe('tokens from the command line', () => {
  it('are printed once alone in their line, work as LEADTIME_API_TOKEN_FILE, and end when revoked', async () => {
    const made = await cli('token', 'create', '--name', 'nightly export', '--role', 'viewer', '--by', 'Bo');
    expect(made.stdout).toMatch(/^lt_[a-f0-9]{12}_[\w-]{43}\n$/);
    const file = path.join(await mkdtemp(path.join(tmpdir(), 'leadtime-token-')), 'token');
    await writeFile(file, made.stdout);
    const env = { ...api.env, LEADTIME_API_TOKEN_FILE: file };
    expect((await runCli(['list'], env)).exitCode).toBe(0);
    const refused = await runCli(['cancel', ID, '--by', 'Bo', '--reason', 'x'], env);
    expect(refused).toMatchObject({ exitCode: 1 });
    expect(refused.stderr).toContain('It takes the role operator; the token "nightly export" has the role viewer.');
    const tokenId = made.stdout.split('_')[1] ?? '';
    expect((await cli('token', 'list')).stdout).toMatch(new RegExp(`${tokenId}.*nightly export.*viewer.*Bo`));
    expect((await cli('token', 'revoke', tokenId, '--by', 'Di')).exitCode).toBe(0);
    expect((await runCli(['list'], env)).stderr).toContain('has been revoked');
  });
});

describe('reporting from the command line', () => {
  it.each([
    [
      ['done', ID, 'clean-up', '--on', '2026-11-27', '--by', 'Bo', '--reference', 'R1'],
      { milestoneId: 'clean-up', on: '2026-11-27', by: 'Bo', reference: 'R1' },
    ],
    [['done', ID, 'x.y', '--by', 'Bo', '--for-date', '2027-03-02'], { milestoneId: 'x.y', forDate: '2027-03-02' }],
    [
      ['acknowledge', ID, 'clean-up', '--by', 'Bo', '--note', 'Rang'],
      { milestoneId: 'clean-up', by: 'Bo', note: 'Rang' },
    ],
    [['waive', ID, 'clean-up', '--by', 'Bo', '--reason', 'Not used'], { milestoneId: 'clean-up', reason: 'Not used' }],
    [
      ['done', ID, 'sign-off', '--by', 'Bo', '--signed-by', 'Dr Pryce', '--outcome', 'needed'],
      { signedBy: 'Dr Pryce', outcome: 'needed' },
    ],
    [
      ['count', ID, 'duplicates=12', 'inbox=40', '--by', 'Bo', '--on', '2026-11-27'],
      { values: { duplicates: 12, inbox: 40 }, on: '2026-11-27', by: 'Bo' },
    ],
    [
      ['decide', ID, 'reconciliation', '--not-needed', '--by', 'Bo'],
      { decision: 'reconciliation', outcome: 'notNeeded', by: 'Bo' },
    ],
    [['decide', ID, 'reconciliation', '--needed', '--by', 'Bo'], { outcome: 'needed' }],
    [
      [
        'add',
        ID,
        'survey',
        '--id',
        'printer',
        '--title',
        'A printer',
        '--owner',
        'docman',
        '--site',
        'main',
        '--by',
        'Bo',
      ],
      { item: { kind: 'survey', id: 'printer', title: 'A printer', owner: 'docman', siteId: 'main' }, by: 'Bo' },
    ],
    [
      ['add', ID, 'action', '--id', 'rota', '--title', 'A rota', '--due', '2026-12-01', '--by', 'Bo'],
      { item: { kind: 'action', owner: 'csu', dueOn: '2026-12-01' } },
    ],
    [
      ['event', ID, 'emis', 'extract.loaded', '--loaded-on', '2027-01-08', '--by', 'Bo'],
      { data: { loadedOn: '2027-01-08' } },
    ],
    [['revoke-links', ID, 'eps.contact', '--by', 'Bo'], { role: 'eps.contact', by: 'Bo' }],
    [['cancel', ID, '--by', 'Bo', '--reason', 'Practice closes'], { by: 'Bo', reason: 'Practice closes' }],
    [
      ['event', ID, 'emis', 'extract.scheduled', '--date', '2027-03-02', '--by', 'Bo'],
      { supplierId: 'emis', date: '2027-03-02', recordedBy: 'Bo' },
    ],
    [
      [
        'amend-contact',
        ID,
        'practiceManager',
        '--name',
        'Di',
        '--email',
        'di@example.org',
        '--deputy-name',
        'Ed',
        '--by',
        'Bo',
      ],
      { target: 'practiceManager', contact: { name: 'Di', email: 'di@example.org', deputy: { name: 'Ed' } } },
    ],
  ])('%j reaches the migration', async (args, payload) => {
    const { exitCode, stdout } = await cli(...args);
    expect(exitCode).toBe(0);
    expect(stdout.trim()).not.toBe('');
    expect(api.migrations.said).toMatchObject([{ target: { migrationId: ID }, payload }]);
  });

  it('prints a fresh link alone in its line, and until when it works', async () => {
    api.migrations.page = async () => ({ kind: 'answered', answer: examplePage() });
    const { exitCode, stdout } = await cli('link', ID, 'practiceManager');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^https:\/\/leadtime\.example\.org\/p\/[\w.-]+\nIt works until \w+ \d+ \w+ \d{4}\.\n$/);
  });

  it('exits 1 for a link to the page of somebody who has none', async () => {
    const { exitCode, stderr } = await cli('link', ID, 'csuManager');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('practiceManager, or PARTY.contact');
  });

  it('puts the user’s own name where none is given, and leaves the day to the migration', async () => {
    await cli('done', ID, 'clean-up');
    expect(api.migrations.said).toMatchObject([{ payload: { by: expect.stringMatching(/./) as string } }]);
    expect(api.migrations.said[0]?.payload).not.toHaveProperty('on');
  });

  it('exits 2 for a day that does not exist, naming the field', async () => {
    const { exitCode, stderr } = await cli('done', ID, 'clean-up', '--on', '2027-02-29');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('on: "2027-02-29" is not a day');
  });

  it.each([
    ['count', ID, 'inbox'],
    ['count', ID, 'inbox=forty'],
    ['count', ID, 'inbox=-1'],
    ['count', ID, 'inbox=1', 'inbox=2'],
    ['count', ID],
    ['decide', ID, 'reconciliation'],
    ['decide', ID, 'reconciliation', '--needed', '--not-needed'],
    ['add', ID, 'wish', '--id', 'a', '--title', 'A'],
    ['add', ID, 'survey', '--id', 'a'],
    ['done', ID, 'x', '--outcome', 'perhaps'],
  ])('exits 2 for %j %j %j %j, and says nothing to the migration', async (...args) => {
    expect((await cli(...args)).exitCode).toBe(2);
    expect(api.migrations.said).toEqual([]);
  });

  it('exits 2 without the reason that a waiver needs', async () => {
    expect((await cli('waive', ID, 'clean-up')).exitCode).toBe(2);
    expect(api.migrations.said).toEqual([]);
  });
});

describe('starting from the command line', () => {
  it('starts each order and says under which id', async () => {
    const { exitCode, stdout } = await cli('start', 'examples/plain.yaml', '--as-of', '2026-10-20');
    expect(exitCode).toBe(0);
    expect(stdout).toBe(`Started ${api.migrations.started[0]?.migrationId ?? ''}\n`);
  });

  it('starts a rehearsal when given a speed', async () => {
    const { exitCode } = await cli('start', 'examples/plain.yaml', '--speed', '1d=1s');
    expect(exitCode).toBe(0);
    expect(api.migrations.started).toMatchObject([{ rehearsal: { speed: 86_400 }, asOf: '2026-10-20' }]);
  });

  it('shows every problem of an order with file and line, starts nothing, and exits 2', async () => {
    const { exitCode, stderr } = await cli('start', 'examples/bad/single-fields.yaml');
    expect(exitCode).toBe(2);
    expect(stderr.match(/examples\/bad\/single-fields\.yaml:\d+: /g)?.length).toBeGreaterThan(5);
    expect(api.migrations.started).toEqual([]);
  });

  it('exits 1 for an order that is refused, and still starts the others', async () => {
    const files = ['examples/bad/notice-missing.yaml', 'examples/plain.yaml'];
    const { exitCode, stdout, stderr } = await cli('start', ...files, '--as-of', '2026-10-20');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('1 of 2 not started');
    expect(stdout).toMatch(/^Started Z98001-/);
  });

  it('exits 2 for a file that is not there, and tries the others', async () => {
    const { exitCode, stderr } = await cli('start', '/nowhere/a.yaml', '/nowhere/b.yaml');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('/nowhere/a.yaml: there is no such file');
    expect(stderr).toContain('/nowhere/b.yaml: there is no such file');
    expect(stderr).toContain('2 of 2 not started');
  });
});

describe('finding the API', () => {
  it('says how to start it when there is none', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'leadtime-none-'));
    const { exitCode, stderr } = await runCli(['list'], { LEADTIME_DATA_DIR: folder });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('npm start');
  });

  it('says so when it has gone', async () => {
    await api.app.close();
    const { exitCode, stderr } = await cli('list');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/cannot be reached at http:\/\/127\.0\.0\.1:\d+\. .*npm start/);
  });

  it('takes address and token from the environment first', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'leadtime-env-'));
    const tokenFile = path.join(folder, 'token');
    await writeFile(tokenFile, 'wrong-token-wrong-token-wrong-token');
    const env = { LEADTIME_DATA_DIR: folder, LEADTIME_API_URL: api.url, LEADTIME_API_TOKEN_FILE: tokenFile };
    const { exitCode, stderr } = await runCli(['list'], env);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('No valid operator token');
  });
});
