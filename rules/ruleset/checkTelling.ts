/** Ladders of everything but rules: the anchors, the confirmation, the authorisation, the hops and the items. */
import { error } from '../order/problem.js';
import type { Problem } from '../plan/types.js';
import { checkFit } from './ladderFit.js';
import type { Ladder, LadderRung } from './ladderSchema.js';
import { usersBesideRules, type LadderUser } from './ladderUsers.js';
import { ladderIn, type RuleSet } from './schema.js';

/** Ladders that tell nobody, or somebody who is not there. */
export function checkTelling(ruleSet: RuleSet): Problem[] {
  return usersBesideRules(ruleSet).flatMap((user) => {
    const ladder = ladderIn(ruleSet, user.ladder);
    return ladder === undefined ? [] : [...checkFit(user, ladder), ...checkRepeats(user, ladder)];
  });
}

const isRepeatedAtOnce = ({ atOnce, everyWeeks }: LadderRung): boolean => atOnce === true && everyWeeks !== undefined;

/** Of a rule, `checkSpans` tells. */
function checkRepeats({ path, opens }: LadderUser, ladder: Ladder): Problem[] {
  if (opens || !ladder.some(isRepeatedAtOnce)) return [];
  const message = 'a rung of this ladder repeats itself from a first day on, and there is none here';
  return [error('rule-set', path, message)];
}
