/** Whether everything can still be started in time, what decides it, and the earliest days that would do. */
import { formatDay, type Day } from '../calendar/day.js';
import { describeLength } from '../calendar/wording.js';
import type { AnchorName } from '../order/anchorNames.js';
import { anchorTitles } from '../order/anchorNames.js';
import type { Order } from '../order/schema.js';
import { settledIds } from './alreadyDone.js';
import { checkBlackouts } from './checkBlackouts.js';
import { criticalChains, type CriticalChain } from './criticalChain.js';
import { anchorPath } from './dating.js';
import { earliestAnchorDay } from './earliest.js';
import { feasibleDays, productionAnchors, type FeasibleDay } from './feasibleDays.js';
import { latestStarts, type Judged } from './latestStarts.js';
import { overdue } from './overdue.js';
import type { PlannedMilestone, Problem } from './types.js';
import { calendarFor } from './workingTime.js';

/** A latest start that has passed. */
export interface PassedStart {
  milestoneId: string;
  title: string;
  anchor: AnchorName;
  latestStart: Day;
  lateWorkingDays: number;
  /** Earliest day of its anchor that would work for it alone; absent where the calendar knows none. */
  earliestAnchorDay?: Day;
}

/** The answer to "do these days hold, and which would?". */
export interface Feasibility {
  asOf: Day;
  /** No latest start has passed. */
  holds: boolean;
  passed: PassedStart[];
  chains: CriticalChain[];
  earliest: FeasibleDay[];
  /** What was taken for granted, in plain words. */
  assumptions: string[];
}

/** @returns undefined where `asOf` is a day that the calendar does not know */
export function judgeFeasibility(judged: Judged): Feasibility | undefined {
  if (!isKnown(judged)) return undefined;
  const starts = latestStarts(judged, settledIds(judged.order, judged.milestones));
  const passed = passedOf(starts, judged);
  return {
    asOf: judged.asOf,
    holds: passed.length === 0,
    passed,
    chains: criticalChains(judged),
    earliest: feasibleDays(judged),
    assumptions: starts.some((start) => isUndecided(start, judged.order)) ? [undecided] : [],
  };
}

/**
 * The earliest days that work together, as of `asOf`; see `feasibleDays`.
 *
 * @returns without those that have happened, and those for which the calendar knows no such day
 */
export function earliestFeasible(judged: Judged): Partial<Record<AnchorName, Day>> {
  if (!isKnown(judged)) return {};
  return Object.fromEntries(
    feasibleDays(judged).flatMap(({ anchor, day }) => (day === undefined ? [] : [[anchor, day]])),
  );
}

/**
 * A risk for each latest start that has passed, and one that names the earliest feasible days (rules.md, E.14); warnings for
 * anchors in a blackout and for what else should be done by now.
 */
export function checkFeasibility(judged: Judged): Problem[] {
  if (!isKnown(judged)) return [dayUnknown(judged)];
  const settled = settledIds(judged.order, judged.milestones);
  const starts = latestStarts(judged, settled);
  const passed = passedOf(starts, judged);
  const warnings = [
    ...checkBlackouts(judged.order, judged.workingTime, judged.asOf),
    ...overdue(judged, settled, starts),
  ];
  if (passed.length === 0) return [...unusedAcceptance(judged.order), ...warnings];
  const accepted = acceptance(judged.order);
  const undecidedIds = new Set(starts.filter((start) => isUndecided(start, judged.order)).map(({ id }) => id));
  const risks = [
    ...passed.map((each) => passedRisk(each, undecidedIds.has(each.milestoneId) ? ` (${undecided})` : '')),
    summary(judged),
  ];
  return [...risks.map((risk) => ({ ...risk, message: `${risk.message}${accepted}` })), ...warnings];
}

function isKnown({ asOf, workingTime: { from, horizon } }: Judged): boolean {
  return asOf >= from && asOf <= horizon;
}

function dayUnknown({ asOf, workingTime: { from, horizon } }: Judged): Problem {
  const message = `as of ${asOf} nothing can be said: the bank holidays are known from ${from} to ${horizon}; use a day within`;
  return { severity: 'error', code: 'outside-calendar', message };
}

const undecided = 'nobody has decided yet whether a reconciliation is needed, so it is counted as needed';

const isUndecided = ({ restsOn }: PlannedMilestone, { decisions }: Order): boolean =>
  restsOn === 'reconciliation' && decisions.reconciliation === undefined;

function acceptance({ acceptRisk }: Order): string {
  return acceptRisk === undefined ? '' : ` (risk accepted by ${acceptRisk.by}: ${acceptRisk.reason})`;
}

function passedOf(starts: readonly PlannedMilestone[], { asOf, workingTime }: Judged): PassedStart[] {
  return starts.flatMap(({ id, title, dueOn, anchor, steps }) => {
    if (dueOn === undefined || dueOn >= asOf) return [];
    const earliest = earliestAnchorDay(steps, asOf, workingTime, anchor);
    return {
      milestoneId: id,
      title,
      anchor,
      latestStart: dueOn,
      lateWorkingDays: calendarFor(workingTime).workingDaysBetween(dueOn, asOf),
      ...(earliest !== undefined && { earliestAnchorDay: earliest }),
    };
  });
}

function passedRisk(passed: PassedStart, remark: string): Problem {
  const { milestoneId, title, anchor, latestStart, lateWorkingDays, earliestAnchorDay: earliest } = passed;
  const way =
    earliest === undefined
      ? `no ${anchorTitles[anchor]} that the calendar knows would still work`
      : `the earliest ${anchorTitles[anchor]} that would still work for it is ${formatDay(earliest)}`;
  const ago = describeLength({ amount: lateWorkingDays, unit: 'workingDays' });
  const message = `"${title}": the latest day to start was ${formatDay(latestStart)}, ${ago} ago; ${way}${remark}`;
  return { severity: 'risk', code: 'latest-start-passed', message, path: anchorPath(anchor), milestoneId };
}

/** The earliest Initial data production day, and the days after it that have to move with it. */
function summary(judged: Judged): Problem {
  const days = feasibleDays(judged);
  const mustMove = ({ day, planned }: FeasibleDay): boolean => day !== undefined && day > (planned ?? day);
  const shown = days.filter((each) => each.anchor === productionAnchors[0] || mustMove(each));
  const known = shown.flatMap(({ anchor, day }) =>
    day === undefined ? [] : [`the earliest feasible ${anchorTitles[anchor]} is ${formatDay(day)} (${day})`],
  );
  const impossible = days.filter(({ day }) => day === undefined);
  const unknown = impossible.map(({ anchor }) => `the calendar knows no ${anchorTitles[anchor]} that would still work`);
  const message = `as of ${judged.asOf}, ${[...known, ...unknown].join('; ')}; move the date, or let somebody accept the risk by name with acceptRisk`;
  const first = days.find((each) => mustMove(each) || each.day === undefined);
  const path = anchorPath(first?.anchor ?? productionAnchors[0]);
  return { severity: 'risk', code: 'earliest-feasible-day', message, path };
}

function unusedAcceptance({ acceptRisk }: Order): Problem[] {
  if (acceptRisk === undefined) return [];
  const message = `${acceptRisk.by} accepts a risk, but there is none: everything can still be started in time; take acceptRisk out`;
  return [{ severity: 'warning', code: 'accepted-risk-unused', message, path: ['acceptRisk'] }];
}
