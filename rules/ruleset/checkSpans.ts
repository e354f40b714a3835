/** Days that cannot be right, whatever the days of the anchors: too late to be of use, or before they can be known. */
import { anchorTitles } from '../order/anchorNames.js';
import { error, type Path } from '../order/problem.js';
import type { Problem } from '../plan/types.js';
import type { Ladder } from './ladderSchema.js';
import type { Rule } from './ruleSchema.js';
import { ladderIn, type RuleSet } from './schema.js';
import { fromAnchor, isCertainlyAfter, leastDaysOfRung, spanOf, type Span } from './spans.js';

const wrong = (path: Path, message: string): Problem => error('rule-set', path, message);

/** Everything about the days of the rules that is wrong in every order. */
export function checkSpans({ rules, ladders }: RuleSet): Problem[] {
  return rules.flatMap((rule, index) => {
    const path = ['rules', index];
    const due = spanOf(rule.due, rules, [rule.id]) ?? ownOpening(rule, rules);
    if (due === undefined) return [];
    return [
      ...wrongDirection(rule, path),
      ...endsBeforeItOpens(rule, due, rules, path),
      ...beforeItsStart(due, path),
      ...waitedForTooLate(rule, due, path),
      ...neverRepeated(
        rule,
        ladderIn({ ladders }, rule.ladder) ?? [],
        spanOf(rule.opens ?? rule.due, rules, [rule.id]),
        path,
      ),
    ];
  });
}

/** A window can end so long after its own first day. */
function ownOpening({ id, opens, due }: Rule, rules: readonly Rule[]): Span | undefined {
  return due.from === id && opens !== undefined ? spanOf(due, rules) : undefined;
}

function wrongDirection({ kind, due }: Rule, path: Path): Problem[] {
  if (!('amount' in due)) return [];
  const at = [...path, 'due', 'amount'];
  if (kind === 'followUp' && due.amount < 0)
    return [wrong(at, `a followUp comes after ${due.from}: it must be 0 or more, or the kind another`)];
  if (kind === 'notice' && due.amount > 0)
    return [wrong(at, `a notice comes before ${due.from}: it must be 0 or less, or the kind another`)];
  return [];
}

/** Of days in one unit from one day, `checkValues` tells. */
function endsBeforeItOpens({ kind, opens, due }: Rule, last: Span, rules: readonly Rule[], path: Path): Problem[] {
  const isSpan = kind === 'window' || kind === 'period';
  if (!isSpan || opens === undefined || (opens.from === due.from && opens.unit === due.unit)) return [];
  const first = spanOf(opens, rules);
  if (first === undefined || !isCertainlyAfter(first, last)) return [];
  return [wrong([...path, 'opens'], 'its last day is always before this first one: move one of the two')];
}

function beforeItsStart(due: Span, path: Path): Problem[] {
  const at = [...path, 'due'];
  if (due.anchor === 'order' && due.most < 0)
    return [wrong(at, 'is before the order, when nobody knows of the migration yet: it could only ever be late')];
  if (due.followsEvent && due.most < 0)
    return [wrong(at, 'is before the event that it is counted from, and that is known only once it has happened')];
  return [];
}

function waitedForTooLate({ blocks }: Rule, due: Span, path: Path): Problem[] {
  if (blocks === undefined || fromAnchor(due, blocks).least <= 0) return [];
  const message = `the ${anchorTitles[blocks]} waits for this, which is due only after it: take blocks out, or bring the day forward`;
  return [wrong([...path, 'blocks'], message)];
}

/** @param from the day that the ladder's repeated rungs begin by */
function neverRepeated(rule: Rule, ladder: Ladder, from: Span | undefined, path: Path): Problem[] {
  const at = [...path, 'ladder'];
  return ladder.flatMap(({ id, everyWeeks, until, atOnce, workingDays = 0 }) => {
    if (everyWeeks === undefined) return [];
    if (atOnce === true && rule.opens === undefined)
      return [
        wrong(at, `rung "${id}" repeats itself from the first day on, and this rule has none: give it workingDays`),
      ];
    const isTooLate =
      until === 'goLive' && from !== undefined && fromAnchor(from, 'goLive').least + leastDaysOfRung(workingDays) > 0;
    return isTooLate
      ? [wrong(at, `rung "${id}" repeats itself until Go Live, and this is after that: it can never fire`)]
      : [];
  });
}
