/** Everything in a rule set that names a ladder: rules, anchors, the confirmation, the authorisation, the hops and the items. */
import { anchorTitles } from '../order/anchorNames.js';
import type { Path } from '../order/problem.js';
import { goesByItself } from '../plan/goesBy.js';
import { isForParty, type Rule } from './ruleSchema.js';
import type { RuleSet } from './schema.js';

export interface LadderUser {
  ladder: string;
  /** Of the field that names it. */
  path: Path;
  /** Set where it is a rule. */
  rule?: Rule;
  /** Somebody outside who can be told. */
  hasParty: boolean;
  /** always: that is what it is for. never: a rung that delivers has nothing to deliver. */
  delivers: 'always' | 'sometimes' | 'never';
  /** Has a first day, from which a rung can repeat itself. */
  opens: boolean;
  /** What it is, in words, where its day passes by itself and nobody owes anything: `the kick-off`, `an expiry`, `a period`. */
  goesBy?: string;
}

/** Kinds whose formal mail is what they are for; the others are only reminded of. */
const delivering: readonly Rule['kind'][] = ['notice', 'contact', 'request'];

const isOutside = (holder: Rule['holder']): boolean => holder !== 'practice' && holder !== 'csu';

const goingBy: Partial<Record<Rule['kind'], string>> = { expiry: 'an expiry', period: 'a period' };

export function ruleAsUser(rule: Rule, index: number): LadderUser {
  const { ladder, kind, holder, opens } = rule;
  const goesBy = goingBy[kind];
  return {
    ladder,
    path: ['rules', index, 'ladder'],
    rule,
    hasParty: isOutside(holder) || isForParty(rule),
    delivers: delivering.includes(kind) ? 'always' : 'never',
    opens: opens !== undefined,
    ...(goesBy !== undefined && { goesBy }),
  };
}

/** All but the rules. */
export function usersBesideRules({ anchors, confirmation, extracts, items }: RuleSet): LadderUser[] {
  const plain = { hasParty: false, delivers: 'never', opens: false } as const;
  const hop = { hasParty: true, delivers: 'sometimes', opens: false } as const;
  return [
    ...anchors.map(({ anchor, ladder, holder }, index): LadderUser => {
      const goesBy = goesByItself({ kind: 'anchor', anchor }) && { goesBy: `the ${anchorTitles[anchor]}` };
      return { ...plain, ladder, hasParty: isOutside(holder), path: ['anchors', index, 'ladder'], ...goesBy };
    }),
    { ...plain, ladder: confirmation.ladder, path: ['confirmation', 'ladder'] },
    {
      ...plain,
      ladder: extracts.authorisation.ladder,
      delivers: 'sometimes',
      path: ['extracts', 'authorisation', 'ladder'],
    },
    ...extracts.hops.flatMap(({ ladder, ladderWhenPractice }, index) => [
      { ...hop, ladder, path: ['extracts', 'hops', index, 'ladder'] },
      ...(ladderWhenPractice === undefined
        ? []
        : [{ ...hop, ladder: ladderWhenPractice, path: ['extracts', 'hops', index, 'ladderWhenPractice'] }]),
    ]),
    ...Object.entries(items ?? {}).flatMap(([kind, item]) =>
      Object.entries(item.ladders).map(([owner, ladder]): LadderUser => {
        const path = ['items', kind, 'ladders', owner];
        return { ladder, path, hasParty: owner === 'party', delivers: 'never', opens: true };
      }),
    ),
  ];
}

/** In the order of the file's schema, the rules last. */
export const ladderUsers = (ruleSet: RuleSet): LadderUser[] => [
  ...usersBesideRules(ruleSet),
  ...ruleSet.rules.map(ruleAsUser),
];
