/** Whether everything can still be started in time, and the earliest days that would do. */
import { addDays, formatDay, type Day } from '../calendar/day.js';
import { describeLength } from '../calendar/wording.js';
import type { Order } from '../order/schema.js';
import type { AnchorName } from '../order/anchorNames.js';
import { settledIds } from './alreadyDone.js';
import { anchorTitles } from '../order/anchorNames.js';
import { anchorPath } from './dating.js';
import { earliestAnchorDay } from './earliest.js';
import type { PlannedMilestone, Problem, WorkingTime } from './types.js';
import { calendarFor } from './workingTime.js';

interface Judged {
  order: Order;
  milestones: readonly PlannedMilestone[];
  workingTime: WorkingTime;
  /** The day from which "already passed" is judged. */
  asOf: Day;
}

/** Hops by which the notice of an extract is given; what comes after is the supplier's to keep, and chased. */
const noticeHops: readonly string[] = ['asked', 'formAtPractice', 'formReturned', 'formReceived'];

/**
 * The latest starts that are still to come: of each handshake its first open hop until the notice is given, the practice's
 * authorisation, and every notice.
 *
 * Those of an anchor that has already happened are no longer of use.
 */
function latestStarts({ order, milestones }: Judged): PlannedMilestone[] {
  const settled = settledIds(order, milestones);
  const open = milestones.filter(({ id, anchor }) => !settled.has(id) && !settled.has(`anchor.${anchor}`));
  const firstHops = open.filter(({ hop, waitsFor, steps }) => {
    const isFirst = !open.some(({ id, hop: other }) => other !== undefined && waitsFor.includes(id));
    return hop !== undefined && noticeHops.includes(hop.name) && isFirst && steps.length > 0;
  });
  const authorised = open.filter(({ id, steps }) => id === 'authorise-extracts' && steps.length > 0);
  const notices = open.filter(({ kind, steps }) => kind === 'notice' && steps.length > 0);
  return [...authorised, ...firstHops, ...notices];
}

/** Kinds whose day goes by without anybody owing anything. */
const owesNothing: readonly string[] = ['anchor', 'expiry', 'period'];

/** Everything else that should be done by now: a migration taken over late begins with these. */
function overdue(judged: Judged): Problem[] {
  const { order, milestones, asOf, workingTime } = judged;
  const settled = settledIds(order, milestones);
  const starts = new Set(latestStarts(judged).map(({ id }) => id));
  return milestones.flatMap(({ id, kind, title, dueOn, anchor, waitsFor }) => {
    const isOpen =
      !settled.has(id) && !settled.has(`anchor.${anchor}`) && waitsFor.every((other) => settled.has(other));
    if (!isOpen || starts.has(id) || owesNothing.includes(kind) || dueOn === undefined || dueOn >= asOf) return [];
    const late = describeLength({
      amount: calendarFor(workingTime).workingDaysBetween(dueOn, asOf),
      unit: 'workingDays',
    });
    const message = `"${title}" was due on ${formatDay(dueOn)}, ${late} ago; have it done, or list it under alreadyDone`;
    return [{ severity: 'warning', code: 'due-day-passed', message, path: anchorPath(anchor), milestoneId: id }];
  });
}

/**
 * The earliest day of each production day on which everything still open could be started in time, as of `asOf`.
 *
 * @returns without the anchors that nothing open counts back from, and those for which the calendar knows no such day
 */
export function earliestFeasible(judged: Judged): Partial<Record<AnchorName, Day>> {
  const found: Partial<Record<AnchorName, Day>> = {};
  if (!isKnown(judged)) return found;
  const impossible = new Set<AnchorName>();
  for (const { anchor, steps } of latestStarts(judged)) {
    const day = steps.length === 0 ? undefined : earliestAnchorDay(steps, judged.asOf, judged.workingTime);
    if (day === undefined) impossible.add(anchor);
    else if (day > (found[anchor] ?? '')) found[anchor] = day;
  }
  for (const anchor of impossible) Reflect.deleteProperty(found, anchor);
  return found;
}

/** A risk for each latest start that has passed, and one that names the earliest feasible days (rules.md, E.14). */
export function checkFeasibility(judged: Judged): Problem[] {
  if (!isKnown(judged)) return [dayUnknown(judged)];
  const late = latestStarts(judged).filter(({ dueOn }) => dueOn !== undefined && dueOn < judged.asOf);
  if (late.length === 0) return [...unusedAcceptance(judged.order), ...overdue(judged)];
  const accepted = acceptance(judged.order);
  const risks = [...late.map((milestone) => passed(milestone, judged)), summary(judged)];
  return [...risks.map((risk) => ({ ...risk, message: `${risk.message}${accepted}` })), ...overdue(judged)];
}

function isKnown({ asOf, workingTime: { from, horizon } }: Judged): boolean {
  return asOf >= from && asOf <= horizon;
}

function dayUnknown({ asOf, workingTime: { from, horizon } }: Judged): Problem {
  const message = `as of ${asOf} nothing can be said: the bank holidays are known from ${from} to ${horizon}; use a day within`;
  return { severity: 'error', code: 'outside-calendar', message };
}

function acceptance({ acceptRisk }: Order): string {
  return acceptRisk === undefined ? '' : ` (risk accepted by ${acceptRisk.by}: ${acceptRisk.reason})`;
}

function passed({ id, title, dueOn, anchor, steps }: PlannedMilestone, { asOf, workingTime }: Judged): Problem {
  const late = calendarFor(workingTime).workingDaysBetween(dueOn ?? asOf, asOf);
  const earliest = earliestAnchorDay(steps, asOf, workingTime);
  const way =
    earliest === undefined
      ? `no ${anchorTitles[anchor]} that the calendar knows would still work`
      : `the earliest ${anchorTitles[anchor]} that would still work for it is ${formatDay(earliest)}`;
  const message = `"${title}": the latest day to start was ${formatDay(dueOn ?? asOf)}, ${describeLength({ amount: late, unit: 'workingDays' })} ago; ${way}`;
  return { severity: 'risk', code: 'latest-start-passed', message, path: anchorPath(anchor), milestoneId: id };
}

/** The earliest Initial data production day, and the days after it that have to move with it. */
function summary(judged: Judged): Problem {
  const days = feasibleDays(judged);
  const [first] = days.filter(({ mustMove }) => mustMove);
  const known = days.map(
    ({ anchor, day }) => `the earliest feasible ${anchorTitles[anchor]} is ${formatDay(day)} (${day})`,
  );
  const answer = known.length > 0 ? known.join('; ') : 'the calendar knows no day that would still work';
  const message = `as of ${judged.asOf}, ${answer}; move the date, or let somebody accept the risk by name with acceptRisk`;
  const path = anchorPath(first?.anchor ?? 'initialDataProduction');
  return { severity: 'risk', code: 'earliest-feasible-day', message, path };
}

/**
 * Days that work together: each the earliest by itself, and after the one before it. Where one has to move past the next, the
 * next moves to the first working day after it.
 */
function feasibleDays(judged: Judged) {
  const earliest = earliestFeasible(judged);
  const calendar = calendarFor(judged.workingTime);
  let before: Day | undefined;
  return (['initialDataProduction', 'finalDataProduction', 'goLive'] as const).flatMap((anchor) => {
    const planned = judged.order.anchors[anchor]?.on;
    const alone = earliest[anchor];
    const kept = alone !== undefined && alone > (planned ?? '') ? alone : planned;
    const isOvertaken = before !== undefined && kept !== undefined && kept <= before;
    const day = isOvertaken ? calendar.rollAfter(addDays(before ?? kept, 1)) : kept;
    before = day ?? before;
    const mustMove = day !== undefined && day > (planned ?? day);
    const shown = mustMove ? day : anchor === 'initialDataProduction' ? alone : undefined;
    return shown === undefined ? [] : [{ anchor, day: shown, mustMove }];
  });
}

function unusedAcceptance({ acceptRisk }: Order): Problem[] {
  if (acceptRisk === undefined) return [];
  const message = `${acceptRisk.by} accepts a risk, but there is none: everything can still be started in time; take acceptRisk out`;
  return [{ severity: 'warning', code: 'accepted-risk-unused', message, path: ['acceptRisk'] }];
}
