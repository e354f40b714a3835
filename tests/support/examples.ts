import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { loadCalendar } from '../../config/loadCalendar.js';
import { startMigration } from '../../rules/migration/start.js';
import type { MigrationState } from '../../rules/migration/state.js';
import { instantOf } from '../../rules/calendar/clock.js';
import { orderSchema, type Order } from '../../rules/order/schema.js';
import { planMigration, type PlannedMigration } from '../../rules/plan/planMigration.js';
import { layerSchema, type Layer } from '../../rules/ruleset/layerSchema.js';
import { ruleSetSchema, type RuleSet } from '../../rules/ruleset/schema.js';

const calendar = await loadCalendar();

const read = (path: string): unknown => parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));

/** An order of `examples/`, with changes. @param name as in `plain`, `rich`, `mid-flight` */
export function exampleOrder(name: string, change: Partial<Order> = {}): Order {
  return { ...orderSchema.parse(read(`examples/${name}.yaml`)), ...change };
}

export function shippedRuleSet(): RuleSet {
  return ruleSetSchema.parse(read('config/rulesets/gp-england.yaml'));
}

/** A layer over it. @param id as in `example-region` */
export function shippedLayer(id: string): Layer {
  return layerSchema.parse(read(`config/rulesets/layers/${id}.yaml`));
}

/** @param asOf the order's own day unless given */
export function plannedExample(order: Order, asOf = order.orderedOn): PlannedMigration {
  return planMigration(order, shippedRuleSet(), calendar, asOf);
}

/** A migration at 09:00 of its first day, or at another instant. */
export function startedExample(order: Order, asOf = order.orderedOn, minuteOfDay?: number): MigrationState {
  const { plan, directory } = plannedExample(order, asOf);
  const atMs = instantOf(plan.workingTime.clock, asOf, minuteOfDay ?? plan.workingTime.sendAtMinute);
  const migrationId = `${order.practice.odsCode}-${order.orderedOn.replaceAll('-', '')}-test01`;
  return startMigration({ migrationId, rehearsal: true, order, plan, directory, atMs });
}
