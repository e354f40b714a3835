import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { calendarSchema } from '../../rules/calendar/data.js';
import { daySchema } from '../../rules/calendar/daySchema.js';
import { orderSchema } from '../../rules/order/schema.js';
import { planMigration } from '../../rules/plan/planMigration.js';
import type { Plan } from '../../rules/plan/types.js';
import { ruleSetSchema } from '../../rules/ruleset/schema.js';

/**
 * Plans worked out by hand from a wall calendar and the official bank holidays. They are never written from the planner's
 * answer: where the two differ, one of them is wrong, and the rules decide which.
 */
const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const goldenSchema = z.strictObject({
  order: z.string(),
  asOf: daySchema,
  milestones: z.record(z.string(), daySchema),
  opens: z.record(z.string(), daySchema),
  undated: z.array(z.string()),
});

const calendar = calendarSchema.parse(JSON.parse(read('config/calendars/uk-bank-holidays.json')));
const ruleSet = ruleSetSchema.parse(parse(read('config/rulesets/gp-england.yaml')));

const goldens = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({ name, golden: goldenSchema.parse(parse(read(`tests/golden/${name}`))) }));

const days = (plan: Plan, field: 'dueOn' | 'opensOn'): Record<string, string> =>
  Object.fromEntries(plan.milestones.flatMap((each) => (each[field] === undefined ? [] : [[each.id, each[field]]])));

describe('plans worked out by hand', () => {
  it('are there for three examples and four small orders', () => {
    expect(goldens.map(({ name }) => name)).toEqual([
      'absent-go-live.yaml',
      'late-start.yaml',
      'mid-flight.yaml',
      'northern-ireland.yaml',
      'plain.yaml',
      'rich.yaml',
      'scotland.yaml',
    ]);
  });

  describe.each(goldens)('$name', ({ golden }) => {
    const order = orderSchema.parse(parse(read(golden.order)));
    const { plan } = planMigration(order, ruleSet, calendar, golden.asOf);

    it('has every dated milestone on its day, and no other', () => {
      expect(days(plan, 'dueOn')).toEqual(golden.milestones);
    });

    it('opens its windows on their first days', () => {
      expect(days(plan, 'opensOn')).toEqual(golden.opens);
    });

    it('leaves undated what hangs on a day that nobody has named', () => {
      const undated = plan.milestones.filter((each) => each.dueOn === undefined).map((each) => each.id);
      expect(undated.toSorted()).toEqual(golden.undated.toSorted());
    });
  });
});
