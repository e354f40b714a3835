/** Whether a ladder suits who uses it: that it tells somebody who is there, and delivers where there is something to deliver. */
import { error, type Path } from '../order/problem.js';
import type { Problem } from '../plan/types.js';
import type { Ladder, LadderRung } from './ladderSchema.js';
import type { LadderUser } from './ladderUsers.js';

const outside: readonly LadderRung['to'][] = ['partyContact', 'partyAccountManager'];

const wrong = (path: Path, message: string): Problem => error('rule-set', path, message);

/** What is wrong about a ladder in the hands of this user. */
export function checkFit(user: LadderUser, ladder: Ladder): Problem[] {
  const { path, rule, hasParty } = user;
  const nobodyThere = rule === undefined ? 'there is none here' : 'the rule is for none';
  return [
    ...(ladder.length === 0 ? [wrong(path, 'this ladder has no rung: nobody is ever told')] : []),
    ...(!hasParty && ladder.some(({ to }) => outside.includes(to))
      ? [wrong(path, `this ladder tells a party, and ${nobodyThere}: use a ladder of the practice or the CSU`)]
      : []),
    ...checkDelivery(user, ladder),
  ];
}

function checkDelivery({ path, rule, delivers }: LadderUser, ladder: Ladder): Problem[] {
  const hasDelivery = ladder.some(({ type }) => type === 'deliver');
  if (rule !== undefined && delivers === 'always' && !hasDelivery) {
    const message = `a ${rule.kind} is given by a rung of type deliver, and this ladder has none: it would never go out`;
    return [wrong(path, message)];
  }
  if (delivers !== 'never' || !hasDelivery) return [];
  const nothing = rule === undefined ? 'nothing is delivered here' : `a ${rule.kind} delivers nothing`;
  return [wrong(path, `${nothing}: use a ladder without a deliver rung`)];
}
