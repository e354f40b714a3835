/** Rules that never come to anything: that apply to nobody, tell nobody, or tell too late. */
import { error, warning, type Path } from '../order/problem.js';
import { thirdPartyKindSchema } from '../order/schema.js';
import type { Problem } from '../plan/types.js';
import { checkFit } from './ladderFit.js';
import type { Ladder, LadderRung } from './ladderSchema.js';
import { ladderUsers, ruleAsUser } from './ladderUsers.js';
import type { Rule } from './ruleSchema.js';
import { ladderIn, type RuleSet } from './schema.js';

const wrong = (path: Path, message: string): Problem => error('rule-set', path, message);

/** What a person is told before something is late. */
const beforehand: readonly LadderRung['type'][] = ['deliver', 'reminder', 'chase'];

/** Everything in a rule set that could never fire, or would fire for nobody. Ladders that nothing uses are warnings. */
export function checkFiring(ruleSet: RuleSet): Problem[] {
  return [
    ...ruleSet.rules.flatMap((rule, index) => [
      ...appliesToNobody(rule, ['rules', index]),
      ...fits(rule, index, ruleSet),
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

function fits(rule: Rule, index: number, ruleSet: RuleSet): Problem[] {
  const ladder = ladderIn(ruleSet, rule.ladder);
  return ladder === undefined ? [] : checkFit(ruleAsUser(rule, index), ladder);
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
  const users = ladderUsers(ruleSet).filter(({ ladder }) => ladder === name);
  return users.length > 0 && users.every(({ rule }) => rule?.kind === 'period');
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
  const used = new Set(ladderUsers(ruleSet).map(({ ladder }) => ladder));
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
