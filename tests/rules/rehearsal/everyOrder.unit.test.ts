import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { orderSchema } from '../../../rules/order/schema.js';
import { firstDayOf } from '../../../rules/rehearsal/firstDay.js';
import { prove } from '../../../rules/rehearsal/prove.js';
import { startedExample } from '../../support/examples.js';

const folder = new URL('../../golden/orders/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

const orderIn = (file: string) => orderSchema.parse(parse(readFileSync(new URL(file, folder), 'utf8')));

describe('the proof of every order whose plan is worked out by hand', () => {
  it('has orders to look at', () => {
    expect(files.length).toBeGreaterThan(3);
  });

  it.each(files)('holds for %s', (file) => {
    const order = orderIn(file);
    const { proved, faults, coverage } = prove(startedExample(order, firstDayOf(order)));
    expect({ proved, faults, uncovered: coverage.uncovered }).toEqual({ proved: true, faults: [], uncovered: [] });
  });

  it.each([
    // What is at once, on the Saturday of the start, and what is two weeks before, on Monday 15 March, come on the same morning.
    ['dispensing-easter.yaml', '2027-03-13', 'extract.initial.alder.core.1.formReturned', 'at-once'],
    // What was late before the start is told on Tuesday 31 August, after the bank holiday, and with it goes what was to remind that day.
    ['survey-items.yaml', '2027-08-28', 'survey.network-point', 'weekly-14'],
  ])(
    'holds for %s begun on a day that is not worked, %s: what waits for the first morning says why it stays silent',
    (file, day, milestoneId, rungId) => {
      const { proved, coverage } = prove(startedExample(orderIn(file), day));
      expect({ proved, uncovered: coverage.uncovered }).toEqual({ proved: true, uncovered: [] });
      const reason = coverage.excused.find((each) => each.milestoneId === milestoneId && each.rungId === rungId);
      expect(reason).toMatchObject({ why: 'overtaken' });
    },
  );
});
