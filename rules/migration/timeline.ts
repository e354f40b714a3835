import type { Day } from '../calendar/day.js';
import { trendsOf } from './counts.js';
import type { DecisionOutcome } from './events.js';
import { holderName, milestoneState } from './lookup.js';
import type { CountTrend } from './messages.js';
import type { MigrationState, MilestoneStatus } from './state.js';

/** One milestone of a migration as it stands: the plan beside what came of it. */
export interface TimelineEntry {
  milestoneId: string;
  title: string;
  kind: string;
  holderName: string;
  opensOn?: Day;
  dueOn?: Day;
  provisional: boolean;
  status: MilestoneStatus;
  settledOn?: Day;
  settledBy?: string;
  slippedOn?: Day;
  /** Who has taken its slip on. */
  slipAcknowledged?: { by: string; on: Day; note?: string };
  /** The days on which its party was written to without an answer. */
  chasedOn?: Day[];
  statedDate?: Day;
  acknowledgedOn?: Day;
  loadedOn?: Day;
  outcome?: DecisionOutcome;
  /** What is counted for it, as last reported. */
  counts?: CountTrend[];
  advice?: string[];
  rungs: { id: string; type: string; to: string; on?: Day; state: 'sent' | 'superseded' | 'waiting' }[];
}

/** Every milestone by due day, undated ones last, in the order of the plan within a day. */
export function timelineOf(state: MigrationState): TimelineEntry[] {
  const entries = state.plan.milestones.map((milestone): TimelineEntry => {
    const { rungs, status, note: _, waivedBy: __, ...rest } = milestoneState(state, milestone.id);
    const counts = milestone.counts && trendsOf(state, milestone.counts.counters);
    return {
      milestoneId: milestone.id,
      title: milestone.title,
      kind: milestone.kind,
      holderName: holderName(state, milestone.holder),
      provisional: milestone.provisional,
      status,
      ...rest,
      ...(milestone.opensOn === undefined ? {} : { opensOn: milestone.opensOn }),
      ...(milestone.dueOn === undefined ? {} : { dueOn: milestone.dueOn }),
      ...(counts && counts.length > 0 && { counts }),
      ...(milestone.advice && { advice: milestone.advice }),
      rungs: milestone.ladder.map(({ id, type, to, on }) => ({
        id,
        type,
        to,
        ...(on && { on }),
        state: rungs[id] ?? 'waiting',
      })),
    };
  });
  const dueOf = ({ dueOn = '9999' }: TimelineEntry): Day => dueOn;
  return entries.sort((a, b) => (dueOf(a) < dueOf(b) ? -1 : Number(dueOf(a) > dueOf(b))));
}
