/** What decides whether an anchor can be met: the chain of steps with the least slack, told backwards from the anchor. */
import { dayNumber, type Day } from '../calendar/day.js';
import type { LeadTime } from '../calendar/leadTime.js';
import { shift } from '../calendar/shift.js';
import { anchorTitles, type AnchorName } from '../order/anchorNames.js';
import { settledIds } from './alreadyDone.js';
import { productionAnchors } from './feasibleDays.js';
import { latestStarts, type Judged } from './latestStarts.js';
import type { HolderId, PlannedMilestone, Step } from './types.js';
import { calendarFor } from './workingTime.js';

/** One step on the way back from the anchor; the amount is positive, because the direction is always back. */
export interface ChainLink extends LeadTime {
  what: string;
  /** Whose time it is, and whose working days count. */
  holder: HolderId;
  /** The later day: the anchor's own in the first link. */
  from: Day;
  to: Day;
  assumed: boolean;
  layer: string;
  source: string;
}

/** A latest start with what is left until then. */
interface Slack {
  milestoneId: string;
  title: string;
  holder: HolderId;
  latestStart: Day;
  /** Working days after the day it is judged from up to and including the latest start; negative by as many as it is late. */
  slackWorkingDays: number;
}

export interface CriticalChain extends Slack {
  anchor: AnchorName;
  anchorDay: Day;
  /** The anchors that the chain leads over before the steps of the latest start; empty where that hangs on the anchor itself. */
  over: AnchorName[];
  links: ChainLink[];
  /** The next tightest, and by how many working days it is less tight. */
  next?: Slack & { moreWorkingDays: number };
  /** Where the chain leads over another anchor: the tightest of what hangs on this one itself. */
  own?: CriticalChain;
}

interface Start {
  milestone: PlannedMilestone;
  latestStart: Day;
}

/**
 * For each dated anchor with something open that counts back from it, its tightest chain; the nearest anchor's where two are
 * equal.
 *
 * A production day and Go Live hang on the production days before them, too, at the distance that the order plans: the chain of
 * Go Live usually leads over the Final data production day.
 */
export function criticalChains(judged: Judged): CriticalChain[] {
  const { order, milestones } = judged;
  const starts = latestStarts(judged, settledIds(order, milestones)).flatMap((milestone): Start[] =>
    milestone.dueOn === undefined ? [] : [{ milestone, latestStart: milestone.dueOn }],
  );
  const done = new Set(order.alreadyDone.map(({ milestone }) => milestone));
  const anchors = [...new Set([...starts.map(({ milestone }) => milestone.anchor), ...productionAnchors])];
  return anchors
    .filter((anchor) => !done.has(`anchor.${anchor}`))
    .flatMap((anchor) => chainOf(anchor, starts, judged) ?? [])
    .toSorted((a, b) => a.anchorDay.localeCompare(b.anchorDay));
}

function chainOf(anchor: AnchorName, starts: readonly Start[], judged: Judged): CriticalChain | undefined {
  const anchorDay = dayOf(anchor, judged);
  if (anchorDay === undefined) return undefined;
  const before = anchorsBefore(anchor, anchorDay, judged);
  const chain = tightestOf({ anchor, anchorDay, before }, starts, judged);
  const own = chain?.over.length ? tightestOf({ anchor, anchorDay, before: [] }, starts, judged) : undefined;
  return chain && { ...chain, ...(own && { own }) };
}

/** An anchor with those before it, nearest first, over which its chain may lead. */
interface Place {
  anchor: AnchorName;
  anchorDay: Day;
  before: readonly AnchorName[];
}

function tightestOf(
  { anchor, anchorDay, before }: Place,
  starts: readonly Start[],
  judged: Judged,
): CriticalChain | undefined {
  const candidates = [anchor, ...before].flatMap((each) => starts.filter(({ milestone }) => milestone.anchor === each));
  const [tightest, ...others] = candidates.toSorted((a, b) => a.latestStart.localeCompare(b.latestStart));
  if (tightest === undefined) return undefined;
  const next = others.find((other) => !isPartOf(tightest, other));
  const slack = slackOf(tightest, judged);
  const { anchor: base, steps } = tightest.milestone;
  const over = base === anchor ? [] : before.slice(0, before.indexOf(base) + 1);
  const hops = over.map((to, index) => betweenAnchors(over[index - 1] ?? anchor, to, judged));
  return {
    anchor,
    anchorDay,
    over,
    ...slack,
    links: [...hops, ...stepLinks(dayOf(base, judged) ?? anchorDay, steps, judged)],
    ...(next && { next: withDifference(slackOf(next, judged), slack) }),
  };
}

const withDifference = (next: Slack, { slackWorkingDays }: Slack) => ({
  ...next,
  moreWorkingDays: next.slackWorkingDays - slackWorkingDays,
});

/** What waits for the tightest and has the same day, like a request for its authorisation, is the same chain. */
const isPartOf = ({ milestone, latestStart }: Start, other: Start): boolean =>
  other.latestStart === latestStart && other.milestone.waitsFor.includes(milestone.id);

/** The production days before a production day, nearest first. */
function anchorsBefore(anchor: AnchorName, anchorDay: Day, judged: Judged): AnchorName[] {
  const place = productionAnchors.findIndex((name) => name === anchor);
  const before = place < 0 ? [] : productionAnchors.slice(0, place);
  return before.filter((name) => (dayOf(name, judged) ?? anchorDay) < anchorDay).toReversed();
}

const dayOf = (anchor: AnchorName, { order }: Judged): Day | undefined =>
  anchor === 'order' ? order.orderedOn : order.anchors[anchor]?.on;

function slackOf({ milestone: { id, title, holder }, latestStart }: Start, { asOf, workingTime }: Judged): Slack {
  // The count goes the same way whichever day is the later, so that a late one is as late as its problem says.
  const slackWorkingDays = calendarFor(workingTime).workingDaysBetween(asOf, latestStart);
  return { milestoneId: id, title, holder, latestStart, slackWorkingDays };
}

function betweenAnchors(later: AnchorName, earlier: AnchorName, judged: Judged): ChainLink {
  const [from, to] = [dayOf(later, judged) ?? '', dayOf(earlier, judged) ?? ''];
  return {
    what: `from the ${anchorTitles[earlier]} to the ${anchorTitles[later]}`,
    holder: 'everyone',
    amount: dayNumber(from) - dayNumber(to),
    unit: 'days',
    from,
    to,
    assumed: false,
    layer: 'order',
    source: 'the order',
  };
}

/** A step that moves nothing is left out. */
function stepLinks(start: Day, steps: readonly Step[], { workingTime }: Judged): ChainLink[] {
  let from = start;
  return steps.flatMap(({ amount, unit, roll, calendarOf, why, assumed, layer, source }): ChainLink[] => {
    const calendar = calendarFor(workingTime, calendarOf);
    const to = shift(calendar, from, amount, unit, roll === 'none' ? {} : { roll });
    const link = { what: why, holder: calendarOf, amount: Math.abs(amount), unit, from, to, assumed, layer, source };
    from = to;
    return link.from === link.to && amount === 0 ? [] : [link];
  });
}
