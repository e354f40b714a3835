import type { CalendarData } from '../rules/calendar/data.js';
import type { Day } from '../rules/calendar/day.js';
import { fileProblem } from '../rules/files/fromProblems.js';
import type { Locate } from '../rules/files/locate.js';
import type { FileProblem } from '../rules/files/problem.js';
import { readYaml, type BrokenValue } from '../rules/files/readYaml.js';
import { salvageOrder } from '../rules/order/salvage.js';
import { orderSchema, type Order } from '../rules/order/schema.js';
import { planMigration, withProblems, type PlannedMigration } from '../rules/plan/planMigration.js';
import { refusals } from '../rules/plan/refusal.js';
import type { Problem } from '../rules/plan/types.js';
import type { EffectiveRules } from '../rules/ruleset/effective.js';
import type { RuleSet } from '../rules/ruleset/schema.js';
import { loadCalendar } from './loadCalendar.js';
import { loadRules, type RulesGiven, type RulesOfOrder } from './loadRules.js';
import { UnknownRuleSetError } from './loadRuleSet.js';

/** A problem of a plan with its line in the order. */
export interface LocatedProblem extends FileProblem {
  severity: Problem['severity'];
  code: Problem['code'];
  milestoneId?: string;
}

/** An order that could be planned, though it may have to be refused. */
export interface PlannedOrder extends PlannedMigration {
  order: Order;
  ruleSet: EffectiveRules;
  calendar: CalendarData;
  asOf: Day;
  /** Every problem of the plan, in the order of the file. */
  problems: LocatedProblem[];
  /** Those for which the migration must not start; empty where it can. */
  refusals: LocatedProblem[];
}

export type OrderReading = ({ ok: true } & PlannedOrder) | { ok: false; problems: FileProblem[] };

/** The rules that the order names and the calendar in use, unless given. */
export interface PlanWith extends RulesGiven {
  /** How the rule set that an order names is read; from its file unless given. */
  loadRuleSet?: (id: string) => Promise<RuleSet>;
  calendar?: CalendarData;
}

/**
 * Reads an order and plans it with the rule set that it names.
 *
 * @param fileName how the reader of the problems knows the text
 * @param asOf the day from which "already passed" is judged: a day, or one by the order (a rehearsal's is the order's own)
 * @returns not ok where the text is no order; an order with errors or risks is planned, and lists its refusals
 * @throws RuleSetFileError, CalendarFileError
 */
export async function planFromOrderText(
  text: string,
  fileName: string,
  asOf: Day | ((order: Order) => Day),
  given: PlanWith = {},
): Promise<OrderReading> {
  const reading = readYaml(text, fileName, orderSchema);
  if (reading.ok) return await planOrder(reading, fileName, asOf, given);
  const more = reading.broken === undefined ? [] : await furtherProblems(reading.broken, fileName, asOf, given);
  const problems = [...reading.problems, ...more];
  return { ok: false, problems: problems.toSorted((a, b) => a.line - b.line || a.column - b.column) };
}

/** A wrong field is no reason to keep quiet about what is wrong elsewhere. */
async function furtherProblems(
  { value, issues, locate }: BrokenValue,
  fileName: string,
  asOf: Day | ((order: Order) => Day),
  given: PlanWith,
): Promise<FileProblem[]> {
  const salvaged = salvageOrder(value, issues);
  if (salvaged === undefined) return [];
  const planned = await planOrder({ value: salvaged.order, locate }, fileName, asOf, given);
  if (!planned.ok) return planned.problems;
  const errors = planned.plan.problems.filter((problem) => problem.severity === 'error' && salvaged.isTrusted(problem));
  return errors.map((problem) => locatedProblem(problem, fileName, locate));
}

async function planOrder(
  { value: order, locate }: { value: Order; locate: Locate },
  fileName: string,
  asOf: Day | ((order: Order) => Day),
  given: PlanWith,
): Promise<OrderReading> {
  const found = await rulesOf(order, given);
  if (typeof found === 'string') {
    const problem = { file: fileName, ...locate(['ruleSet']), field: 'ruleSet', what: found, fix: '' };
    return { ok: false, problems: [problem] };
  }
  const { rules: ruleSet } = found;
  const calendar = given.calendar ?? (await loadCalendar());
  const judgedFrom = typeof asOf === 'string' ? asOf : asOf(order);
  const planned = withProblems(planMigration(order, ruleSet, calendar, judgedFrom), found.problems);
  const located = (problem: Problem): LocatedProblem => locatedProblem(problem, fileName, locate);
  const problems = planned.plan.problems.map(located);
  const refused = refusals(planned.plan.problems, order).map(located);
  return { ok: true, ...planned, order, ruleSet, calendar, asOf: judgedFrom, problems, refusals: refused };
}

function locatedProblem(problem: Problem, fileName: string, locate: Locate): LocatedProblem {
  const { severity, code, milestoneId } = problem;
  return {
    ...fileProblem(problem, fileName, locate),
    severity,
    code,
    ...(milestoneId !== undefined && { milestoneId }),
  };
}

/** The rules that an order names, or why there are none. */
async function rulesOf(order: Order, given: PlanWith): Promise<RulesOfOrder | string> {
  try {
    const ruleSet = given.ruleSet ?? (await given.loadRuleSet?.(order.ruleSet));
    return await loadRules(order, { ...given, ...(ruleSet && { ruleSet }) });
  } catch (error) {
    if (error instanceof UnknownRuleSetError) return error.message;
    throw error;
  }
}
