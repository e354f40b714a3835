import { describe, expect, it } from 'vitest';
import { calendarFileOf } from '../../config/calendarFile.js';
import { migrationCalendar } from '../../rules/calendarEntries/ofMigration.js';
import type { MigrationState } from '../../rules/migration/state.js';
import { exampleOrder, startedExample } from '../support/examples.js';
import { readCalendar } from '../support/ics.js';
import { naughtyStrings } from '../support/naughtyStrings.js';

const start = startedExample(exampleOrder('plain'));
const { milestones } = start.plan;
/** Some of each kind are enough: what is written is the same for all. */
const few = { ...start, plan: { ...start.plan, milestones: milestones.filter((_, index) => index % 9 === 0) } };

function saying(text: string): MigrationState {
  const { directory, plan } = few;
  return {
    ...few,
    plan: { ...plan, milestones: plan.milestones.map((each) => ({ ...each, title: text, action: text })) },
    directory: {
      ...directory,
      practice: { ...directory.practice, name: text },
      csu: { ...directory.csu, name: text, phone: text },
    },
  };
}

const fileWith = (text: string): string => {
  const calendar = migrationCalendar(saying(text), 'practiceManager');
  return calendarFileOf({ name: text, entries: calendar.entries });
};

/** Names of the properties, unfolded: what a text could add to. */
const properties = (file: string): string[] =>
  file
    .replaceAll(/\r\n[ \t]/g, '')
    .split('\r\n')
    .map((line) => line.split(/[:;]/)[0] ?? '');

const plain = fileWith('Example');

describe('every naughty string, in every field of a calendar', () => {
  it.each(naughtyStrings.filter((text) => text.trim() !== ''))('adds no entry and no property: %j', (text) => {
    const file = fileWith(text);
    const known = new Set(properties(plain));
    expect(properties(file).filter((name) => name === 'BEGIN')).toEqual(
      properties(plain).filter((name) => name === 'BEGIN'),
    );
    expect(properties(file).filter((name) => !known.has(name))).toEqual([]);
    const [read, wanted] = [readCalendar(file), readCalendar(plain)];
    expect(read.entries.map(({ uid }) => uid)).toEqual(wanted.entries.map(({ uid }) => uid));
    for (const { summary } of read.entries)
      expect(summary).not.toMatch(/[\r\n\u2028\u2029\u202a-\u202e\u2066-\u2069]|62615533/);
  });
});
