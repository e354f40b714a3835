/** Templates as the engine reads them: which words they say where, and which blocks they have. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import nunjucks from 'nunjucks';

declare module 'nunjucks' {
  /** Not in the published types. Lines are counted from 0. @throws where the template is not well formed */
  export const parser: { parse(text: string): unknown };
}

/** A part of a template: what it is made of lies under names of its own, alone or in lists. */
export interface TemplateNode {
  readonly typename: string;
  readonly lineno?: number;
  readonly [part: string]: unknown;
}

export interface Template {
  /** `notice.njk` */
  file: string;
  root: TemplateNode;
}

export const isNode = (value: unknown): value is TemplateNode =>
  typeof value === 'object' && value !== null && 'typename' in value && typeof value.typename === 'string';

/** From 1. */
export const lineOf = ({ lineno }: TemplateNode): number => (lineno ?? 0) + 1;

/** What a part is made of, in the order in which it is written. */
export const partsOf = (node: TemplateNode): TemplateNode[] =>
  Object.values(node).flatMap((value) => (Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []));

/** The text under a name of a node: of a symbol, a literal. */
export const wordOf = (node: unknown): string | undefined =>
  isNode(node) && typeof node['value'] === 'string' ? node['value'] : undefined;

function contentOf(file: string, folders: readonly string[]): string | undefined {
  for (const folder of folders) {
    try {
      return readFileSync(path.join(folder, file), 'utf8');
    } catch {
      // The next folder may have it.
    }
  }
  return undefined;
}

/** The template as it counts: of the first folder that has it. Undefined where none has, or where it is not well formed. */
export function templateIn(folders: readonly string[], file: string): Template | undefined {
  const text = contentOf(file, folders);
  if (text === undefined) return undefined;
  try {
    const root = nunjucks.parser.parse(text);
    return isNode(root) ? { file, root } : undefined;
  } catch {
    // Rendering it says where and why.
    return undefined;
  }
}

const all = (node: TemplateNode): TemplateNode[] => [node, ...partsOf(node).flatMap(all)];

const extendsOf = ({ root }: Template): TemplateNode | undefined =>
  all(root).find(({ typename }) => typename === 'Extends');

/** What a template extends by name; undefined where that is the layout, or nothing. */
const parentOf = (template: Template): string | undefined => {
  const parent = extendsOf(template)?.['template'];
  return isNode(parent) && parent.typename === 'Literal' ? wordOf(parent) : undefined;
};

/** The template and those that it extends, itself first; without the layout. */
export function lineageOf(folders: readonly string[], file: string): Template[] {
  const lineage: Template[] = [];
  for (let next: string | undefined = file; next !== undefined;) {
    const template = templateIn(folders, next);
    if (template === undefined || lineage.some((known) => known.file === template.file)) break;
    lineage.push(template);
    next = parentOf(template);
  }
  return lineage;
}

export const hasLayout = (lineage: readonly Template[]): boolean =>
  lineage.some((template) => {
    const parent = extendsOf(template)?.['template'];
    return isNode(parent) && parent.typename === 'Symbol' && wordOf(parent) === 'layout';
  });

/** Where a block that counts begins. */
export function blockIn(lineage: readonly Template[], name: string): { file: string; line: number } | undefined {
  for (const { file, root } of lineage) {
    const block = all(root).find((node) => node.typename === 'Block' && wordOf(node['name']) === name);
    if (block !== undefined) return { file, line: lineOf(block) };
  }
  return undefined;
}
