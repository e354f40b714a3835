/** Ladders of what passes with its day: nobody owes anything then, so nothing is late, and nothing comes after it. */
import { error } from '../order/problem.js';
import type { Problem } from '../plan/types.js';
import type { LadderRung } from './ladderSchema.js';
import { ladderUsers, type LadderUser } from './ladderUsers.js';
import { ladderIn, type RuleSet } from './schema.js';
import { isCertainlyAfter, leastDaysOfRung, spanOf } from './spans.js';

/** Rungs that have nothing to say because what they are about has gone by: the day of an anchor but Go Live, an expiry, a period. */
export function checkGoingBy(ruleSet: RuleSet): Problem[] {
  return ladderUsers(ruleSet).flatMap((user) => {
    const { goesBy, path, ladder } = user;
    const idle = (ladderIn(ruleSet, ladder) ?? []).filter((rung) => canNeverFire(rung, user, ruleSet));
    if (goesBy === undefined || idle.length === 0) return [];
    const ids = idle.map(({ id }) => `"${id}"`).join(', ');
    const message = `${goesBy} goes by with its day, and nothing is late after it: ${ids} of the ladder "${ladder}" can never rightly fire; name a ladder that ends on the day and escalates nothing, or take out what comes after`;
    return [error('rule-set', path, message)];
  });
}

/** A ladder of a period is counted from its first day, so that its rungs may come after that. */
function canNeverFire(rung: LadderRung, { rule, goesBy }: LadderUser, { rules }: RuleSet): boolean {
  const { type, workingDays = 0, everyWeeks, until } = rung;
  if (type === 'escalation') return true;
  // Every other anchor has gone by when Go Live comes; of a rule nobody knows.
  if (everyWeeks !== undefined) return rule === undefined && goesBy !== undefined && until === 'goLive';
  if (rule?.kind !== 'period' || rule.opens === undefined) return workingDays > 0;
  const [first, last] = [spanOf(rule.opens, rules, [rule.id]), spanOf(rule.due, rules, [rule.id])];
  if (first === undefined || last === undefined) return false;
  return isCertainlyAfter({ ...first, least: first.least + leastDaysOfRung(workingDays), most: Infinity }, last);
}
