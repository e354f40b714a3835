import { error, type Path } from '../order/problem.js';
import { anchorNames, followedEvents } from '../order/anchorNames.js';
import type { Problem } from '../plan/types.js';
import { nearest } from '../text/nearest.js';
import type { Rule } from './ruleSchema.js';
import type { RuleSet } from './schema.js';

interface Reference {
  rule: Rule;
  from: string;
  path: Path;
}

const anchors: readonly string[] = [...anchorNames, ...followedEvents];

/** What a rule is counted from exists, is for the same party or site, and does not lead back to the rule. */
export function checkReferences({ rules }: RuleSet): Problem[] {
  const references = rules.flatMap((rule, index): Reference[] => [
    { rule, from: rule.due.from, path: ['rules', index, 'due', 'from'] },
    ...(rule.opens ? [{ rule, from: rule.opens.from, path: ['rules', index, 'opens', 'from'] }] : []),
  ]);
  return references.flatMap((reference) => problemOf(reference, rules));
}

function problemOf({ rule, from, path }: Reference, rules: readonly Rule[]): Problem[] {
  if (anchors.includes(from)) return [];
  const base = rules.find(({ id }) => id === from);
  if (base === undefined) {
    const choices = nearest(from, [...anchors, ...rules.map(({ id }) => id)]).join(', ');
    return [error('rule-set', path, `there is no anchor or rule "${from}"; did you mean ${choices}?`)];
  }
  // Counting from a window starts at its first day, so what leads back to a window's first day is no circle for its last.
  const isOfLastDay = rule.opens !== undefined && path.at(-2) === 'due';
  const circle = isOfLastDay ? undefined : circleFrom(rule, from, rules);
  if (circle !== undefined) {
    const message = `counts in a circle: ${circle.join(' from ')}; count one of them from an anchor`;
    return [error('rule-set', path, message)];
  }
  if (base.forEach === 'migration' || base.forEach === rule.forEach) return [];
  const message = `"${from}" has a day for each ${base.forEach}, and this rule is not for each of those; count from something else`;
  return [error('rule-set', path, message)];
}

/** The ids on the way from a rule, by what one of its days is counted from, back to itself. Counting from a window starts at its first day. */
function circleFrom(start: Rule, from: string, rules: readonly Rule[]): string[] | undefined {
  const way = [start.id];
  const seen = new Set(way);
  for (let next = from; ;) {
    const base = rules.find(({ id }) => id === next);
    if (base === undefined) return undefined;
    way.push(base.id);
    if (base.id === start.id) return way;
    if (seen.has(base.id)) return undefined;
    seen.add(base.id);
    next = (base.opens ?? base.due).from;
  }
}
