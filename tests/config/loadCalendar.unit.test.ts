import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { CalendarFileError, loadCalendar } from '../../config/loadCalendar.js';

describe('loading a calendar', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'leadtime-calendar-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  afterEach(() => vi.unstubAllEnvs());

  const written = async (content: string) => {
    const file = path.join(folder, 'calendar.json');
    await writeFile(file, content);
    return file;
  };

  it('takes the shipped one unless told otherwise', async () => {
    expect(await loadCalendar()).toMatchObject({ id: 'uk-bank-holidays', horizon: '2028-12-31' });
  });

  it('takes the file named', async () => {
    const shipped: unknown = JSON.parse(
      await readFile(new URL('../../config/calendars/uk-bank-holidays.json', import.meta.url), 'utf8'),
    );
    const file = await written(JSON.stringify({ ...Object(shipped), version: '2099-01-01' }));
    expect((await loadCalendar(file)).version).toBe('2099-01-01');
  });

  it('takes the one that LEADTIME_CALENDAR names, wherever a calendar is needed', async () => {
    const shipped: unknown = JSON.parse(
      await readFile(new URL('../../config/calendars/uk-bank-holidays.json', import.meta.url), 'utf8'),
    );
    vi.stubEnv('LEADTIME_CALENDAR', await written(JSON.stringify({ ...Object(shipped), version: '2098-01-01' })));
    expect((await loadCalendar()).version).toBe('2098-01-01');
    vi.stubEnv('LEADTIME_CALENDAR', path.join(folder, 'none.json'));
    await expect(loadCalendar()).rejects.toThrow(/none\.json[^]*no such file/);
    vi.stubEnv('LEADTIME_CALENDAR', ' ');
    expect((await loadCalendar()).version).not.toBe('2098-01-01');
  });

  it('names the file and every problem in it', async () => {
    const file = await written('{ "id": "mine", "version": "1", "source": "", "from": "2027-01-01" }');
    const error = await loadCalendar(file).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CalendarFileError);
    expect(String(error)).toContain(file);
    for (const field of ['source', 'horizon', 'divisions']) expect(String(error)).toContain(`${field}: `);
  });

  it('names the line of each problem', async () => {
    const file = await written('{\n  "id": "mine",\n  "version": "",\n  "sauce": "x"\n}\n');
    const error = await loadCalendar(file).catch((reason: unknown) => reason);
    expect(String(error)).toMatch(/calendar\.json:3: version: [^]*calendar\.json:4: sauce: /);
  });

  it('says so when the file is missing or no JSON', async () => {
    await expect(loadCalendar(path.join(folder, 'none.json'))).rejects.toThrow(/none\.json[^]*no such file/);
    await expect(loadCalendar(await written('{'))).rejects.toThrow(CalendarFileError);
  });
});
