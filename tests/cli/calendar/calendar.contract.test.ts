import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { calendarSchema, type CalendarData } from '../../../rules/calendar/data.js';
import { shipped } from '../../rules/calendar/shippedCalendar.js';
import { publishedText } from '../../rules/calendar/officialList.js';
import { leadtime } from '../builtCli.js';
import { serveText, type ListServer } from './listServer.js';

const asOf = '2026-11-23';
let folder: string;
let server: ListServer | undefined;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'leadtime-calendar-'));
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  await rm(folder, { recursive: true });
});

const inFolder = (name: string): string => path.join(folder, name);

async function calendarFile(change: Partial<CalendarData> = {}): Promise<string> {
  const file = inFolder('mine.json');
  await writeFile(file, JSON.stringify({ ...shipped, ...change }));
  return file;
}

/** The official list with the Early May bank holiday of 2027 put on another day. */
const withMayMoved = publishedText(shipped).replace('"2027-05-03"', '"2027-05-07"');

const published = async (text: string): Promise<string> => {
  server = await serveText(text);
  return `${server.url}/bank-holidays.json`;
};

const update = (from: string, ...options: string[]) =>
  leadtime(['calendar', 'update', '--from', from, '--as-of', asOf, ...options], {
    env: { LEADTIME_DATA_DIR: folder, LEADTIME_CALENDAR: '' },
  });

const filesWritten = async (): Promise<string[]> => readdir(inFolder('calendars')).catch(() => []);

describe('leadtime calendar check', () => {
  const check = (...options: string[]) =>
    leadtime(['calendar', 'check', ...options], { env: { LEADTIME_CALENDAR: '' } });

  it('tells horizon, count and provenance of the calendar that ships', async () => {
    const { code, stdout } = await check('--as-of', asOf);
    expect(code).toBe(0);
    expect(stdout).toContain(`Calendar:     uk-bank-holidays ${shipped.version}`);
    expect(stdout).toContain('https://www.gov.uk/bank-holidays');
    expect(stdout).toContain(shipped.sha256);
    expect(stdout).toMatch(/england-and-wales │ 83 +│ 2019-01-01 │ 2028-12-26 │ 2028-12-31/);
  });

  it('answers 1 when the horizon is near, in JSON too', async () => {
    const { code, stdout } = await check('--as-of', '2028-03-01', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      horizon: '2028-12-31',
      divisions: { scotland: { days: 94, first: '2019-01-01', last: '2028-12-26' } },
    });
  });

  it('says whether the plan of an order lies within', async () => {
    const within = await check('--as-of', asOf, '--for', 'examples/plain.yaml');
    expect(within).toMatchObject({ code: 0, stderr: '' });
    expect(within.stdout).toContain('lies within');
    const short = await calendarFile({
      horizon: '2027-01-31',
      divisions: {
        'england-and-wales': shipped.divisions['england-and-wales'].filter(({ on }) => on <= '2027-01-31'),
        scotland: shipped.divisions.scotland.filter(({ on }) => on <= '2027-01-31'),
        'northern-ireland': shipped.divisions['northern-ireland'].filter(({ on }) => on <= '2027-01-31'),
      },
    });
    const outside = await check(short, '--as-of', asOf, '--for', 'examples/plain.yaml', '--json');
    expect(outside.code).toBe(1);
    expect(JSON.parse(outside.stdout)).toMatchObject({ plan: { within: false } });
  });

  it('answers 2 for a file that is no calendar, naming the line', async () => {
    await writeFile(inFolder('bad.json'), '{\n  "id": 7\n}\n');
    const { code, stdout, stderr } = await check(inFolder('bad.json'));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/bad\.json:2: id: /);
  });

  it('takes the calendar that LEADTIME_CALENDAR names, as every command does', async () => {
    const file = await calendarFile({ version: 'ours' });
    const { stdout } = await leadtime(['calendar', 'check'], { env: { LEADTIME_CALENDAR: file } });
    expect(stdout).toContain('uk-bank-holidays ours');
    const plan = await leadtime(['plan', 'examples/plain.yaml', '--as-of', '2026-10-20'], {
      env: { LEADTIME_CALENDAR: file },
    });
    expect(plan.stdout).toContain('bank holidays ours');
  });
});

describe.each(['worker', 'api'])('leadtime %s with a calendar that cannot be used', (command) => {
  it('does not start, and names the file', async () => {
    await writeFile(inFolder('token'), 'x'.repeat(32));
    const { code, stderr } = await leadtime([command], {
      env: {
        // Nobody listens there: the calendar is looked at first.
        DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none',
        LEADTIME_OPERATOR_TOKEN_FILE: inFolder('token'),
        LEADTIME_DATA_DIR: folder,
        LEADTIME_CALENDAR: inFolder('none.json'),
      },
    });
    expect(code).toBe(2);
    expect(stderr).toContain(`${inFolder('none.json')} is not a calendar that can be used`);
  });
});

describe('leadtime calendar update', () => {
  it('says that nothing has changed, and writes nothing', async () => {
    const { code, stdout } = await update(await published(publishedText(shipped)), '--yes');
    expect({ code, stdout: stdout.includes('changes nothing') }).toEqual({ code: 0, stdout: true });
    expect(await filesWritten()).toEqual([]);
  });

  it('shows a moved day loudly and writes nothing until told to', async () => {
    const { code, stdout } = await update(await published(withMayMoved));
    expect(code).toBe(1);
    expect(stdout).toContain('!! > Early May bank holiday moves from Monday 3 May 2027 to Friday 7 May 2027');
    expect(stdout).toContain('ATTENTION');
    expect(stdout).toContain('Nothing was written');
    expect(await filesWritten()).toEqual([]);
  });

  it('writes a calendar with its provenance, which every command can then use', async () => {
    const from = await published(withMayMoved);
    const { code, stdout } = await update(from, '--yes');
    expect(code).toBe(0);
    const file = path.join(folder, 'calendars', 'uk-bank-holidays-2026-11-23.json');
    expect(stdout).toContain(`LEADTIME_CALENDAR=${file}`);
    const written = calendarSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    expect(written).toMatchObject({
      version: '2026-11-23',
      sourceUrl: from,
      retrievedOn: '2026-11-23',
      sha256: createHash('sha256').update(withMayMoved).digest('hex'),
    });
    expect(await filesWritten()).toEqual(['uk-bank-holidays-2026-11-23.json']);
    const when = await leadtime(['when', '2027-05-06', '1', 'workingDays'], { env: { LEADTIME_CALENDAR: file } });
    expect(when.stdout.trim()).toBe('2027-05-10');
  });

  it('keeps the years that the new list has dropped', async () => {
    const recent = publishedText({
      divisions: {
        'england-and-wales': shipped.divisions['england-and-wales'].filter(({ on }) => on >= '2021'),
        scotland: shipped.divisions.scotland.filter(({ on }) => on >= '2021'),
        'northern-ireland': shipped.divisions['northern-ireland'].filter(({ on }) => on >= '2021'),
      },
    }).replace('"2027-05-03"', '"2027-05-07"');
    await update(await published(recent), '--yes', '--to', inFolder('new.json'));
    const written = calendarSchema.parse(JSON.parse(await readFile(inFolder('new.json'), 'utf8')));
    expect(written.from).toBe('2019-01-01');
    expect(written.divisions.scotland).toEqual(shipped.divisions.scotland);
  });

  it('never writes over a file', async () => {
    await writeFile(inFolder('taken.json'), 'mine');
    const { code, stderr } = await update(await published(withMayMoved), '--yes', '--to', inFolder('taken.json'));
    expect(code).toBe(2);
    expect(stderr).toContain('there is such a file already');
    expect(await readFile(inFolder('taken.json'), 'utf8')).toBe('mine');
    expect(await readdir(folder)).toEqual(['taken.json']);
  });

  it.each([
    ['a page', '<!doctype html><title>Not found</title>', 'this is a web page, not JSON'],
    ['a list that was cut off', publishedText(shipped).slice(0, 4000), 'not JSON, perhaps cut off'],
    ['nothing', '', 'it is empty'],
    ['JSON of another kind', '{"message":"hello"}', 'england-and-wales: missing'],
    ['a list of numbers', '[1,2,3]', 'must be a group of keys'],
    ['30 February', publishedText(shipped).replace('"2027-03-26"', '"2027-02-30"'), 'February 2027 has 28 days'],
    ['a number for a day', publishedText(shipped).replace('"2027-03-26"', '20270326'), 'events[68].date: 20270326'],
    [
      'a year without Christmas',
      publishedText(shipped).replace('"Christmas Day","date":"2025-', '"X","date":"2025-'),
      'england-and-wales 2025: no Christmas Day',
    ],
  ])('refuses %s and writes nothing', async (_, text, message) => {
    const { code, stdout, stderr } = await update(await published(text), '--yes');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
    expect(await filesWritten()).toEqual([]);
  });

  it('answers 1 without a network, changes nothing and says what to do', async () => {
    const from = await published('');
    await server?.close();
    server = undefined;
    const { code, stdout, stderr } = await update(from, '--yes');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('give it with --from FILE');
    expect(await filesWritten()).toEqual([]);
  });

  it('takes a saved file, and gives the difference as JSON', async () => {
    await writeFile(inFolder('list.json'), withMayMoved);
    const { code, stdout } = await update(inFolder('list.json'), '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      changed: true,
      written: false,
      fresh: { version: '2026-11-23' },
      divisions: { 'england-and-wales': [{ kind: 'moved', on: '2027-05-03', to: '2027-05-07', alarming: true }] },
    });
  });
});
