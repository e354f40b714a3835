/** What an item of a mail says of its calendar entry. */
import { milestoneState } from '../migration/lookup.js';
import type { MessageItem } from '../migration/messages.js';
import type { MigrationState } from '../migration/state.js';
import type { PlannedMilestone } from '../plan/types.js';
import { entryDays, isTakenBack } from './entry.js';
import { calendarSequence } from './marks.js';

export type CalendarOfItem = Pick<MessageItem, 'calendarSequence' | 'calendarFrom' | 'calendarCancelled'>;

/** Nothing for a milestone without a day. */
export function calendarOfItem(state: MigrationState, milestone: PlannedMilestone): CalendarOfItem {
  const { id, opensOn, dueOn } = milestone;
  const days = entryDays({ milestoneId: id, opensOn, dueOn });
  if (days === undefined) return {};
  const isOff = state.status === 'cancelled' || isTakenBack(milestoneState(state, id).status);
  return {
    calendarSequence: calendarSequence(state, milestone),
    ...(days.from !== dueOn && { calendarFrom: days.from }),
    ...(isOff && { calendarCancelled: true as const }),
  };
}

/**
 * The milestones with a day still to come that somebody has been told of by a reminder, a request or an escalation.
 *
 * @param role as rungs name whom they go to
 */
export function toldOf(
  state: MigrationState,
  role: PlannedMilestone['ladder'][number]['to'],
  today: string,
): PlannedMilestone[] {
  return state.plan.milestones.filter(({ id, dueOn, ladder }) => {
    const { rungs } = milestoneState(state, id);
    const wasTold = ladder.some((rung) => rung.to === role && rungs[rung.id] === 'sent');
    return wasTold && dueOn !== undefined && dueOn >= today;
  });
}
