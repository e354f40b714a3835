/** A party says that it has a notice. */
import type { Day } from '../calendar/day.js';
import type { PlannedMilestone } from '../plan/types.js';
import { withMilestone } from './edit.js';
import { isOpen, milestoneState, todayOf } from './lookup.js';
import type { MigrationState } from './state.js';
import type { Outcome } from './supplierOutcome.js';

/** A notice that somebody was asked to give by hand has been given, once the party says that it has it. */
function settledByAcknowledging(state: MigrationState, notice: PlannedMilestone, by: string, today: Day) {
  const { rungs } = milestoneState(state, notice.id);
  const wentOut = notice.ladder.some((rung) => rung.type === 'deliver' && rungs[rung.id] === 'sent');
  return wentOut && isOpen(state, notice.id) ? { status: 'done' as const, settledOn: today, settledBy: by } : {};
}

/** The notice of the day before is void, and the one of the new day has not gone out yet. */
function isOfFormerNotice(state: MigrationState, { id, ladder }: PlannedMilestone): boolean {
  const { replaces, rungs } = milestoneState(state, id);
  const newest = ladder.findLast(({ type }) => type === 'deliver');
  return replaces !== undefined && isOpen(state, id) && newest !== undefined && rungs[newest.id] !== 'sent';
}

/** The first word counts; one about a notice that another replaces has no effect. */
export function acknowledge(state: MigrationState, notice: PlannedMilestone, by: string, atMs: number): Outcome {
  if (isOfFormerNotice(state, notice)) {
    const message = 'Noted, but the day has moved: a new notice replaces the one that this is about.';
    return { state, milestoneId: notice.id, effect: 'noted', message };
  }
  const first = milestoneState(state, notice.id).acknowledgedOn === undefined;
  const acknowledgedOn = todayOf(state, atMs);
  const settled = settledByAcknowledging(state, notice, by, acknowledgedOn);
  return {
    state: first ? withMilestone(state, notice.id, { acknowledgedOn, ...settled }) : state,
    milestoneId: notice.id,
    effect: first ? 'done' : 'noted',
    message: first ? 'The acknowledgement is recorded.' : 'This was already acknowledged.',
  };
}
