/** What two values of a rule set say together, where each by itself is right. */
import { error } from '../order/problem.js';
import type { Problem } from '../plan/types.js';
import type { RuleSet } from './schema.js';

type Path = (string | number)[];

const wrong = (path: Path, message: string): Problem => error('rule-set', path, message);

function workingHours({ sendAt, workUntil }: RuleSet): Problem[] {
  return workUntil > sendAt ? [] : [wrong(['workUntil'], `must be later than sendAt, which is ${sendAt}`)];
}

function durations({ usualDurations }: RuleSet): Problem[] {
  return usualDurations.flatMap(({ atLeastDays = 0, atMostDays = Infinity }, index) =>
    atLeastDays <= atMostDays
      ? []
      : [wrong(['usualDurations', index, 'atLeastDays'], `must not be more than atMostDays, which is ${atMostDays}`)],
  );
}

/** Days that are counted from the same day in the same unit can be told apart without a calendar. */
function windows({ rules }: RuleSet): Problem[] {
  return rules.flatMap(({ opens, due }, index) => {
    const comparable =
      opens !== undefined && due.unit !== 'noticePeriod' && opens.from === due.from && opens.unit === due.unit;
    if (!comparable || opens.amount <= due.amount) return [];
    return [
      wrong(['rules', index, 'opens', 'amount'], `must not be later than the last day of the window, ${due.amount}`),
    ];
  });
}

const placeholders: readonly string[] = ['{party}', '{product}', '{site}', '{extract}'];

function unknownPlaceholders(text: string, path: Path): Problem[] {
  const unknown = (text.match(/\{[^}]*\}/g) ?? []).filter((each) => !placeholders.includes(each));
  return unknown.map((each) => wrong(path, `${each} means nothing; use ${placeholders.join(', ')}`));
}

function texts({ rules, extracts }: RuleSet): Problem[] {
  const named = [
    ...rules.map((rule, index) => ({ rule, path: ['rules', index] })),
    ...extracts.hops.map((rule, index) => ({ rule, path: ['extracts', 'hops', index] })),
  ];
  return named.flatMap(({ rule, path }) => [
    ...unknownPlaceholders(rule.title, [...path, 'title']),
    ...unknownPlaceholders(rule.action, [...path, 'action']),
  ]);
}

/** Everything that contradicts something else in the same rule set. */
export function checkValues(ruleSet: RuleSet): Problem[] {
  return [...workingHours(ruleSet), ...durations(ruleSet), ...windows(ruleSet), ...texts(ruleSet)];
}
