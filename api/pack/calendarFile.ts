import { calendarFileOf } from '../../config/calendarFile.js';
import type { PlannedOrder } from '../../config/planFromText.js';
import { dayNumber, formatDay, type Day } from '../../rules/calendar/day.js';
import { entryDays, type CalendarEntry } from '../../rules/calendarEntries/entry.js';
import { anchorNames, anchorTitles } from '../../rules/order/anchorNames.js';
import type { PlannedMilestone } from '../../rules/plan/types.js';
import { holderName } from './about.js';
import { byFirstDay, doneOn } from './rows.js';

interface DayEvent {
  /** Milestone id, or `anchor.` and the anchor's name. */
  id: string;
  from: Day;
  /** Last day, inclusive. */
  to: Day;
  summary: string;
  description: string[];
  provisional: boolean;
}

/**
 * The anchors and milestones as an iCalendar file (RFC 5545) of events that last whole days.
 *
 * An event's UID is made of ODS code, day of the order and milestone, so that a calendar program that is given a later file
 * moves the event instead of showing it twice. The same plan as of the same day gives the same text.
 */
export function calendarFile(planned: PlannedOrder): string {
  const { order } = planned;
  const events = [...anchorEvents(planned), ...milestoneEvents(planned)];
  return calendarFileOf({
    name: `Migration ${order.practice.odsCode}`,
    entries: events.map((event) => entryOf(event, planned)),
  });
}

/** The file has no history: a later one is the newer version of every event. */
function entryOf({ id, provisional, ...event }: DayEvent, { order, asOf }: PlannedOrder): CalendarEntry {
  const { orderedOn, practice } = order;
  return {
    ...event,
    uid: `${practice.odsCode}-${orderedOn.replaceAll('-', '')}-${id}@leadtime`,
    sequence: Math.max(0, dayNumber(asOf) - dayNumber(orderedOn)),
    status: provisional ? 'tentative' : 'confirmed',
    changedAtMs: Date.parse(`${asOf}T00:00:00Z`),
  };
}

function anchorEvents({ plan, order }: PlannedOrder): DayEvent[] {
  return anchorNames.flatMap((name) => {
    const { on, status } = plan.anchors[name];
    if (on === undefined) return [];
    const provisional = status === 'provisional';
    const title = `${order.practice.name}: ${anchorTitles[name]}${provisional ? ' (provisional)' : ''}`;
    const description = [provisional ? 'This day is not confirmed.' : 'This day is confirmed.'];
    return [{ id: `anchor.${name}`, from: on, to: on, summary: title, description, provisional }];
  });
}

function milestoneEvents(planned: PlannedOrder): DayEvent[] {
  const others = planned.plan.milestones.filter(({ kind }) => kind !== 'anchor');
  return byFirstDay(others).flatMap((milestone) => milestoneEvent(milestone, planned));
}

function milestoneEvent(milestone: PlannedMilestone, planned: PlannedOrder): DayEvent[] {
  const { id, title, action, holder, provisional, opensOn, dueOn } = milestone;
  const days = entryDays({ milestoneId: id, opensOn, dueOn });
  if (days === undefined) return [];
  const done = doneOn(planned, id);
  return [
    {
      id,
      ...days,
      summary: `${done === undefined ? '' : 'Done: '}${title}${provisional ? ' (provisional)' : ''}`,
      description: [
        action,
        `Who: ${holderName(planned.order, holder)}`,
        `Practice: ${planned.order.practice.name}`,
        ...(done === undefined ? [] : [`Done on ${formatDay(done)}`]),
      ],
      provisional,
    },
  ];
}
