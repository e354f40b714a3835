/** Moving days of a migration that runs: what is asked for, and which days it moves. */
import type { Day } from '../../calendar/day.js';
import { anchorNames, type AnchorName } from '../../order/anchorNames.js';
import type { Order } from '../../order/schema.js';
import type { Plan, PlannedAnchor } from '../../plan/types.js';

/** The day of the order is past and stays. */
export type MovableAnchor = Exclude<AnchorName, 'order'>;

export const movableAnchors = anchorNames.filter((name) => name !== 'order');

/** A day that moves, or that is set for the first time. */
export interface AnchorMove {
  anchor: MovableAnchor;
  to: Day;
  /** Everybody has agreed to the new day already. A confirmation of the day before counts for nothing. */
  confirmed: boolean;
}

/** A move as somebody asks for it. Whoever does not say whether it is confirmed leaves a day that stays as it stands. */
export type AskedMove = Omit<AnchorMove, 'confirmed'> & Partial<Pick<AnchorMove, 'confirmed'>>;

/** An order that takes the place of the one that a migration was started with. Its days and what it says is done do not count. */
export interface AmendedOrder {
  order: Order;
  /** What is different, by fields and ids: `parties.eps.noticePeriod`. Never what people wrote. */
  changes: string[];
  /** Milestones of items that the order before had and this one has not. */
  droppedItems: string[];
}

/**
 * A move with the plan that was made for it, against one version of the days: a migration never plans by itself (ADR 1), so the
 * plan travels with the move, and is refused where the days have moved meanwhile.
 */
export interface Redate {
  /** The version that it was previewed against, see `redateVersion`. */
  version: string;
  moves: AnchorMove[];
  /** Made for the new days from the order as it stands; what was added on the way is put into it when it is taken. */
  plan: Plan;
  by: string;
  reason: string;
  /** No day need move: the plan is made with the rules and the calendar that are in use now. */
  adopts?: true;
  /** No day need move: the order itself is another. */
  amended?: AmendedOrder;
  /** The migration is on hold, and goes on with these days. */
  resumes?: true;
  /** By name: `by` takes on the risks of the plan. */
  acceptRisks: boolean;
}

type Anchors = Plan['anchors'];

/** The anchors once moves have been made. One that does not move keeps its confirmation. */
export function anchorsAfter(anchors: Anchors, moves: readonly AnchorMove[]): Anchors {
  const moved = moves.map(({ anchor, to, confirmed }): [string, PlannedAnchor] => [
    anchor,
    { on: to, status: confirmed ? 'confirmed' : 'provisional' },
  ]);
  return { ...anchors, ...Object.fromEntries(moved) };
}

/** The move that is meant: a new day is provisional unless somebody says otherwise, and one that stays keeps its confirmation. */
export function meantMove(anchors: Anchors, { anchor, to, confirmed }: AskedMove): AnchorMove {
  const { on, status } = anchors[anchor];
  return { anchor, to, confirmed: confirmed ?? (on === to && status === 'confirmed') };
}

/** Anchors that had a day and have another; one that had none is not among them: nobody was told of any. */
export function movedAnchors(before: Anchors, after: Anchors): ReadonlySet<AnchorName> {
  return new Set(anchorNames.filter((name) => before[name].on !== undefined && before[name].on !== after[name].on));
}
