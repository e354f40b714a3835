/** The earliest days of the anchors that work together, given what is already done. */
import { addDays, dayNumber, type Day } from '../calendar/day.js';
import { anchorNames, type AnchorName } from '../order/anchorNames.js';
import { settledIds } from './alreadyDone.js';
import { freeDay } from './blackouts.js';
import { firstDayInTime } from './earliest.js';
import { constraintsOf, type Constraint, type Judged } from './latestStarts.js';
import { calendarFor } from './workingTime.js';

/** One anchor's earliest day. */
export interface FeasibleDay {
  anchor: AnchorName;
  /** Absent where the calendar knows no day that works. */
  day?: Day;
  /** The day in the order. */
  planned?: Day;
  /** Working days from the planned day to `day`; negative where it could be earlier. */
  laterWorkingDays?: number;
  /**
   * Why not earlier: a latest start or notice already given (then `milestoneId`), the distance to another anchor (then
   * `distance`), or that it cannot be before the day it is judged from.
   */
  because: 'latestStart' | 'noticeGiven' | 'distance' | 'asOf';
  milestoneId?: string;
  distance?: Distance;
}

/** So many days lie at least between two anchors. */
export interface Distance {
  from: AnchorName;
  days: number;
  /** `the order` where both days are planned there. */
  source: string;
  assumed: boolean;
}

/** The days that a migration is about; each takes at least a night. */
export const productionAnchors = ['initialDataProduction', 'finalDataProduction', 'goLive'] as const;

const isProduction = (name: AnchorName): boolean => productionAnchors.some((anchor) => anchor === name);

/**
 * The earliest days that work together: each a working day for everyone and in no blackout, with everything that is open and
 * counts back from it startable on `asOf` or later, and no nearer to the anchors before it than the order plans them, or, where
 * it does not, than they usually are. Each is the earliest there is: no other days that work have any of them earlier.
 *
 * Notice that is given runs from the day on which it was: an earlier day than planned has to leave time for it. For the planned
 * day it is taken as it is.
 *
 * The production days and Go Live, without those that have happened; kick-off and technical survey only where a latest start
 * hangs on them.
 */
export function feasibleDays(judged: Judged): FeasibleDay[] {
  const settled = settledIds(judged.order, judged.milestones);
  const constraints = constraintsOf(judged, settled);
  const movable = anchorNames.filter(
    (name) =>
      !settled.has(`anchor.${name}`) && (isProduction(name) || constraints.some(({ anchor }) => anchor === name)),
  );
  const found = new Map<AnchorName, FeasibleDay>();
  for (const anchor of movable) found.set(anchor, earliestOf(anchor, judged, { constraints, movable, found }));
  return [...found.values()];
}

interface Search {
  constraints: readonly Constraint[];
  movable: readonly AnchorName[];
  /** The anchors before it. */
  found: ReadonlyMap<AnchorName, FeasibleDay>;
}

function earliestOf(anchor: AnchorName, judged: Judged, search: Search): FeasibleDay {
  const bound = latestBound(anchor, judged, search);
  const day = bound.day === undefined ? undefined : freeDay(bound.day, anchor, judged.workingTime);
  const planned = dayInOrder(anchor, judged);
  return {
    anchor,
    because: bound.because,
    ...(bound.milestoneId !== undefined && { milestoneId: bound.milestoneId }),
    ...(bound.distance && { distance: bound.distance }),
    ...(planned !== undefined && { planned }),
    ...(day !== undefined && { day, ...later(planned, day, judged) }),
  };
}

interface Bound extends Pick<FeasibleDay, 'because' | 'milestoneId' | 'distance'> {
  day?: Day | undefined;
}

/** What the day cannot be before; the last of all that says so. */
function latestBound(anchor: AnchorName, judged: Judged, { constraints, movable, found }: Search): Bound {
  const { asOf, workingTime } = judged;
  let bound: Bound & { day: Day } = { because: 'asOf', day: asOf };
  for (const distance of distancesTo(anchor, judged, movable)) {
    const start = found.has(distance.from) ? found.get(distance.from)?.day : dayInOrder(distance.from, judged);
    if (start === undefined) return { because: 'distance', distance };
    const day = addDays(start, distance.days);
    if (day > bound.day) bound = { because: 'distance', day, distance };
  }
  const planned = dayInOrder(anchor, judged);
  for (const { steps, milestone, startedOn, isGiven } of constraints.filter((each) => each.anchor === anchor)) {
    if (isGiven && planned !== undefined && planned <= bound.day) continue;
    const because = isGiven ? 'noticeGiven' : 'latestStart';
    const enough = firstDayInTime(steps, bound.day, startedOn, workingTime);
    const day = isGiven ? earlier(enough, planned) : enough;
    if (day === undefined) return { because, milestoneId: milestone.id };
    if (day > bound.day) bound = { because, day, milestoneId: milestone.id };
  }
  return bound;
}

/** What lies at least between an anchor and those before it that are dated, or are being dated; the nearest first. */
function distancesTo(to: AnchorName, judged: Judged, movable: readonly AnchorName[]): Distance[] {
  const before = anchorNames.slice(0, anchorNames.indexOf(to)).toReversed();
  return before
    .filter((from) => movable.includes(from) || dayInOrder(from, judged) !== undefined)
    .flatMap((from) => distance(from, to, judged) ?? []);
}

/** As the order plans it between production days; else the usual least, which an order that plans less has done without. */
function distance(from: AnchorName, to: AnchorName, judged: Judged): Distance | undefined {
  const [start, end] = [dayInOrder(from, judged), dayInOrder(to, judged)];
  const planned = start === undefined || end === undefined ? undefined : dayNumber(end) - dayNumber(start);
  const ofOrder = (days: number): Distance => ({ from, days, source: 'the order', assumed: false });
  const areProduction = isProduction(from) && isProduction(to);
  if (areProduction && planned !== undefined && planned > 0) return ofOrder(planned);
  const usual = judged.ruleSet.usualDurations.find((each) => each.from === from && each.to === to);
  const atLeast = usual?.atLeastDays;
  if (usual === undefined || atLeast === undefined)
    return areProduction ? { from, days: 1, source: 'the next day at the earliest', assumed: false } : undefined;
  if (planned !== undefined && planned >= 0 && planned < atLeast) return ofOrder(planned);
  return { from, days: atLeast, source: usual.source, assumed: usual.assumed };
}

const earlier = (a: Day | undefined, b: Day | undefined): Day | undefined =>
  a === undefined || (b !== undefined && b < a) ? b : a;

function dayInOrder(anchor: AnchorName, { order }: Judged): Day | undefined {
  return anchor === 'order' ? order.orderedOn : order.anchors[anchor]?.on;
}

function later(planned: Day | undefined, day: Day, { workingTime }: Judged): Pick<FeasibleDay, 'laterWorkingDays'> {
  if (planned === undefined || planned < workingTime.from || planned > workingTime.horizon) return {};
  return { laterWorkingDays: calendarFor(workingTime).workingDaysBetween(planned, day) };
}
