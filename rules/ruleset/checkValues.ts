/** What two values of a rule set say together, where each by itself is right. */
import { isDay } from '../calendar/day.js';
import { anchorNames } from '../order/anchorNames.js';
import { error, type Path } from '../order/problem.js';
import type { Problem } from '../plan/types.js';
import type { Rule } from './ruleSchema.js';
import type { RuleSet } from './schema.js';

const wrong = (path: Path, message: string): Problem => error('rule-set', path, message);

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

function workingHours({ sendAt, spreadMinutes, workUntil }: RuleSet): Problem[] {
  if (workUntil <= sendAt) return [wrong(['workUntil'], `must be later than sendAt, which is ${sendAt}`)];
  const isSpreadTooFar = minuteOf(sendAt) + spreadMinutes > minuteOf(workUntil);
  return isSpreadTooFar
    ? [wrong(['spreadMinutes'], `some mail would go out after workUntil, which is ${workUntil}: spread it less`)]
    : [];
}

function durations({ usualDurations }: RuleSet): Problem[] {
  return usualDurations.flatMap(({ from, to, atLeastDays, atMostDays }, index) => {
    const path = ['usualDurations', index];
    const isTwice = usualDurations.findIndex((other) => other.from === from && other.to === to) < index;
    return [
      ...(anchorNames.indexOf(from) < anchorNames.indexOf(to)
        ? []
        : [wrong([...path, 'to'], `${to} does not come after ${from}: name the earlier anchor under from`)]),
      ...(atLeastDays === undefined && atMostDays === undefined
        ? [wrong(path, 'says nothing: give atLeastDays, atMostDays, or both')]
        : []),
      ...([atLeastDays, atMostDays].some((days) => days !== undefined && days < 0)
        ? [wrong(path, 'a length cannot be negative')]
        : []),
      ...((atLeastDays ?? 0) > (atMostDays ?? Infinity)
        ? [wrong([...path, 'atLeastDays'], `must not be more than atMostDays, which is ${atMostDays}`)]
        : []),
      ...(isTwice
        ? [wrong([...path, 'to'], `the time from ${from} to ${to} is there twice; keep one of the two`)]
        : []),
    ];
  });
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

const placeholder = /\{[^}]*\}/g;

/** Blanks that are filled in there; any other would reach the reader as it stands. */
function wrongBlanks(text: string, known: readonly string[], path: Path): Problem[] {
  const unknown = (text.match(placeholder) ?? []).filter((each) => !known.includes(each));
  const use = known.length === 0 ? 'there is no blank to fill in here' : `use ${known.join(', ')}`;
  return unknown.map((each) => wrong(path, `${each} means nothing here; ${use}`));
}

function blanksOf({ forEach }: Rule): string[] {
  if (forEach === 'site') return ['{site}'];
  return forEach === 'migration' ? [] : ['{party}'];
}

interface Worded {
  entry: { title: string; action: string };
  blanks: readonly string[];
  path: Path;
}

function texts({ rules, extracts, anchors, confirmation, items }: RuleSet): Problem[] {
  const none: readonly string[] = [];
  const named: Worded[] = [
    ...rules.map((entry, index) => ({ entry, blanks: blanksOf(entry), path: ['rules', index] })),
    ...extracts.hops.map((entry, index) => ({
      entry,
      blanks: ['{party}', '{product}', '{extract}'],
      path: ['extracts', 'hops', index],
    })),
    { entry: extracts.authorisation, blanks: none, path: ['extracts', 'authorisation'] },
    { entry: confirmation, blanks: none, path: ['confirmation'] },
    ...anchors.map((entry, index) => ({ entry, blanks: none, path: ['anchors', index] })),
    ...Object.entries(items ?? {}).map(([kind, entry]) => ({
      entry,
      blanks: ['{item}', '{site}'],
      path: ['items', kind],
    })),
  ];
  return named.flatMap(({ entry, blanks, path }) => [
    ...wrongBlanks(entry.title, blanks, [...path, 'title']),
    ...wrongBlanks(entry.action, blanks, [...path, 'action']),
  ]);
}

/** Ids that are looked up, each in its own list. */
function twice(ruleSet: RuleSet): Problem[] {
  return (['counters', 'knownIssues', 'blackouts'] as const).flatMap((list) => {
    const ids = ruleSet[list].map(({ id }) => id);
    return ids.flatMap((id, index) =>
      ids.indexOf(id) < index ? [wrong([list, index, 'id'], `"${id}" is there twice; give each its own id`)] : [],
    );
  });
}

/** A leap year, so that 29 February is a day. */
const isDayOfYear = (monthDay: string): boolean => isDay(`2028-${monthDay}`);

function blackouts({ blackouts: all }: RuleSet): Problem[] {
  return all.flatMap(({ from, to }, index) => {
    const path = ['blackouts', index];
    const unreal = (['from', 'to'] as const).filter((end) => {
      const day = { from, to }[end];
      return day.length === 'MM-DD'.length && !isDayOfYear(day);
    });
    if (unreal.length > 0) return unreal.map((end) => wrong([...path, end], 'there is no such day in any year'));
    if (from.length !== to.length)
      return [wrong([...path, 'to'], `${from} and ${to} do not go together: write both with a year, or both without`)];
    // Without a year a blackout may go over the turn of the year.
    const isBackwards = from.length > 'MM-DD'.length && to < from;
    return isBackwards ? [wrong([...path, 'to'], `the last day, ${to}, is before the first, ${from}`)] : [];
  });
}

/** Everything that contradicts something else in the same rule set. */
export function checkValues(ruleSet: RuleSet): Problem[] {
  return [
    ...workingHours(ruleSet),
    ...durations(ruleSet),
    ...windows(ruleSet),
    ...texts(ruleSet),
    ...twice(ruleSet),
    ...blackouts(ruleSet),
  ];
}
