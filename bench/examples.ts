import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { planFromOrderText, type PlannedOrder } from '../config/planFromText.js';
import { projectFolder } from '../config/project.js';
import { addDays } from '../rules/calendar/day.js';
import type { Order } from '../rules/order/schema.js';
import { planMigration } from '../rules/plan/planMigration.js';
import { checkRuleSet } from '../rules/ruleset/check.js';
import { effectiveRules } from '../rules/ruleset/effective.js';
import type { RuleSet } from '../rules/ruleset/schema.js';

/** The migrations that are planned: `plain` is the example of that name with every shipped rule, `sixty` has 60 milestones. */
export const exampleNames = ['sixty', 'plain'] as const;

export type ExampleName = (typeof exampleNames)[number];

/** What is planned, and with what. */
export type Example = Pick<PlannedOrder, 'order' | 'ruleSet' | 'calendar' | 'directory' | 'plan' | 'asOf'>;

/** An order planned as of its own day, so that nothing is late. */
export async function exampleOf(name: ExampleName): Promise<Example> {
  const plain = await plainExample();
  return name === 'plain' ? plain : sixtyMilestones(plain);
}

async function plainExample(): Promise<Example> {
  const file = path.join(projectFolder, 'examples/plain.yaml');
  const reading = await planFromOrderText(await readFile(file, 'utf8'), 'plain.yaml', ({ orderedOn }) => orderedOn);
  if (!reading.ok) throw new Error(`${file} cannot be read: run "leadtime plan ${file}" to see why`);
  return reading;
}

/** Rules of the shipped set that a region could do without: what its suppliers or its practices see to by themselves. */
const leftOut: readonly string[] = [
  'users-logged-off',
  'training-plan',
  'training-rooms',
  'training-meeting',
  'core-training',
  'pre-cut-over-training',
  'hardware-status',
  'hardware-ready',
  'schedule-a-orders',
  'order-submodules',
  'technical-form',
  'admin-users',
  'target-on-site',
  'extra-staff',
  'breather-slots',
  'rota-limit',
  'post-go-live-closed',
  'deployment-survey-form',
  'tracking-database',
  'project-manager-released',
  'dmd-mapping',
  'clinical-risk-assessment',
  'data-re-entry',
];

/**
 * The plain example with one third party, the prescription service, no reconciliation and no registering anew, in a region
 * without the rules of `leftOut`. With all of the shipped rules no order has as few as sixty milestones.
 */
function sixtyMilestones({ order, ruleSet, calendar, asOf }: Example): Example {
  const smaller = smallerOrder(order);
  const rules: RuleSet = { ...ruleSet, rules: ruleSet.rules.filter(({ id }) => !leftOut.includes(id)) };
  const [problem] = checkRuleSet(rules);
  if (problem !== undefined)
    throw new Error(`the rules of the smaller region do not hold together: ${problem.message}`);
  const effective = effectiveRules(rules, [], smaller);
  return { order: smaller, ruleSet: effective, calendar, asOf, ...planMigration(smaller, effective, calendar, asOf) };
}

function smallerOrder(order: Order): Order {
  const { reconciliation } = order.decisions;
  return {
    ...order,
    parties: order.parties.filter(({ thirdPartyKind: kind }) => kind === undefined || kind === 'eps'),
    confirmedAbsent: [...order.confirmedAbsent, 'pcse', 'pathology'],
    decisions: {
      ...order.decisions,
      patientsReRegisterOnline: false,
      ...(reconciliation && { reconciliation: { ...reconciliation, needed: false } }),
    },
  };
}

/** Every anchor of an order, so many weeks later. */
export function movedAnchors({ anchors }: Order, weeks: number): Order['anchors'] {
  const moved = structuredClone(anchors);
  for (const anchor of Object.values(moved)) if (anchor !== undefined) anchor.on = addDays(anchor.on, 7 * weeks);
  return moved;
}
