/** The shape of a document: its elements and the names of their attributes, in order, without any text. */
import { defaultTreeAdapter, parse, type DefaultTreeAdapterTypes } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;

function shapeOf(node: Node): string[] {
  if (defaultTreeAdapter.isCommentNode(node)) return ['comment'];
  const own = defaultTreeAdapter.isElementNode(node)
    ? [`${node.tagName}[${node.attrs.map(({ name }) => name).join(' ')}]`]
    : [];
  return [...own, ...('childNodes' in node ? node.childNodes.flatMap(shapeOf) : [])];
}

export const htmlShape = (html: string): string[] => shapeOf(parse(html));

/** The values of the attributes that lead somewhere or do something. */
export function htmlTargets(html: string): string[] {
  const targets: string[] = [];
  const visit = (node: Node): void => {
    if (defaultTreeAdapter.isElementNode(node))
      for (const { name, value } of node.attrs)
        if (['href', 'src', 'action', 'formaction', 'srcset'].includes(name)) targets.push(value);
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parse(html));
  return targets;
}
