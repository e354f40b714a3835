/** Days on which an anchor should not lie: of the rules, of the order, and those on which somebody who has to act is away. */
import { addDays, isDay, type Day } from '../calendar/day.js';
import { anchorNames, type AnchorName } from '../order/anchorNames.js';
import type { Order, Party } from '../order/schema.js';
import type { RuleSet } from '../ruleset/schema.js';
import type { AnchorBlackout, HolderId, WorkingTime } from './types.js';
import { calendarFor } from './workingTime.js';

/** A blackout with the days of one year. */
export interface BlackoutDays extends AnchorBlackout {
  from: Day;
  to: Day;
}

/**
 * The blackouts of a migration as its plan records them; one that ends before it starts is an error of the order, and left out.
 *
 * Those of every year keep their month and day, so that they hold however long the migration lasts.
 */
export function blackoutsOf(order: Order, ruleSet: Pick<RuleSet, 'blackouts'>): AnchorBlackout[] {
  const ofRules = ruleSet.blackouts.map(({ title, from, to, anchors, source }): AnchorBlackout => {
    return { from, to, reason: title, source, ...(anchors && { anchors }) };
  });
  const ofOrder = order.blackouts.map(({ from, to, reason, anchors }): AnchorBlackout => {
    return { from, to, reason, source: 'the order', ...(anchors && { anchors }) };
  });
  return [...ofRules, ...ofOrder, ...closuresOfActors(order)].filter(
    ({ from, to }) => isYearly(from) === isYearly(to) && (isYearly(from) || from <= to),
  );
}

/** Whoever has to act on an anchor's own day is not closed on it; the closures of everyone are no working days anyway. */
function closuresOfActors({ closures, parties }: Order): AnchorBlackout[] {
  return closures.flatMap(({ holder, from, to, reason }) => {
    const anchors = anchorsActedOn(holder, parties);
    return anchors.length === 0 ? [] : [{ from, to, reason, source: 'closures of the order', anchors, holder }];
  });
}

function anchorsActedOn(holder: HolderId, parties: readonly Party[]): AnchorName[] {
  if (holder === 'practice') return anchorNames.filter((name) => name !== 'order');
  const roles = parties.find(({ id }) => id === holder)?.roles ?? [];
  if (roles.includes('targetSupplier')) return ['initialDataProduction', 'finalDataProduction', 'goLive'];
  const handsDataOver = roles.includes('sourceSupplier') || roles.includes('dataSupplier');
  return handsDataOver ? ['initialDataProduction', 'finalDataProduction'] : [];
}

/** Every blackout in which an anchor would lie on that day, with its days. */
export function blackoutsOn(anchor: AnchorName, day: Day, { blackouts = [] }: WorkingTime): BlackoutDays[] {
  return blackouts
    .filter(({ anchors }) => anchors?.includes(anchor) ?? true)
    .flatMap((blackout) => {
      const days = daysAround(blackout, day);
      return days === undefined ? [] : [{ ...blackout, ...days }];
    });
}

/** The first and last day of a blackout that a day lies in; one of every year may go over the turn of the year. */
function daysAround({ from, to }: AnchorBlackout, day: Day): { from: Day; to: Day } | undefined {
  if (!isYearly(from)) return from <= day && day <= to ? { from, to } : undefined;
  const [year, monthDay] = [Number(day.slice(0, 4)), day.slice(5)];
  const isLaterPart = from > to && monthDay <= to;
  const isIn = from > to ? monthDay >= from || isLaterPart : from <= monthDay && monthDay <= to;
  if (!isIn) return undefined;
  const firstYear = isLaterPart ? year - 1 : year;
  const lastYear = from > to ? firstYear + 1 : firstYear;
  return { from: dayInYear(firstYear, from, 1), to: dayInYear(lastYear, to, -1) };
}

const isYearly = (text: string): boolean => text.length === 'MM-DD'.length;

/** 29 February is the day after or before it in a year that has none. */
function dayInYear(year: number, monthDay: string, direction: -1 | 1): Day {
  const day = `${String(year).padStart(4, '0')}-${monthDay}`;
  if (isDay(day)) return day;
  const lastReal = [30, 29, 28].map((dayOfMonth) => `${day.slice(0, 8)}${dayOfMonth}`).find(isDay) ?? day;
  return direction < 0 ? lastReal : addDays(lastReal, 1);
}

/**
 * The first day from `day` on (or, backwards, the last up to it) on which that anchor can lie: a working day for everyone, and in
 * no blackout.
 *
 * @param anchor without it, blackouts do not count
 * @returns undefined where the calendar knows none
 */
export function freeDay(
  day: Day,
  anchor: AnchorName | undefined,
  workingTime: WorkingTime,
  direction: -1 | 1 = 1,
): Day | undefined {
  const calendar = calendarFor(workingTime);
  let candidate = day;
  while (candidate >= workingTime.from && candidate <= workingTime.horizon) {
    const [blackout] = anchor === undefined ? [] : blackoutsOn(anchor, candidate, workingTime);
    if (blackout === undefined && calendar.isWorkingDay(candidate)) return candidate;
    const edge = blackout === undefined ? candidate : direction < 0 ? blackout.from : blackout.to;
    candidate = addDays(edge, direction);
  }
  return undefined;
}
