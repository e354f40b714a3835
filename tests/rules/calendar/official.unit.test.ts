import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../../../rules/files/readYaml.js';
import { formatProblem } from '../../../rules/files/problem.js';
import { calendarSchema } from '../../../rules/calendar/data.js';
import type { Division } from '../../../rules/calendar/division.js';
import {
  calendarFromOfficial,
  OfficialDataError,
  officialSchemaFor,
  type OfficialHolidays,
} from '../../../rules/calendar/official.js';
import { shipped } from './shippedCalendar.js';
import { publishedText } from './officialList.js';

const official = readFileSync(
  new URL('../../../config/calendars/official/uk-bank-holidays-2025-11-24.json', import.meta.url),
  'utf8',
);

const holidaysOf = (text: string): OfficialHolidays => {
  const value: unknown = JSON.parse(text);
  return officialSchemaFor(value).parse(value);
};

const problemsOf = (text: string): string => {
  const reading = readYaml(text, 'list.json', officialSchemaFor(JSON.parse(text)));
  return reading.ok ? '' : reading.problems.map(formatProblem).join('\n');
};

const provenance = { version: '2027-01-04', source: 'a test' };

describe('the calendar that ships', () => {
  it('is what the official list gives, day by day and title by title', () => {
    const { version, source, sourceUrl, retrievedOn, sha256 } = shipped;
    expect(calendarFromOfficial(holidaysOf(official), { version, source, sourceUrl, retrievedOn, sha256 })).toEqual(
      shipped,
    );
  });

  it('names the official file by its digest', () => {
    expect(shipped.sha256).toBe(createHash('sha256').update(official).digest('hex'));
  });
});

describe('an official list', () => {
  it('gives the same days in its published form as in the form behind the page', () => {
    expect(holidaysOf(publishedText(shipped))).toEqual(holidaysOf(official));
  });

  it('makes a calendar that the schema of calendar files accepts', () => {
    const made = calendarFromOfficial(holidaysOf(publishedText(shipped)), provenance);
    expect(calendarSchema.safeParse(made).success).toBe(true);
  });

  it.each([
    ['a day that does not exist', '"2027-03-26"', '"2027-02-30"', 'February 2027 has 28 days'],
    ['a day in another form', '"2027-03-26"', '"26/03/2027"', 'YYYY-MM-DD'],
    ['a day that is there twice', '"2027-03-29"', '"2027-03-26"', '2027-03-26 is there twice'],
    ['days out of order', '"2027-03-29"', '"2027-03-25"', '2027-03-25 comes after 2027-03-26'],
    ['a title that is markup', '"Easter Monday"', '"<b>Easter Monday</b>"', 'plain text'],
    ['a title that is a number', '"Easter Monday"', '7', 'must be text'],
    ['another division under the key', '"division":"scotland"', '"division":"wales"', 'must be scotland'],
    ['a division that is missing', '"scotland":{', '"caledonia":{', 'scotland: missing'],
  ])('is refused with %s', (_, good, bad, message) => {
    expect(problemsOf(publishedText(shipped).replace(good, bad))).toContain(message);
  });

  it('names every problem with its field', () => {
    const bad = publishedText(shipped).replace('"2019-01-01"', '"2019-01-32"').replace('"2028-12-26"', '26');
    const lines = problemsOf(bad).split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('england-and-wales.events[0].date');
  });

  it('is refused where it has a title that only another version of the page could tell', () => {
    expect(problemsOf(official.replace('"world_cup"', '"moon_landing"'))).toContain('"moon_landing" is a title');
  });
});

describe('the horizon of a calendar made of an official list', () => {
  const change = (edit: (list: OfficialHolidays) => void): OfficialHolidays => {
    const list = structuredClone(holidaysOf(official));
    edit(list);
    return list;
  };
  const cut = (list: OfficialHolidays, division: Division, keep: (on: string) => boolean) => {
    list[division] = list[division].filter(({ on }) => keep(on));
  };

  it('is the end of the last year that every division covers', () => {
    const list = change((each) => {
      cut(each, 'scotland', (on) => on < '2027-12-28');
    });
    // Scotland knows 27 and 28 December 2027 as substitute days, so without the second one 2027 is not whole.
    expect(calendarFromOfficial(list, provenance)).toMatchObject({ from: '2019-01-01', horizon: '2026-12-31' });
  });

  it('leaves a first year aside that has only begun to be dropped', () => {
    const list = change((each) => {
      cut(each, 'northern-ireland', (on) => on > '2019-06-01');
    });
    expect(calendarFromOfficial(list, provenance).from).toBe('2020-01-01');
  });

  it('is refused where a year in between is broken, naming what it lacks', () => {
    const list = change((each) => {
      cut(each, 'england-and-wales', (on) => on !== '2024-12-25');
      cut(each, 'scotland', (on) => !on.startsWith('2023'));
    });
    expect(() => calendarFromOfficial(list, provenance)).toThrow(OfficialDataError);
    expect(() => calendarFromOfficial(list, provenance)).toThrow(/england-and-wales 2024: no Christmas Day/);
    expect(() => calendarFromOfficial(list, provenance)).toThrow(/scotland 2023: no New Year’s Day/);
  });
});
