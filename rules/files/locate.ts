import { isCollection, isMap, isNode, isPair, isScalar, type Document, type LineCounter } from 'yaml';
import type { Path, Position } from './problem.js';

/** Answers where in the text a path is. */
export type Locate = (path: Path) => Position;

/** The position of a field, or of the nearest field around it that the text has. A key counts, not its value. */
export function locator(document: Document, lines: LineCounter): Locate {
  return (path) => {
    const { line, col } = lines.linePos(offsetOf(document, path));
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
}

function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const key of path) {
    const found = childOf(node, key);
    if (found === undefined) return offset;
    node = found.value;
    offset = found.offset ?? offset;
  }
  return offset;
}

interface Child {
  offset: number | undefined;
  value: unknown;
}

function childOf(node: unknown, key: PropertyKey): Child | undefined {
  if (isMap(node)) {
    const pair = node.items.find((item) => isPair(item) && nameOf(item.key) === String(key));
    return pair === undefined ? undefined : { offset: startOf(pair.key), value: pair.value };
  }
  if (!isCollection(node)) return undefined;
  const value: unknown = node.items[Number(key)];
  return value === undefined ? undefined : { offset: startOf(value), value };
}

const nameOf = (key: unknown): string => String(isScalar(key) ? key.value : key);

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
