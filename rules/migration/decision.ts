/** What a milestone decides, and how it is told. */
import type { PlannedMilestone } from '../plan/types.js';
import { decisionOutcomes, type DecisionReport, type DoneReport, type Rejection } from './events.js';
import { milestoneState } from './lookup.js';
import { refuse } from './refuse.js';
import type { MigrationState } from './state.js';

/** A decision that was made the other way may be taken back; what is done is otherwise done. */
export function isChanged(state: MigrationState, { id, decides }: PlannedMilestone, { outcome }: DoneReport): boolean {
  const { status, outcome: decided } = milestoneState(state, id);
  return decides !== undefined && status === 'done' && outcome !== undefined && outcome !== decided;
}

/** A milestone that records a decision needs its outcome, and no other has one. */
export function judgeOutcome({ id, decides }: PlannedMilestone, { outcome }: DoneReport): Rejection | undefined {
  if (decides !== undefined && outcome === undefined) {
    const message = `"${id}" is done when it is decided: say whether the ${decides} is needed.`;
    return refuse('OutcomeNeeded', message, [...decisionOutcomes]);
  }
  return decides === undefined && outcome !== undefined ? refuse('NoDecision', `"${id}" decides nothing.`) : undefined;
}

/** The milestone that records a decision. */
export const decisionOf = ({ plan }: MigrationState, decision: string): PlannedMilestone | undefined =>
  plan.milestones.find(({ decides }) => decides === decision);

/** The report by which a decision is recorded. */
export function doneByDecision(milestoneId: string, { decision: _, ...report }: DecisionReport): DoneReport {
  return { milestoneId, ...report };
}
