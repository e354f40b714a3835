/** Whoever was told of a day hears when it moves. */
import { behaves } from '../plan/behaviour.js';
import type { PlannedMilestone } from '../plan/types.js';
import { withPending } from './edit.js';
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

/**
 * Tells the holders of open milestones that were told of before. All that moves at once is one mail to a person.
 *
 * @param state with the new plan
 */
export function tellMoved(state: MigrationState, moves: readonly Moved[]): MigrationState {
  if (!behaves(state.plan, 'dateMoved')) return state;
  return moves
    .filter((move) => hasMoved(move) && isOpen(state, move.after.id) && wasTold(state, move.before))
    .reduce((next, { before, after }) => {
      const rungId = `moved-v${state.plan.dateVersion}-${after.revision ?? 0}`;
      // Of a period whose last day stays, the first has moved.
      const was = before.dueOn === after.dueOn ? before.opensOn : before.dueOn;
      const movedFrom = was === undefined ? {} : { movedFrom: was };
      const notice = { kind: 'dateMoved', audience: audienceOf(after), milestoneId: after.id, rungId } as const;
      return withPending(next, { ...notice, ...movedFrom });
    }, state);
}
