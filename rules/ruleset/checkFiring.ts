/** Rules that never come to anything: that apply to nobody, tell nobody, or tell too late. */
import { error, warning, type Path } from '../order/problem.js';
import { thirdPartyKindSchema } from '../order/schema.js';
import type { Problem } from '../plan/types.js';
import type { Ladder, LadderRung } from './ladderSchema.js';
import type { Rule } from './ruleSchema.js';
import { ladderIn, type RuleSet } from './schema.js';

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
      ...tellsNobody(rule, ladderIn(ruleSet, rule.ladder), ['rules', index]),
      ...unknownCounters(rule, ruleSet, ['rules', index]),
    ]),
    ...Object.entries(ruleSet.ladders).flatMap(([name, ladder]) => checkRungs(name, ladder, ruleSet)),
    ...unusedLadders(ruleSet),
    ...unusedEntries(ruleSet),
  ];
}

function appliesToNobody({ forEach, kinds, exceptKinds = [] }: Rule, path: Path): Problem[] {
  if (forEach !== 'thirdParty') return [];
  const left = (kinds ?? thirdPartyKindSchema.options).filter((kind) => !exceptKinds.includes(kind));
  if (left.length === 0) return [wrong(path, 'no kind of third party is left for this rule: it can never fire')];
  return exceptKinds.flatMap((kind, index) => {
    if (kinds === undefined || kinds.includes(kind)) return [];
    return [warning('rule-set', [...path, 'exceptKinds', index], `"${kind}" is not among kinds, so this says nothing`)];
  });
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
    const isCountedFromFirstDay = isOfPeriods(name, ruleSet);
    const isAfter = workingDays > 0 && !isCountedFromFirstDay;
    const isLate = everyWeeks === undefined && isAfter && beforehand.includes(type);
    const isAfterItsEnd = everyWeeks !== undefined && until === 'due' && isAfter;
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

/** The ladder of a period is counted from its first day, so its rungs may lie after that: where only periods use it. */
function isOfPeriods(name: string, ruleSet: RuleSet): boolean {
  const users = ruleSet.rules.filter(({ ladder }) => ladder === name);
  return (
    users.length > 0 && users.every(({ kind }) => kind === 'period') && !laddersBesideRules(ruleSet).includes(name)
  );
}

function laddersBesideRules({ anchors, confirmation, extracts, items }: RuleSet): string[] {
  return [
    ...[...anchors, confirmation, extracts.authorisation, ...extracts.hops].map(({ ladder }) => ladder),
    ...extracts.hops.flatMap(({ ladderWhenPractice = [] }) => ladderWhenPractice),
    ...Object.values(items ?? {}).flatMap(({ ladders }) => Object.values(ladders)),
  ];
}

/** What is counted, and what is known of systems, comes into a migration by a rule. */
function unusedEntries({ counters, knownIssues, rules }: RuleSet): Problem[] {
  const counted = new Set(rules.flatMap(({ counts }) => counts?.counters ?? []));
  const isShown = knownIssues.length === 0 || rules.some(({ showsKnownIssues }) => showsKnownIssues);
  return [
    ...counters.flatMap(({ id }, index) =>
      counted.has(id)
        ? []
        : [warning('rule-set', ['counters', index], `no rule counts "${id}": nobody is asked for it`)],
    ),
    ...(isShown ? [] : [warning('rule-set', ['knownIssues'], 'no rule has showsKnownIssues: nobody sees these')]),
  ];
}

function unusedLadders(ruleSet: RuleSet): Problem[] {
  const used = new Set([...laddersBesideRules(ruleSet), ...ruleSet.rules.map(({ ladder }) => ladder)]);
  return Object.keys(ruleSet.ladders)
    .filter((name) => !used.has(name))
    .map((name) => warning('rule-set', ['ladders', name], `nothing uses the ladder "${name}": take it out, or use it`));
}

function unknownCounters({ counts }: Rule, { counters }: RuleSet, path: Path): Problem[] {
  const known = counters.map(({ id }) => id);
  return (counts?.counters ?? []).flatMap((id, index, all) => {
    if (all.indexOf(id) < index) return [wrong([...path, 'counts', 'counters', index], `"${id}" is there twice`)];
    if (known.includes(id)) return [];
    const choices = known.join(', ') || 'none, because nothing is counted';
    return [wrong([...path, 'counts', 'counters', index], `"${id}" is not counted; use one of ${choices}`)];
  });
}
