/** What can be said of a rule's day without a calendar: the fewest and the most days from an anchor. */
import type { LeadTimeUnit } from '../calendar/leadTime.js';
import { anchorNames, anchorOfEvent, followedEvents, type AnchorName } from '../order/anchorNames.js';
import type { Rule } from './ruleSchema.js';

/**
 * Days from an anchor, both inclusive; infinite where nothing is certain. As the rules are written: that a day is moved off a
 * day that is not worked is left out.
 */
export interface Span {
  anchor: AnchorName;
  least: number;
  most: number;
  /** Counted from something that is known only when it has happened. */
  followsEvent: boolean;
}

type Offset = Rule['due'] | NonNullable<Rule['opens']>;

interface Length {
  least: number;
  most: number;
}

const exactly = (days: number): Length => ({ least: days, most: days });

/** Of an amount that is not negative. */
function lengthOf(amount: number, unit: LeadTimeUnit): Length {
  if (amount === 0) return exactly(0);
  switch (unit) {
    case 'days':
      return exactly(amount);
    case 'weeks':
      return exactly(7 * amount);
    case 'months':
      return { least: 28 * amount, most: 31 * amount };
    case 'workingDays':
      // Counted from a weekend, five working days end on the Friday; bank holidays make it longer.
      return { least: amount + 2 * Math.floor((amount - 1) / 5), most: Infinity };
    case 'hours':
      return { least: 0, most: Infinity };
    default: {
      const unknown: never = unit;
      return unknown;
    }
  }
}

/** Days that an offset adds; negative is before. A notice or cut-off is before, or on the day itself. */
function addedBy(offset: Offset): Length {
  if (!('amount' in offset)) return { least: -Infinity, most: 0 };
  const { least, most } = lengthOf(Math.abs(offset.amount), offset.unit);
  return offset.amount < 0 ? { least: -most, most: -least } : { least, most };
}

/**
 * The days of a rule as it is written.
 *
 * @returns undefined where it is counted from something that is not there, or in a circle
 */
export function spanOf(offset: Offset, rules: readonly Rule[], seen: readonly string[] = []): Span | undefined {
  const base = baseSpan(offset.from, rules, seen);
  const added = addedBy(offset);
  return base && { ...base, least: base.least + added.least, most: base.most + added.most };
}

function baseSpan(from: string, rules: readonly Rule[], seen: readonly string[]): Span | undefined {
  const event = followedEvents.find((name) => name === from);
  const anchor = event === undefined ? anchorNames.find((name) => name === from) : anchorOfEvent[event];
  if (anchor !== undefined) return { anchor, ...exactly(0), followsEvent: event !== undefined };
  const rule = rules.find(({ id }) => id === from);
  if (rule === undefined || seen.includes(from)) return undefined;
  return spanOf(rule.opens ?? rule.due, rules, [...seen, from]);
}

/** These come on a later day than the anchor before them; the others can share its day. */
const needsOwnDay: readonly AnchorName[] = ['initialDataProduction', 'finalDataProduction', 'goLive'];

/** How many days the second anchor is after the first, at least. */
const apart = (first: number, second: number): number =>
  anchorNames.slice(first + 1, second + 1).filter((name) => needsOwnDay.includes(name)).length;

/** The same days, counted from another anchor: what is certain from the order in which the anchors come. */
export function fromAnchor(span: Span, anchor: AnchorName): Length {
  const [own, other] = [anchorNames.indexOf(span.anchor), anchorNames.indexOf(anchor)];
  if (own === other) return { least: span.least, most: span.most };
  if (own < other) return { least: -Infinity, most: span.most - apart(own, other) };
  return { least: span.least + apart(other, own), most: Infinity };
}

/** The first day is after the last, whatever the days of the anchors. */
export function isCertainlyAfter(first: Span, last: Span): boolean {
  return first.least > fromAnchor(last, first.anchor).most || fromAnchor(first, last.anchor).least > last.most;
}

/** The fewest days that a rung is from the day that its ladder is counted from; negative is before. */
export const leastDaysOfRung = (workingDays: number): number =>
  workingDays > 0 ? lengthOf(workingDays, 'workingDays').least : workingDays === 0 ? 0 : -Infinity;
