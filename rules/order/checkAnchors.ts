import { dayNumber, formatDay, type Day } from '../calendar/day.js';
import { createWorkingDayCalendar } from '../calendar/workingDays.js';
import { anchorsOf } from '../plan/anchors.js';
import { anchorNames, anchorTitles } from './anchorNames.js';
import type { Problem } from '../plan/types.js';
import type { CheckAgainst } from './check.js';
import { error, warning, type Path } from './problem.js';
import type { Order } from './schema.js';
import type { AnchorName } from './anchorNames.js';

interface DatedAnchor {
  name: AnchorName;
  on: Day;
  path: Path;
}

/** Anchors that can still be met, in the order of a migration, on days that the calendar knows. */
export function checkAnchors(order: Order, against: CheckAgainst): Problem[] {
  const dated = datedAnchors(order);
  const { from, horizon } = against.calendar;
  const known = dated.filter(({ on }) => on >= from && on <= horizon);
  return [
    ...dated.filter((anchor) => !known.includes(anchor)).map((anchor) => outsideCalendar(anchor, against)),
    ...outOfOrder(dated),
    ...inThePast(dated, order, against.asOf),
    ...notWorked(known, order, against),
    ...unusualDurations(known, against),
  ];
}

function datedAnchors(order: Order): DatedAnchor[] {
  const anchors = anchorsOf(order);
  return anchorNames.flatMap((name) => {
    const { on } = anchors[name];
    const path = name === 'order' ? ['orderedOn'] : ['anchors', name, 'on'];
    return on === undefined ? [] : [{ name, on, path }];
  });
}

function outsideCalendar({ name, on, path }: DatedAnchor, { calendar: { from, horizon } }: CheckAgainst): Problem {
  const edge = on < from ? `before ${from}, the first day` : `after ${horizon}, the last day`;
  const message = `the ${anchorTitles[name]}, ${on}, is ${edge} whose bank holidays are known; correct it, or use a calendar that reaches further`;
  return error('outside-calendar', path, message);
}

/** These start something that takes at least a night; the others can share a day with what comes before them. */
const needsOwnDay: readonly AnchorName[] = ['initialDataProduction', 'finalDataProduction', 'goLive'];

function outOfOrder(dated: readonly DatedAnchor[]): Problem[] {
  return dated.slice(1).flatMap(({ name, on, path }, index) => {
    const before = dated[index];
    if (before === undefined || on > before.on || (on === before.on && !needsOwnDay.includes(name))) return [];
    const relation = on === before.on ? 'the same day as' : 'before';
    const message = `the ${anchorTitles[name]}, ${on}, is ${relation} the ${anchorTitles[before.name]}, ${before.on}; it must come after it`;
    return [error('anchors-out-of-order', path, message)];
  });
}

/** Order, kick-off and survey may be over when a migration is taken on; the rest only if the order says that it is done. */
function inThePast(dated: readonly DatedAnchor[], { alreadyDone }: Order, asOf: Day): Problem[] {
  const done = new Set(alreadyDone.map(({ milestone }) => milestone));
  return dated
    .filter(({ name, on }) => needsOwnDay.includes(name) && on < asOf && !done.has(`anchor.${name}`))
    .map(({ name, on, path }) => {
      const message = `the ${anchorTitles[name]}, ${on}, is before ${asOf}; move it, or list anchor.${name} under alreadyDone if it has happened`;
      return error('anchor-in-the-past', path, message);
    });
}

/** Anchors never move, so a day off is only named (rules.md, E.4). */
function notWorked(
  known: readonly DatedAnchor[],
  { practice, closures }: Order,
  { calendar }: CheckAgainst,
): Problem[] {
  const { from, horizon, divisions } = calendar;
  const everyone = closures.filter((closure) => closure.holder === 'everyone' && closure.from <= closure.to);
  const { division } = practice;
  const days = createWorkingDayCalendar({ division, from, horizon, holidays: divisions[division], closures: everyone });
  return known.flatMap(({ name, on, path }) => {
    const reason = days.reasonNotWorking(on);
    if (reason === undefined || name === 'order') return [];
    const why = formatDay(on).startsWith(reason) ? '' : ` (${reason})`;
    const message = `the ${anchorTitles[name]} is on ${formatDay(on)}${why}, which is not a working day; it stays there, so make sure that everybody works on it`;
    return [warning('anchor-not-worked', path, message)];
  });
}

function unusualDurations(known: readonly DatedAnchor[], { ruleSet }: CheckAgainst): Problem[] {
  const find = (name: AnchorName) => known.find((anchor) => anchor.name === name);
  return ruleSet.usualDurations.flatMap(({ from, to, atLeastDays, atMostDays, source, assumed }) => {
    const [start, end] = [find(from), find(to)];
    if (start === undefined || end === undefined) return [];
    const days = dayNumber(end.on) - dayNumber(start.on);
    if (days < 0 || (days >= (atLeastDays ?? 0) && days <= (atMostDays ?? Infinity))) return [];
    const usual = describeUsual(atLeastDays, atMostDays);
    const message = `${days} days from the ${anchorTitles[from]} to the ${anchorTitles[to]}; usual is ${usual} (${source}${assumed ? '; assumed' : ''}); check both days`;
    return [warning('unusual-duration', end.path, message)];
  });
}

function describeUsual(atLeastDays?: number, atMostDays?: number): string {
  if (atLeastDays === undefined) return `at most ${atMostDays}`;
  return atMostDays === undefined ? `at least ${atLeastDays}` : `${atLeastDays} to ${atMostDays}`;
}
