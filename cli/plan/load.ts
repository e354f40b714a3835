import { planFromOrderText, type PlannedOrder } from '../../config/planFromText.js';
import { todayInLondon } from '../../config/today.js';
import type { Day } from '../../rules/calendar/day.js';
import { formatProblem, type FileProblem } from '../../rules/files/problem.js';
import type { Order } from '../../rules/order/schema.js';
import { parseAsOf } from '../asOf.js';
import { CommandFailure, WRONG_USE } from '../failure.js';
import type { RuleOptions } from './ruleOptions.js';
import { rulesGiven } from './rulesGiven.js';
import { readTextFile } from '../readTextFile.js';

/** An order that holds errors, or is none: every problem, with its line, one a line. */
export class BadOrder extends CommandFailure {
  constructor(readonly problems: readonly FileProblem[]) {
    const [one, ...more] = problems;
    const count = more.length === 0 ? '1 problem' : `${problems.length} problems`;
    super([`${one?.file ?? 'the order'} has ${count}:`, ...problems.map(formatProblem)].join('\n'), WRONG_USE);
  }
}

/**
 * Reads and plans the order in a file, as of a day.
 *
 * @param otherwise the day where none is given: today in Europe/London, or one by the order
 * @param rules files of rules to try instead of, or beside, those that the order names
 * @returns the plan, which can hold risks and warnings, but no errors
 * @throws BadOrder, or CommandFailure for a file that cannot be read or a day that is none
 */
export async function loadPlan(
  file: string,
  asOf: string | undefined,
  otherwise: (order: Order) => Day = () => todayInLondon(),
  rules: RuleOptions = { layer: [] },
): Promise<PlannedOrder> {
  const day = asOf === undefined ? otherwise : parseAsOf(asOf);
  const reading = await planFromOrderText(await readTextFile(file), file, day, await rulesGiven(rules));
  if (!reading.ok) throw new BadOrder(reading.problems);
  const errors = reading.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new BadOrder(errors);
  return reading;
}
