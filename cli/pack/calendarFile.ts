import { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency, ICalCalendar } from 'ical-generator';
import type { PlannedOrder } from '../../config/planFromText.js';
import { addDays, formatDay, type Day } from '../../rules/calendar/day.js';
import { anchorNames, anchorTitles } from '../../rules/order/anchorNames.js';
import type { PlannedMilestone } from '../../rules/plan/types.js';
import { holderName } from './about.js';
import { byFirstDay, doneOn, firstDay } from './rows.js';

interface DayEvent {
  /** Milestone id, or `anchor.` and the anchor's name. */
  id: string;
  from: Day;
  /** Last day, inclusive. */
  to: Day;
  summary: string;
  description: string;
  provisional: boolean;
}

/**
 * The anchors and milestones as an iCalendar file (RFC 5545) of events that last whole days.
 *
 * An event's UID is made of ODS code, day of the order and milestone, so that a calendar program that is given a later file
 * moves the event instead of showing it twice. The same plan as of the same day gives the same text.
 */
export function calendarFile(planned: PlannedOrder): string {
  const { order, asOf } = planned;
  const calendar = new ICalCalendar({
    prodId: { company: 'leadtime', product: 'kick-off pack', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    // No name that people wrote: this property is not escaped.
    name: `Migration ${order.practice.odsCode}`,
  });
  const migration = `${order.practice.odsCode}-${order.orderedOn.replaceAll('-', '')}`;
  for (const event of [...anchorEvents(planned), ...milestoneEvents(planned)])
    calendar.createEvent({
      id: `${migration}-${event.id}@leadtime`,
      stamp: startOf(asOf),
      start: startOf(event.from),
      // The day on which an event ends is the first that is no part of it.
      end: startOf(addDays(event.to, 1)),
      allDay: true,
      summary: event.summary,
      description: event.description,
      status: event.provisional ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  return `${calendar.toString().trimEnd()}\r\n`;
}

const startOf = (day: Day): Date => new Date(`${day}T00:00:00Z`);

function anchorEvents({ plan, order }: PlannedOrder): DayEvent[] {
  return anchorNames.flatMap((name) => {
    const { on, status } = plan.anchors[name];
    if (on === undefined) return [];
    const provisional = status === 'provisional';
    const title = `${order.practice.name}: ${anchorTitles[name]}${provisional ? ' (provisional)' : ''}`;
    const description = provisional ? 'This day is not confirmed.' : 'This day is confirmed.';
    return [{ id: `anchor.${name}`, from: on, to: on, summary: title, description, provisional }];
  });
}

function milestoneEvents(planned: PlannedOrder): DayEvent[] {
  const others = planned.plan.milestones.filter(({ kind }) => kind !== 'anchor');
  return byFirstDay(others).flatMap((milestone) => milestoneEvent(milestone, planned));
}

function milestoneEvent(milestone: PlannedMilestone, planned: PlannedOrder): DayEvent[] {
  const [from, { dueOn }] = [firstDay(milestone), milestone];
  if (from === undefined || dueOn === undefined) return [];
  const { id, title, action, holder, provisional } = milestone;
  const done = doneOn(planned, id);
  return [
    {
      id,
      from,
      // One without a day left is shown on its first: a calendar entry cannot end before it begins.
      to: dueOn < from ? from : dueOn,
      summary: `${done === undefined ? '' : 'Done: '}${title}${provisional ? ' (provisional)' : ''}`,
      description: [
        action,
        `Who: ${holderName(planned.order, holder)}`,
        `Practice: ${planned.order.practice.name}`,
        ...(done === undefined ? [] : [`Done on ${formatDay(done)}`]),
      ].join('\n'),
      provisional,
    },
  ];
}
