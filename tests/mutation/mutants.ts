/** Every rule set, and every layer of one, that differs from a shipped one in a single value. */
import type { Layer } from '../../rules/ruleset/layerSchema.js';
import type { RuleSet } from '../../rules/ruleset/schema.js';
import { additions, alternatives, leftOut, type Path } from './alternatives.js';

export interface Mutant {
  /** Where and what: `rules.clean-up-records.due.amount: -1 becomes -2`. */
  name: string;
  /** The key that was changed, for counting. */
  key: string;
  /** The rule set or layer with that change; not checked by any schema yet. */
  changed: unknown;
}

interface Change {
  path: Path;
  value: unknown;
}

function entriesOf(node: unknown): [string | number, unknown][] {
  if (Array.isArray(node)) return node.map((value: unknown, index) => [index, value]);
  return typeof node === 'object' && node !== null ? Object.entries(node) : [];
}

function changesAt(node: unknown, path: Path, ruleSet: RuleSet): Change[] {
  const here = alternatives(node, path, ruleSet).map((value) => ({ path, value }));
  if (typeof node !== 'object' || node === null) return here;
  const added = Object.entries(additions(node, path)).flatMap(([key, values]) =>
    values.map((value) => ({ path: [...path, key], value })),
  );
  const within = entriesOf(node).flatMap(([key, value]) => changesAt(value, [...path, key], ruleSet));
  return [...here, ...added, ...within];
}

/** Ids of things of one list, each given to its neighbour too. */
function duplicatedIds(node: unknown, path: Path): Change[] {
  const entries = entriesOf(node);
  const ids = entries.map(([key, value]) => ({ key, id: entriesOf(value).find(([name]) => name === 'id')?.[1] }));
  const twice = ids.slice(1).flatMap(({ key, id }, index) => {
    const value = ids[index]?.id;
    return id === undefined || value === undefined ? [] : [{ path: [...path, key, 'id'], value }];
  });
  return [...twice, ...entries.flatMap(([key, value]) => duplicatedIds(value, [...path, key]))];
}

/** A copy that shares everything but the way to the place that is changed. */
function changed(node: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const inner = entriesOf(node).find(([name]) => name === key)?.[1];
  const next = rest.length === 0 ? value : changed(inner, rest, value);
  const kept = entriesOf(node).filter(([name]) => name !== key);
  const isLeftOut = next === leftOut;
  if (Array.isArray(node))
    return node.flatMap((each: unknown, index) => (index === key ? (isLeftOut ? [] : [next]) : [each]));
  return Object.fromEntries(isLeftOut ? kept : [...kept, [key, next]]);
}

/** An entry of a list is called by the list. */
function keyOf(path: Path): string {
  const key = path.at(-1);
  return typeof key === 'number' ? `an entry of ${path.at(-2) ?? ''}` : (key ?? '');
}

/** The way to a place, with ids in place of numbers. */
function nameOf(root: unknown, path: Path): string {
  let node = root;
  return path
    .map((key) => {
      node = entriesOf(node).find(([name]) => name === key)?.[1];
      const label = entriesOf(node).find(([name]) => ['id', 'anchor', 'hop', 'rule'].includes(String(name)))?.[1];
      return typeof key === 'number' && typeof label === 'string' ? label : key;
    })
    .join('.');
}

function valueAt(node: unknown, path: Path): unknown {
  return path.reduce((inner, key) => entriesOf(inner).find(([name]) => name === key)?.[1], node);
}

const shown = (value: unknown): string => {
  if (value === leftOut) return 'nothing';
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

/**
 * In the order of the file, the same every time.
 *
 * @param root the rule set itself, or one of its layers
 */
export function mutantsOf(root: RuleSet | Layer, ruleSet: RuleSet): Mutant[] {
  const changes = [...changesAt(root, [], ruleSet), ...duplicatedIds(root, [])];
  return changes.map(({ path, value }) => ({
    name: `${root.id}: ${nameOf(root, path)}: ${shown(valueAt(root, path))} becomes ${shown(value)}`,
    key: keyOf(path),
    changed: changed(root, path, value),
  }));
}
