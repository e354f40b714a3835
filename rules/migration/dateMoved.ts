/** Whoever was told of a day hears when it moves. */
import { behaves } from '../plan/behaviour.js';
import type { PlannedMilestone } from '../plan/types.js';
import { withoutPending, withPending } from './edit.js';
import { isOpen, milestoneState } from './lookup.js';
import type { MigrationState, PendingNotice } from './state.js';

/** A milestone as it was planned before, and as it is now. */
export interface Moved {
  before: PlannedMilestone;
  after: PlannedMilestone;
}

const hasMoved = ({ before, after }: Moved): boolean =>
  before.dueOn !== after.dueOn || before.opensOn !== after.opensOn;

/** Something about it has gone out. */
const wasTold = (state: MigrationState, { id, ladder }: PlannedMilestone): boolean =>
  ladder.some((rung) => milestoneState(state, id).rungs[rung.id] === 'sent');

const audienceOf = ({ holder }: PlannedMilestone): PendingNotice['audience'] =>
  holder === 'practice' ? 'practice' : holder === 'csu' ? 'operator' : 'party';

/** Word of an earlier move of the same thing that has not gone out yet. */
const unsent = ({ pending, plan }: MigrationState, { id }: PlannedMilestone): PendingNotice | undefined =>
  behaves(plan, 'movesOnce')
    ? pending.find(({ kind, milestoneId }) => kind === 'dateMoved' && milestoneId === id)
    : undefined;

function tellOne(state: MigrationState, { before, after }: Moved, news: string | undefined): MigrationState {
  const earlier = unsent(state, after);
  const rungId = `moved-v${state.plan.dateVersion}-${after.revision ?? 0}`;
  // Of a period whose last day stays, the first has moved.
  const isLast = before.dueOn !== after.dueOn;
  const was = earlier?.movedFrom ?? (isLast ? before.dueOn : before.opensOn);
  const is = isLast ? after.dueOn : after.opensOn;
  const current = withoutPending(state, (notice) => notice === earlier);
  if (earlier !== undefined && was === is) return current;
  const notice = { kind: 'dateMoved', audience: audienceOf(after), milestoneId: after.id, rungId } as const;
  return withPending(current, { ...notice, ...(was && { movedFrom: was }), ...(news !== undefined && { news }) });
}

/**
 * Tells the holders of open milestones that were told of before. All that moves at once is one mail to a person, and what moves
 * again before anybody has heard of it has moved once; what has come back has not moved at all.
 *
 * @param state with the new plan
 * @param news why, one sentence
 */
export function tellMoved(state: MigrationState, moves: readonly Moved[], news?: string): MigrationState {
  if (!behaves(state.plan, 'dateMoved')) return state;
  return moves
    .filter((move) => hasMoved(move) && isOpen(state, move.after.id) && wasTold(state, move.before))
    .reduce((next, move) => tellOne(next, move, news), state);
}
