import type { Order } from '../../order/schema.js';
import { todayOf } from '../lookup.js';
import type { MigrationState } from '../state.js';
import { judgeMoves } from './judge.js';
import { orderNow } from './orderNow.js';
import type { Replanning } from './preview.js';
import type { AnchorMove, Redate } from './redate.js';
import { redateVersion } from './version.js';

/** What somebody says who moves days. */
export type Said = Pick<Redate, 'by' | 'reason' | 'acceptRisks'>;

/** How a migration is planned anew: from what it was started with. */
export interface Replanned {
  order: Order;
  replanning: Replanning;
}

/**
 * A move against the migration as it is, with its plan. Moves that cannot be have none: they carry the plan that there is, and are
 * refused. A migration on hold goes on with them.
 */
export function plannedMove(
  state: MigrationState,
  moves: readonly AnchorMove[],
  said: Said,
  { order, replanning }: Replanned,
  nowMs: number,
): Redate {
  const today = todayOf(state, nowMs);
  const resumes = state.hold !== undefined;
  const isPossible = judgeMoves(state, moves, nowMs, resumes) === undefined;
  const plan = isPossible ? replanning.planOf(orderNow(state, order, moves, today), today) : state.plan;
  return { ...said, version: redateVersion(state), moves: [...moves], plan, ...(resumes && { resumes }) };
}
