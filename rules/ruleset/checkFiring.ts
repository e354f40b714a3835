/** Rules that never come to anything: that apply to nobody, tell nobody, or tell too late. */
import { error, warning, type Path } from '../order/problem.js';
import { thirdPartyKindSchema } from '../order/schema.js';
import type { Problem } from '../plan/types.js';
import type { Ladder, LadderRung } from './ladderSchema.js';
import type { Rule } from './ruleSchema.js';
import type { RuleSet } from './schema.js';

const wrong = (path: Path, message: string): Problem => error('rule-set', path, message);

/** Kinds whose formal mail is what they are for; the others are only reminded of. */
const delivering: readonly Rule['kind'][] = ['notice', 'contact', 'request'];

const outside: readonly LadderRung['to'][] = ['partyContact', 'partyAccountManager'];

/** What a person is told before something is late. */
const beforehand: readonly LadderRung['type'][] = ['deliver', 'reminder', 'chase'];

/** Everything in a rule set that could never fire, or would fire for nobody. Ladders that nothing uses are warnings. */
export function checkFiring(ruleSet: RuleSet): Problem[] {
  return [
    ...ruleSet.rules.flatMap((rule, index) => [
      ...appliesToNobody(rule, ['rules', index]),
      ...tellsNobody(rule, ruleSet.ladders[rule.ladder], ['rules', index]),
      ...unknownCounters(rule, ruleSet, ['rules', index]),
    ]),
    ...Object.entries(ruleSet.ladders).flatMap(([name, ladder]) => checkRungs(name, ladder, ruleSet)),
    ...unusedLadders(ruleSet),
    ...blackouts(ruleSet),
  ];
}

function appliesToNobody({ forEach, kinds, exceptKinds = [] }: Rule, path: Path): Problem[] {
  if (forEach !== 'thirdParty') return [];
  const left = (kinds ?? thirdPartyKindSchema.options).filter((kind) => !exceptKinds.includes(kind));
  return left.length > 0 ? [] : [wrong(path, 'no kind of third party is left for this rule: it can never fire')];
}

function tellsNobody({ kind, holder, forEach }: Rule, ladder: Ladder | undefined, path: Path): Problem[] {
  if (ladder === undefined) return [];
  const at = [...path, 'ladder'];
  const hasParty = holder !== 'practice' && holder !== 'csu' ? true : forEach !== 'migration' && forEach !== 'site';
  const delivers = ladder.some(({ type }) => type === 'deliver');
  const needsDelivery = delivering.includes(kind);
  return [
    ...(ladder.length === 0 ? [wrong(at, 'this ladder has no rung: nobody is ever told')] : []),
    ...(!hasParty && ladder.some(({ to }) => outside.includes(to))
      ? [wrong(at, 'this ladder tells a party, and the rule is for none: use a ladder of the practice or the CSU')]
      : []),
    ...(needsDelivery && !delivers
      ? [wrong(at, `a ${kind} is given by a rung of type deliver, and this ladder has none: it would never go out`)]
      : []),
    ...(!needsDelivery && delivers
      ? [wrong(at, `a ${kind} delivers nothing: use a ladder without a deliver rung`)]
      : []),
  ];
}

function checkRungs(name: string, ladder: Ladder, ruleSet: RuleSet): Problem[] {
  return ladder.flatMap((rung, index) => {
    const path = ['ladders', name, index];
    const { id, type, workingDays = 0, everyWeeks, until } = rung;
    const isLate = everyWeeks === undefined && workingDays > 0 && beforehand.includes(type);
    const isAfterItsEnd = everyWeeks !== undefined && until === 'due' && workingDays > 0 && !isOfPeriods(name, ruleSet);
    const isEscalatedEarly = type === 'escalation' && workingDays <= 0 && rung.atOnce !== true;
    return [
      ...(isLate
        ? [wrong(path, `rung "${id}" is a ${type} after its own day: it must be 0 or before, or an escalation`)]
        : []),
      ...(isAfterItsEnd
        ? [wrong(path, `rung "${id}" begins after the day until which it repeats: it can never fire`)]
        : []),
      ...(isEscalatedEarly ? [wrong(path, `rung "${id}" escalates before anything is late: give it 1 or more`)] : []),
    ];
  });
}

/** The ladder of a period is counted from its first day, so its rungs may lie after that. */
const isOfPeriods = (name: string, { rules }: RuleSet): boolean =>
  rules.some(({ kind, ladder }) => kind === 'period' && ladder === name);

function unusedLadders(ruleSet: RuleSet): Problem[] {
  const { anchors, confirmation, extracts, items, rules } = ruleSet;
  const used = new Set([
    ...[...anchors, confirmation, extracts.authorisation, ...extracts.hops, ...rules].map(({ ladder }) => ladder),
    ...extracts.hops.flatMap(({ ladderWhenPractice = [] }) => ladderWhenPractice),
    ...Object.values(items ?? {}).flatMap(({ ladders }) => Object.values(ladders)),
  ]);
  return Object.keys(ruleSet.ladders)
    .filter((name) => !used.has(name))
    .map((name) => warning('rule-set', ['ladders', name], `nothing uses the ladder "${name}": take it out, or use it`));
}

function unknownCounters({ counts }: Rule, { counters }: RuleSet, path: Path): Problem[] {
  const known = counters.map(({ id }) => id);
  return (counts?.counters ?? []).flatMap((id, index) => {
    if (known.includes(id)) return [];
    const choices = known.join(', ') || 'none, because nothing is counted';
    return [wrong([...path, 'counts', 'counters', index], `"${id}" is not counted; use one of ${choices}`)];
  });
}

function blackouts({ blackouts: all }: RuleSet): Problem[] {
  return all.flatMap(({ from, to }, index) => {
    const path = ['blackouts', index, 'to'];
    if (from.length !== to.length)
      return [wrong(path, `${from} and ${to} do not go together: write both with a year, or both without`)];
    // Without a year a blackout may go over the turn of the year.
    return from.length > 5 && to < from ? [wrong(path, `the last day, ${to}, is before the first, ${from}`)] : [];
  });
}
