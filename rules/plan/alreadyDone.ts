import { error, warning } from '../order/problem.js';
import type { Day } from '../calendar/day.js';
import type { Order } from '../order/schema.js';
import { nearest } from '../text/nearest.js';
import type { PlannedMilestone, Problem } from './types.js';

/** What the order says is done exists in this plan, once, and has happened by now. */
export function checkAlreadyDone(order: Order, milestones: readonly PlannedMilestone[], asOf: Day): Problem[] {
  if (order.alreadyDone.length === 0) return checkDecisions(order, asOf);
  const ids = [...new Set(milestones.map(({ id }) => id))];
  const days = anchorDays(order, milestones);
  const entries = order.alreadyDone.flatMap(({ milestone, on, forDate }, index) => {
    const path = ['alreadyDone', index];
    return [
      ...(isForAnotherDay(forDate, days.get(milestone))
        ? [forAnotherDay(milestone, forDate, days.get(milestone), path)]
        : []),
      ...(ids.includes(milestone) ? [] : [unknownMilestone(milestone, ids, [...path, 'milestone'])]),
      ...(order.alreadyDone.findIndex((other) => other.milestone === milestone) < index
        ? [error('duplicate-id', [...path, 'milestone'], `"${milestone}" is listed twice; keep one of the two`)]
        : []),
      ...(on <= asOf
        ? []
        : [
            error(
              'done-in-the-future',
              [...path, 'on'],
              `"${milestone}" cannot be done already on ${on}: it is ${asOf}`,
            ),
          ]),
    ];
  });
  return [...entries, ...checkDecisions(order, asOf)];
}

/** A decision that somebody is to make is not one that has been made. */
function checkDecisions({ decisions }: Order, asOf: Day): Problem[] {
  return (['extractAuthorisation', 'reconciliation'] as const).flatMap((name) => {
    const on = decisions[name]?.on;
    if (on === undefined || on <= asOf) return [];
    return [
      error('done-in-the-future', ['decisions', name, 'on'], `this cannot have been decided on ${on}: it is ${asOf}`),
    ];
  });
}

/** The day that each hop has to be for, by the hop's id. */
function anchorDays({ anchors }: Order, milestones: readonly PlannedMilestone[]): ReadonlyMap<string, Day | undefined> {
  const hops = milestones.filter(({ hop }) => hop !== undefined);
  return new Map(
    hops.map(({ id, hop }) => [
      id,
      anchors[hop?.extract === 'final' ? 'finalDataProduction' : 'initialDataProduction']?.on,
    ]),
  );
}

const isForAnotherDay = (forDate: Day | undefined, anchorDay: Day | undefined): boolean =>
  forDate !== undefined && anchorDay !== undefined && forDate !== anchorDay;

function forAnotherDay(id: string, forDate: Day | undefined, day: Day | undefined, path: (string | number)[]): Problem {
  const message = `"${id}" is for ${forDate}, but the day is ${day}: it counts as open; have the form or booking corrected, or move the day`;
  return warning('done-for-another-day', [...path, 'forDate'], message);
}

function unknownMilestone(id: string, ids: readonly string[], path: (string | number)[]): Problem {
  const message = `this plan has no milestone "${id}"; did you mean ${nearest(id, ids).join(', ')}? leadtime plan lists them all`;
  return error('unknown-milestone', path, message);
}

/**
 * Ids of what is behind us: listed as done, or a hop before one that is. A hop that is done for another day is not; but a form
 * that names a wrong day did reach the practice.
 */
export function settledIds(order: Order, milestones: readonly PlannedMilestone[]): ReadonlySet<string> {
  const settled = new Set(order.decisions.extractAuthorisation === undefined ? [] : ['authorise-extracts']);
  if (order.alreadyDone.length === 0) return settled;
  const days = anchorDays(order, milestones);
  for (const { milestone, forDate } of order.alreadyDone) {
    if (!isForAnotherDay(forDate, days.get(milestone))) settled.add(milestone);
    else if (milestone.endsWith('.formReceived')) settled.add(milestone.replace(/formReceived$/, 'formAtPractice'));
  }
  // From the last hop to the first, so that one done hop settles every hop it waited for.
  for (const { id, hop, waitsFor } of milestones.toReversed())
    if (hop !== undefined && settled.has(id)) for (const before of waitsFor) settled.add(before);
  return settled;
}
