import type { Order } from '../order/schema.js';
import type { Problem } from './types.js';

/**
 * The problems for which a migration must not start: every error, and every risk that the order does not accept by name.
 *
 * Empty where it can start.
 */
export function refusals(problems: readonly Problem[], { acceptRisk }: Pick<Order, 'acceptRisk'>): Problem[] {
  return problems.filter(({ severity }) => severity === 'error' || (severity === 'risk' && acceptRisk === undefined));
}
