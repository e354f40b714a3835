/** Moving several days together. */
import type { Day } from '../../calendar/day.js';
import { anchorTitles } from '../../order/anchorNames.js';
import { calendarFor, applyStepsWithin } from '../../plan/workingTime.js';
import type { Step } from '../../plan/types.js';
import type { Rejection } from '../events.js';
import { isOpen, todayOf } from '../lookup.js';
import { refuse } from '../refuse.js';
import type { MigrationState } from '../state.js';
import { meantMove, movableAnchors, type AnchorMove, type MovableAnchor } from './redate.js';

export const shiftUnits = ['workingDays', 'days', 'weeks'] as const;

/** How far to move: earlier where it is negative. */
export interface Shift {
  amount: number;
  unit: (typeof shiftUnits)[number];
}

type Moves = AnchorMove[] | Rejection;

/** Those that have a day that is still to come; of a migration on hold also one that came meanwhile. */
function coming(state: MigrationState, atMs: number): { anchor: MovableAnchor; on: Day }[] {
  const today = state.hold?.on ?? todayOf(state, atMs);
  return movableAnchors.flatMap((anchor) => {
    const { on } = state.plan.anchors[anchor];
    return on !== undefined && on >= today && isOpen(state, `anchor.${anchor}`) ? [{ anchor, on }] : [];
  });
}

function shifted(state: MigrationState, on: Day, { amount, unit }: Shift): Day | undefined {
  const step: Step = {
    amount,
    unit,
    calendarOf: 'everyone',
    roll: 'none',
    why: '',
    source: '',
    layer: '',
    assumed: false,
  };
  return applyStepsWithin(on, [step], state.plan.workingTime);
}

const outside = (anchor: MovableAnchor): Rejection =>
  refuse('DayPassed', `The ${anchorTitles[anchor]} would come to lie outside the days whose bank holidays are known.`);

/**
 * Every day that is still to come, by the same distance: working days by the bank holidays of the division, without anybody's own
 * closures; days and weeks as they come, so that a day may come to lie on a weekend.
 */
export function shiftedMoves(state: MigrationState, shift: Shift, confirmed: boolean | undefined, atMs: number): Moves {
  const moves: AnchorMove[] = [];
  for (const { anchor, on } of coming(state, atMs)) {
    const to = shifted(state, on, shift);
    if (to === undefined) return outside(anchor);
    moves.push(meantMove(state.plan.anchors, { anchor, to, ...(confirmed !== undefined && { confirmed }) }));
  }
  return moves.length > 0 ? moves : refuse('NothingMoves', 'No day of this migration is still to come.');
}

/**
 * The moves, and with them every later day that is not named and still to come, by as many working days as the last one named
 * before it.
 *
 * Worked: Initial from Thu 7 Jan to Thu 18 Feb 2027, 30 working days: Final from Thu 28 Jan to Thu 11 Mar.
 */
export function withDistances(state: MigrationState, moves: readonly AnchorMove[], atMs: number): Moves {
  const { workingTime, anchors } = state.plan;
  let last: { by: number; confirmed: boolean } | undefined;
  const all: AnchorMove[] = [];
  const days = new Map(coming(state, atMs).map(({ anchor, on }) => [anchor, on]));
  for (const anchor of movableAnchors) {
    const named = moves.find((move) => move.anchor === anchor);
    const { on: from } = anchors[anchor];
    const on = days.get(anchor);
    if (named !== undefined) {
      all.push(named);
      // A day that the calendar does not know is refused by whoever judges the moves.
      const isKnown = from !== undefined && named.to <= workingTime.horizon && named.to >= workingTime.from;
      if (isKnown)
        last = { by: calendarFor(workingTime).workingDaysBetween(from, named.to), confirmed: named.confirmed };
    } else if (last !== undefined && last.by !== 0 && on !== undefined) {
      const to = shifted(state, on, { amount: last.by, unit: 'workingDays' });
      if (to === undefined) return outside(anchor);
      all.push({ anchor, to, confirmed: last.confirmed });
    }
  }
  return all;
}
