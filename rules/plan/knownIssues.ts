import type { Order } from '../order/schema.js';
import type { RuleSet } from '../ruleset/schema.js';
import { supplierOf } from './planning.js';

/** The known data issues of the order's pair of systems, as one sentence each: what goes wrong, and what to do about it. */
export function knownIssuesOf(order: Order, { knownIssues }: RuleSet): string[] {
  const [source, target] = [supplierOf(order, 'sourceSupplier'), supplierOf(order, 'targetSupplier')];
  const isFor = (wanted: string, system: string | undefined) => wanted === 'any' || wanted === system;
  return knownIssues
    .filter(({ from, to }) => isFor(from, source?.system) && isFor(to, target?.system))
    .map(({ issue, advice }) => `${issue} ${advice}`);
}
