/** Words in a template that no message has: a typing error, in a condition as in a sentence. */
import { distance } from 'fastest-levenshtein';
import { nearest } from '../../rules/text/nearest.js';
import { isNode, lineOf, partsOf, wordOf, type Template, type TemplateNode } from './templateTree.js';

export interface UnknownWord {
  line: number;
  /** `item.acton` */
  word: string;
  /** `item.action`, where something is called like it. */
  close?: string;
}

/** What messages have under a word: every value that was seen there; undefined where nothing can be said. */
type Seen = readonly unknown[] | undefined;
type Scope = ReadonlyMap<string, Seen>;

/** What the engine and the renderer bring. */
const given = [
  'layout',
  'parts',
  'subject',
  'caller',
  'loop',
  'super',
  'varargs',
  'kwargs',
  'range',
  'cycler',
  'joiner',
  'none',
  'undefined',
];

const isPresent = (value: unknown): boolean => value !== null && value !== undefined;
const hasMember = (value: unknown, name: string): boolean => name in Object(value);
const memberOf = (value: unknown, name: string): unknown => Object.getOwnPropertyDescriptor(Object(value), name)?.value;

const memberNames = (value: unknown): string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];

const elementsOf = (seen: Seen): Seen => {
  const elements = seen?.flatMap((value: unknown): unknown[] => (Array.isArray(value) ? value : []));
  return elements?.length === 0 ? undefined : elements;
};

/** Symbols in these places are names, of filters and the like, and say nothing of the message. */
const namesOnly: Readonly<Record<string, readonly string[]>> = {
  Filter: ['name'],
  Block: ['name'],
  Macro: ['name'],
  Caller: ['name'],
  Pair: ['key'],
  Is: ['left', 'right'],
};

function bind(names: readonly string[], seen: Seen, scope: Map<string, Seen>): void {
  for (const name of names) scope.set(name, seen);
}

class Reader {
  readonly found: UnknownWord[] = [];

  /** What a part of a template stands for, as far as that can be said. Notes everything unknown in it. */
  read(node: TemplateNode, scope: Map<string, Seen>): Seen {
    if (node.typename === 'Symbol') return this.symbol(node, scope);
    if (node.typename === 'LookupVal') return this.lookUp(node, scope);
    this.enter(node, scope);
    return undefined;
  }

  private enter(node: TemplateNode, scope: Map<string, Seen>): void {
    const { typename } = node;
    if (typename === 'For') this.loop(node, scope);
    else if (typename === 'Macro' || typename === 'Caller') this.macro(node, scope);
    else if (typename === 'Set') this.assign(node, scope);
    else if (typename === 'Import' || typename === 'FromImport') bind(namesIn(node), undefined, scope);
    else this.inside(node, typename === 'Block' ? new Map(scope) : scope);
  }

  private inside(node: TemplateNode, scope: Map<string, Seen>): void {
    const skipped = new Set(namesOnly[node.typename]?.map((name) => node[name]));
    for (const part of partsOf(node)) if (!skipped.has(part)) this.read(part, scope);
  }

  private symbol(node: TemplateNode, scope: Scope): Seen {
    const name = wordOf(node) ?? '';
    if (!scope.has(name)) this.unknown(node, '', name, [...scope.keys()]);
    return scope.get(name);
  }

  private lookUp(node: TemplateNode, scope: Map<string, Seen>): Seen {
    const { target, val } = node;
    const seen = isNode(target) ? this.read(target, scope)?.filter(isPresent) : undefined;
    const name = wordOf(val);
    if (name === undefined || !isNode(val) || val.typename !== 'Literal') return elementsOf(seen);
    if (seen === undefined || seen.length === 0) return undefined;
    const having = seen.filter((value) => hasMember(value, name));
    if (having.length > 0) return having.map((value) => memberOf(value, name));
    this.unknown(node, `${sourceOf(target)}.`, name, [...new Set(seen.flatMap(memberNames))]);
    return undefined;
  }

  private loop(node: TemplateNode, outer: Map<string, Seen>): void {
    const { arr, name } = node;
    const scope = new Map(outer);
    const elements = isNode(arr) ? elementsOf(this.read(arr, outer)) : undefined;
    const isOne = isNode(name) && name.typename === 'Symbol';
    bind(isNode(name) ? symbolsIn(name) : [], isOne ? elements : undefined, scope);
    for (const body of [node['body'], node['else_']]) if (isNode(body)) this.read(body, scope);
  }

  private macro(node: TemplateNode, outer: Map<string, Seen>): void {
    const { args, name } = node;
    bind(isNode(name) ? symbolsIn(name) : [], undefined, outer);
    const scope = new Map(outer);
    bind(isNode(args) ? symbolsIn(args) : [], undefined, scope);
    this.inside(node, scope);
  }

  private assign(node: TemplateNode, scope: Map<string, Seen>): void {
    const { targets, value, body } = node;
    const seen = isNode(value) ? this.read(value, scope) : undefined;
    if (isNode(body)) this.read(body, scope);
    const names = Array.isArray(targets) ? targets.filter(isNode).flatMap(symbolsIn) : [];
    bind(names, seen, scope);
  }

  private unknown(node: TemplateNode, before: string, name: string, others: readonly string[]): void {
    const close = nearest(name, others).find((other) => distance(name, other) * 2 <= name.length);
    this.found.push({
      line: lineOf(node),
      word: `${before}${name}`,
      ...(close !== undefined && { close: `${before}${close}` }),
    });
  }
}

/** The symbols in a part: names that it brings. */
const symbolsIn = (node: TemplateNode): string[] =>
  node.typename === 'Symbol' ? [wordOf(node) ?? ''] : partsOf(node).flatMap(symbolsIn);

/** What an import calls what it brings. */
function namesIn({ target, names }: TemplateNode): string[] {
  return [target, names].filter(isNode).flatMap(symbolsIn);
}

/** `item.reach`, as it is written. */
function sourceOf(node: unknown): string {
  if (!isNode(node)) return '';
  if (node.typename !== 'LookupVal') return wordOf(node) ?? '…';
  const { target, val } = node;
  return `${sourceOf(target)}.${wordOf(val) ?? '…'}`;
}

/**
 * Everything in a template that none of these views has.
 *
 * @param views what messages give to templates: what one of them has is known
 */
export function unknownWords({ root }: Template, views: readonly object[]): UnknownWord[] {
  const names = new Set(views.flatMap((view) => Object.keys(view)));
  const scope = new Map<string, Seen>(given.map((name) => [name, undefined]));
  for (const name of names)
    scope.set(
      name,
      views.map((view) => memberOf(view, name)),
    );
  const reader = new Reader();
  reader.read(root, scope);
  return reader.found;
}
