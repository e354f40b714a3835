/** Plans worked out apart from the planner, and what differs between one of them and the plan that the planner makes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { calendarSchema, type CalendarData } from '../../rules/calendar/data.js';
import { daySchema } from '../../rules/calendar/daySchema.js';
import { orderSchema, type Order } from '../../rules/order/schema.js';
import { planMigration } from '../../rules/plan/planMigration.js';
import type { Plan, PlannedMilestone, Rung } from '../../rules/plan/types.js';
import { effectiveRules } from '../../rules/ruleset/effective.js';
import { layerSchema, type Layer } from '../../rules/ruleset/layerSchema.js';
import { ruleSetSchema, type RuleSet } from '../../rules/ruleset/schema.js';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const goldenSchema = z.strictObject({
  order: z.string(),
  asOf: daySchema,
  /** Every dated milestone and its due day. */
  milestones: z.record(z.string(), daySchema),
  /** First days of windows and periods, and the days on which items were added. */
  opens: z.record(z.string(), daySchema),
  undated: z.array(z.string()),
  /** By milestone, each rung as `ID TYPE RECIPIENT DAY`; a rung that goes out at once has no day. */
  rungs: z.record(z.string(), z.array(z.string())).optional(),
});

export interface Golden {
  name: string;
  order: Order;
  expected: z.infer<typeof goldenSchema>;
}

/** The names of the plans in this folder; facts are no plans. */
export const goldenNames: readonly string[] = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.yaml') && !name.endsWith('Facts.yaml'))
  .toSorted();

export function readGolden(name: string): Golden {
  const expected = goldenSchema.parse(parse(read(`tests/golden/${name}`)));
  return { name, order: orderSchema.parse(parse(read(expected.order))), expected };
}

export const shippedCalendar: CalendarData = calendarSchema.parse(
  JSON.parse(read('config/calendars/uk-bank-holidays.json')),
);

export const shippedRuleSet: RuleSet = ruleSetSchema.parse(parse(read('config/rulesets/gp-england.yaml')));

const layerFolder = 'config/rulesets/layers';

export const shippedLayers: readonly Layer[] = readdirSync(join(root, layerFolder))
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => layerSchema.parse(parse(read(`${layerFolder}/${name}`))));

/** The plan with those of the layers that the order names. */
export function planOf({ order, expected }: Golden, ruleSet: RuleSet, layers = shippedLayers): Plan {
  return planMigration(order, effectiveRules(ruleSet, layers, order), shippedCalendar, expected.asOf).plan;
}

const rungText = ({ id, type, to, on }: Rung): string => `${id} ${type} ${to} ${on ?? 'at-once'}`;

/** What the planner says, in the shape of a golden plan. */
export function answerOf({ milestones }: Plan) {
  const days = (field: 'dueOn' | 'opensOn'): Record<string, string> =>
    Object.fromEntries(milestones.flatMap((each) => (each[field] === undefined ? [] : [[each.id, each[field]]])));
  const withRungs = milestones.filter((each) => each.ladder.length > 0);
  return {
    milestones: days('dueOn'),
    opens: days('opensOn'),
    undated: milestones.filter((each) => each.dueOn === undefined).map((each) => each.id),
    rungs: Object.fromEntries(withRungs.map(({ id, ladder }) => [id, ladder.map(rungText)])),
  };
}

/** Ids of the milestones that are not as worked out, each once; ids that the plan repeats are among them. */
export function differencesFrom({ expected }: Golden, { milestones }: Plan): string[] {
  const { rungs } = expected;
  const isAsExpected = (each: PlannedMilestone): boolean =>
    each.dueOn === expected.milestones[each.id] &&
    each.opensOn === expected.opens[each.id] &&
    (each.dueOn !== undefined || expected.undated.includes(each.id)) &&
    (rungs === undefined || each.ladder.map(rungText).join() === (rungs[each.id] ?? []).join());
  const wrong = milestones.filter((each) => !isAsExpected(each)).map(({ id }) => id);
  const planned = new Set(milestones.map(({ id }) => id));
  const missing = [...Object.keys(expected.milestones), ...expected.undated].filter((id) => !planned.has(id));
  const repeated = planned.size === milestones.length ? [] : ['an id is there twice'];
  return [...new Set([...wrong, ...missing, ...repeated])];
}
