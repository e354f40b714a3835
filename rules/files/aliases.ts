import { isAlias, visit, type Document, type LineCounter } from 'yaml';
import type { FileProblem } from './problem.js';

/** The aliases (`*name`) of a text that stand for nothing, because no `&name` comes before them. */
export function strayAliases(
  document: Document,
  lines: LineCounter,
): Pick<FileProblem, 'line' | 'column' | 'what' | 'fix'>[] {
  const known = new Set<string>();
  const stray: { name: string; at: number }[] = [];
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node)) {
        if (!known.has(node.source)) stray.push({ name: node.source, at: node.range?.[0] ?? 0 });
      } else if (node.anchor !== undefined) known.add(node.anchor);
    },
  });
  return stray.map(({ name, at }) => {
    const { line, col } = lines.linePos(at);
    return {
      line,
      column: col,
      what: `nothing before this is called &${name}`,
      fix: `write out what *${name} stands for`,
    };
  });
}
