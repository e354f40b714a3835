import { decisionOf, doneByDecision } from './decision.js';
import type { DecisionReport, Rejection } from './events.js';
import { judgeDone } from './judge.js';
import { closed, refuse } from './refuse.js';
import type { MigrationState } from './state.js';

/** Refuses a decision that this migration has not to make, or that `judgeDone` refuses. */
export function judgeDecision(state: MigrationState, report: DecisionReport, atMs: number): Rejection | undefined {
  if (state.status !== 'running') return closed(state);
  const milestone = decisionOf(state, report.decision);
  if (milestone !== undefined) return judgeDone(state, doneByDecision(milestone.id, report), atMs);
  const open = [...new Set(state.plan.milestones.flatMap(({ decides }) => decides ?? []))];
  const message = `No "${report.decision}" is to be decided in this migration: the order has decided it, or its rules do not ask.`;
  return refuse('NoDecision', message, open);
}
