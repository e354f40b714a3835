import type { SendingClock } from '../calendar/clock.js';
import { createSendingClock } from '../calendar/clockFromZone.js';
import type { CalendarData } from '../calendar/data.js';
import type { Order } from '../order/schema.js';
import type { RuleSet } from '../ruleset/schema.js';
import { blackoutsOf } from './blackouts.js';
import { minuteOfTime, sendingMinute } from './spread.js';
import type { WorkingTime } from './types.js';

/**
 * What later day arithmetic of a migration needs, taken from the calendar and the time zone once and for all.
 *
 * A closure that ends before it starts is an error of the order, found elsewhere, and left out here.
 */
export function recordWorkingTime(order: Order, ruleSet: RuleSet, calendar: CalendarData): WorkingTime {
  const { division, odsCode } = order.practice;
  const { from, horizon } = calendar;
  const blackouts = blackoutsOf(order, ruleSet);
  const sendAtMinute = sendingMinute(odsCode, ruleSet.sendAt, ruleSet.spreadMinutes);
  return {
    division,
    calendarVersion: calendar.version,
    from,
    horizon,
    holidays: calendar.divisions[division],
    closures: order.closures.filter((closure) => closure.from <= closure.to),
    ...(blackouts.length > 0 && { blackouts }),
    clock: { ...clockOf(calendar), minuteOfDay: sendAtMinute },
    sendAtMinute,
    workUntilMinute: minuteOfTime(ruleSet.workUntil),
  };
}

const clocks = new WeakMap<CalendarData, SendingClock>();

/** Looking through ten years of clock changes takes longer than all the rest of a plan, so it is done once a calendar. */
function clockOf(calendar: CalendarData): SendingClock {
  const { from, horizon } = calendar;
  const clock = clocks.get(calendar) ?? createSendingClock({ fromDay: from, toDay: horizon, minuteOfDay: 0 });
  clocks.set(calendar, clock);
  return clock;
}
