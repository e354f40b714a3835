/** Ladders of everything but rules: the anchors, the confirmation, the authorisation, the hops and the items. */
import { error, type Path } from '../order/problem.js';
import type { Problem } from '../plan/types.js';
import type { Ladder, LadderRung } from './ladderSchema.js';
import { ladderIn, type RuleSet } from './schema.js';

const wrong = (path: Path, message: string): Problem => error('rule-set', path, message);

interface User {
  ladder: string;
  path: Path;
  hasParty: boolean;
  /** Something formal goes out; else a rung that delivers has nothing to deliver. */
  delivers: boolean;
  /** Has a first day, from which a rung can repeat itself. */
  opens: boolean;
}

function usersOf({ anchors, confirmation, extracts, items }: RuleSet): User[] {
  const nobody = { hasParty: false, delivers: false, opens: false };
  const hop = { hasParty: true, delivers: true, opens: false };
  return [
    ...anchors.map(({ ladder, holder }, index) => {
      const hasParty = holder !== 'practice' && holder !== 'csu';
      return { ...nobody, ladder, hasParty, path: ['anchors', index, 'ladder'] };
    }),
    { ...nobody, ladder: confirmation.ladder, path: ['confirmation', 'ladder'] },
    { ...nobody, ladder: extracts.authorisation.ladder, delivers: true, path: ['extracts', 'authorisation', 'ladder'] },
    ...extracts.hops.flatMap(({ ladder, ladderWhenPractice }, index) => [
      { ...hop, ladder, path: ['extracts', 'hops', index, 'ladder'] },
      ...(ladderWhenPractice === undefined
        ? []
        : [{ ...hop, ladder: ladderWhenPractice, path: ['extracts', 'hops', index, 'ladderWhenPractice'] }]),
    ]),
    ...Object.entries(items ?? {}).flatMap(([kind, item]) =>
      Object.entries(item.ladders).map(([owner, ladder]) => {
        const path = ['items', kind, 'ladders', owner];
        return { ladder, path, hasParty: owner === 'party', delivers: false, opens: true };
      }),
    ),
  ];
}

const outside: readonly LadderRung['to'][] = ['partyContact', 'partyAccountManager'];

/** Ladders that tell nobody, or somebody who is not there. */
export function checkTelling(ruleSet: RuleSet): Problem[] {
  return usersOf(ruleSet).flatMap((user) => {
    const ladder = ladderIn(ruleSet, user.ladder);
    return ladder === undefined ? [] : problemsOf(user, ladder);
  });
}

function problemsOf({ path, hasParty, delivers, opens }: User, ladder: Ladder): Problem[] {
  const isRepeatedAtOnce = ({ atOnce, everyWeeks }: LadderRung) => atOnce === true && everyWeeks !== undefined;
  return [
    ...(ladder.length === 0 ? [wrong(path, 'this ladder has no rung: nobody is ever told')] : []),
    ...(!hasParty && ladder.some(({ to }) => outside.includes(to))
      ? [wrong(path, 'this ladder tells a party, and there is none here: use a ladder of the practice or the CSU')]
      : []),
    ...(!delivers && ladder.some(({ type }) => type === 'deliver')
      ? [wrong(path, 'nothing is delivered here: use a ladder without a deliver rung')]
      : []),
    ...(!opens && ladder.some(isRepeatedAtOnce)
      ? [wrong(path, 'a rung of this ladder repeats itself from a first day on, and there is none here')]
      : []),
  ];
}
