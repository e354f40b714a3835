import { error, type Path } from '../order/problem.js';
import { anchorNames } from '../order/anchorNames.js';
import type { Problem } from '../plan/types.js';
import { nearest } from '../text/nearest.js';
import { checkFiring } from './checkFiring.js';
import { checkGoingBy } from './checkGoingBy.js';
import { checkReferences } from './checkReferences.js';
import { checkSpans } from './checkSpans.js';
import { checkTelling } from './checkTelling.js';
import { checkValues } from './checkValues.js';
import { ladderUsers } from './ladderUsers.js';
import { isForParty, type Rule } from './ruleSchema.js';
import { hopNameSchema, type RuleSet } from './schema.js';

/**
 * Everything about a rule set that one field cannot tell, with the path of the field to change, all problems at once.
 *
 * A rule set without problems gives a plan for every order: no unknown name, no circle, no rung that never goes out.
 */
export function checkRuleSet(ruleSet: RuleSet): Problem[] {
  return [
    ...ladders(ruleSet),
    ...ladderNames(ruleSet),
    ...hops(ruleSet),
    ...anchors(ruleSet),
    ...ids(ruleSet),
    ...ruleSet.rules.flatMap((rule, index) => shapeOf(rule, ['rules', index])),
    ...units(ruleSet),
    ...checkReferences(ruleSet),
    ...checkValues(ruleSet),
    ...checkFiring(ruleSet),
    ...checkGoingBy(ruleSet),
    ...checkTelling(ruleSet),
    ...checkSpans(ruleSet),
  ];
}

const wrong = (path: Path, message: string): Problem => error('rule-set', path, message);

function ladders({ ladders: named }: RuleSet): Problem[] {
  return Object.entries(named).flatMap(([name, ladder]) =>
    ladder.flatMap(({ id, workingDays, atOnce, everyWeeks, until }, index) => [
      ...(ladder.findIndex((other) => other.id === id) < index
        ? [wrong(['ladders', name, index, 'id'], `"${id}" is the id of another rung of this ladder; give each its own`)]
        : []),
      ...((workingDays === undefined) === (atOnce === undefined)
        ? [wrong(['ladders', name, index], `rung "${id}" must have either workingDays or atOnce, and not both`)]
        : []),
      ...((everyWeeks === undefined) === (until === undefined)
        ? []
        : [wrong(['ladders', name, index], `rung "${id}" must have everyWeeks and until together, or neither`)]),
    ]),
  );
}

function ladderNames(ruleSet: RuleSet): Problem[] {
  const names = Object.keys(ruleSet.ladders);
  return ladderUsers(ruleSet)
    .filter(({ ladder }) => !names.includes(ladder))
    .map(({ ladder, path }) =>
      wrong(path, `there is no ladder "${ladder}"; did you mean ${nearest(ladder, names).join(', ')}?`),
    );
}

/** The seven hops in the order in which they happen; the first has to go out by itself. */
function hops({ extracts, ladders: named }: RuleSet): Problem[] {
  const wanted = hopNameSchema.options;
  const given = extracts.hops.map(({ hop }) => hop);
  const asked = extracts.hops[0];
  const goesOut = (asked && named[asked.ladder])?.some(({ type, atOnce }) => type === 'deliver' && atOnce === true);
  return [
    ...(given.join() === wanted.join()
      ? []
      : [wrong(['extracts', 'hops'], `must be exactly these, in this order: ${wanted.join(', ')}`)]),
    ...(goesOut === true
      ? []
      : [
          wrong(
            ['extracts', 'hops', 0, 'ladder'],
            'the first hop is asked on day one; its ladder needs a rung of type deliver with atOnce: true',
          ),
        ]),
  ];
}

function anchors({ anchors: entries }: RuleSet): Problem[] {
  const ends = entries.some(({ anchor }) => anchor === 'goLive');
  const missing = ends ? [] : [wrong(['anchors'], 'goLive must be among them: without it no migration ends')];
  return [
    ...missing,
    ...entries.flatMap(({ anchor, holder }, index) => [
      ...(entries.findIndex((other) => other.anchor === anchor) < index
        ? [wrong(['anchors', index, 'anchor'], `${anchor} is there twice; keep one of the two`)]
        : []),
      ...(holder === 'party'
        ? [wrong(['anchors', index, 'holder'], 'an anchor is for no party; name another holder')]
        : []),
    ]),
  ];
}

/** Ids that milestones of other kinds have. */
const reserved = ['anchor', 'confirm', 'extract', 'authorise-extracts', 'survey', 'action', ...anchorNames];

const othersThan = (id: string): string => reserved.filter((other) => other !== id).join(', ');

function ids({ rules }: RuleSet): Problem[] {
  return rules.flatMap(({ id }, index) => [
    ...(rules.findIndex((other) => other.id === id) < index
      ? [wrong(['rules', index, 'id'], `"${id}" is the id of another rule; give each its own`)]
      : []),
    ...(reserved.includes(id)
      ? [
          wrong(
            ['rules', index, 'id'],
            `"${id}" means something else, as do ${othersThan(id)}; give the rule another id`,
          ),
        ]
      : []),
  ]);
}

function shapeOf(rule: Rule, path: Path): Problem[] {
  const { kind, opens, due, forEach, holder, kinds, exceptKinds } = rule;
  const isForThirdParty = forEach === 'thirdParty';
  const hasParty = isForParty(rule);
  const isSpan = kind === 'window' || kind === 'period';
  const needsThirdParty = 'must be left out, or the rule must say forEach: thirdParty';
  return [
    ...(isSpan && opens === undefined ? [wrong(path, `a ${kind} needs opens: its first day`)] : []),
    ...(!isSpan && opens !== undefined
      ? [wrong([...path, 'opens'], 'only a window or a period has a first day; take opens out')]
      : []),
    ...(due.unit === 'noticePeriod' && !isForThirdParty
      ? [wrong([...path, 'due'], 'only third parties have a noticePeriod; the rule must say forEach: thirdParty')]
      : []),
    ...(holder === 'party' && !hasParty
      ? [wrong([...path, 'holder'], 'the rule is for no party; name another holder, or say forEach')]
      : []),
    ...(kinds !== undefined && !isForThirdParty ? [wrong([...path, 'kinds'], needsThirdParty)] : []),
    ...(exceptKinds !== undefined && !isForThirdParty ? [wrong([...path, 'exceptKinds'], needsThirdParty)] : []),
    ...(rule.when === 'reconfiguresAfterGoLive' && !hasParty
      ? [wrong([...path, 'when'], 'only parties set their systems up again; the rule must say forEach')]
      : []),
  ];
}

/** Hours are counted from an instant, and everything here from a day (rules.md, E.9). */
function units({ confirmation, extracts, noticePeriods, items, rules }: RuleSet): Problem[] {
  const periods: { unit: string | undefined; path: Path }[] = [
    { unit: confirmation.before.unit, path: ['confirmation', 'before'] },
    { unit: confirmation.whenAbsent.unit, path: ['confirmation', 'whenAbsent'] },
    { unit: extracts.sourceSupplierNotice.unit, path: ['extracts', 'sourceSupplierNotice'] },
    { unit: extracts.dataSupplierNotice?.unit, path: ['extracts', 'dataSupplierNotice'] },
    ...Object.entries(extracts.turnaround).map(([part, { unit }]) => ({
      unit,
      path: ['extracts', 'turnaround', part],
    })),
    ...Object.entries(noticePeriods).map(([kind, { unit }]) => ({ unit, path: ['noticePeriods', kind] })),
    ...Object.entries(items ?? {}).map(([kind, { due }]) => ({ unit: due.unit, path: ['items', kind, 'due'] })),
    ...rules.flatMap(({ due, opens }, index) => [
      { unit: due.unit, path: ['rules', index, 'due'] },
      { unit: opens?.unit, path: ['rules', index, 'opens'] },
    ]),
  ];
  return periods
    .filter(({ unit }) => unit === 'hours')
    .map(({ path }) =>
      wrong([...path, 'unit'], 'hours cannot be counted from a day; use weeks, days, workingDays or months'),
    );
}
