/** A plan for a migration that runs, made outside of it. */
import type { Day } from '../../calendar/day.js';
import type { Order } from '../../order/schema.js';
import type { Plan } from '../../plan/types.js';
import { isOpen, todayOf } from '../lookup.js';
import type { MigrationState } from '../state.js';
import { withOrder } from './amend.js';
import { judgeMoves } from './judge.js';
import { orderNow } from './orderNow.js';
import type { Replanning } from './preview.js';
import { movableAnchors, type AmendedOrder, type AnchorMove, type MovableAnchor, type Redate } from './redate.js';
import { redateVersion } from './version.js';

/** What somebody says who moves days. */
export type Said = Pick<Redate, 'by' | 'reason' | 'acceptRisks'>;

/** How a migration is planned anew: from what it was started with, or was amended to. */
export interface Replanned {
  order: Order;
  replanning: Replanning;
}

/** What is to be planned: days that move, or another order. */
interface Asked {
  moves: readonly AnchorMove[];
  amended?: AmendedOrder;
}

/** The order that the plan for some days is made from. @param others anchors that count as moved, too */
export function orderFor(
  state: MigrationState,
  order: Order,
  { moves, amended }: Asked,
  today: Day,
  others: readonly MovableAnchor[] = [],
): Order {
  const amending = withOrder(state, amended === undefined ? {} : { amended });
  return orderNow(amending, amended?.order ?? order, moves, today, others);
}

/** The same, as if every day that is still to come moved: what was asked for it would have to be asked anew. */
export function orderIfAllMove(state: MigrationState, order: Order, asked: Asked, today: Day): Order {
  const coming = movableAnchors.filter((name) => isOpen(state, `anchor.${name}`));
  return orderFor(state, order, asked, today, coming);
}

/** What is done of what the plan knows no more is nothing to it. */
export function planFor(order: Order, { planOf }: Replanning, today: Day): Plan {
  const known = new Set(planOf({ ...order, alreadyDone: [] }, today).milestones.map(({ id }) => id));
  const alreadyDone = order.alreadyDone.filter(({ milestone }) => known.has(milestone));
  return planOf({ ...order, alreadyDone }, today);
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
  const way = state.hold === undefined ? {} : ({ resumes: true } as const);
  const isPossible = judgeMoves(state, moves, nowMs, way) === undefined;
  const plan = isPossible ? planFor(orderFor(state, order, { moves }, today), replanning, today) : state.plan;
  return { ...said, ...way, version: redateVersion(state), moves: [...moves], plan };
}
