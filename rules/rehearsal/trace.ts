/** What happened in a rehearsal, one entry for each thing, in the order in which it happened. */
import type { Day } from '../calendar/day.js';
import type { Phase, Rejection, SupplierEventAnswer } from '../migration/events.js';
import type { OutboundMessage } from '../migration/messages.js';
import type { MigrationStatus, MilestoneStatus } from '../migration/state.js';
import type { AnchorName } from '../order/anchorNames.js';
import type { OutsideEvent } from './actor.js';

/**
 * wake: the timer fired. outage: nothing ran since `atMs`. said: an event from outside was taken; `answer` is what a supplier
 * hears. refused: it was not. addressFails: mail to this addressee is refused from now on. message: something was sent, or
 * refused for good. status: a milestone changed. slipped: it is late. mismatch: it was reported for another day. overtaken: rungs
 * that say nothing any more and did not go out. added: milestones that came into the plan. redated: a milestone's day moved.
 */
export type Happening =
  | { type: 'wake' }
  | { type: 'outage'; untilMs: number }
  | { type: 'said'; event: OutsideEvent; answer?: SupplierEventAnswer }
  | { type: 'refused'; event: OutsideEvent; rejection: Rejection }
  | { type: 'addressFails'; to: string }
  | { type: 'message'; message: OutboundMessage; outcome: 'sent' | 'undeliverable' }
  | { type: 'status'; milestoneId: string; from: MilestoneStatus; to: MilestoneStatus; by?: string }
  | { type: 'slipped'; milestoneId: string; dueOn?: Day; lateWorkingDays: number }
  | { type: 'mismatch'; milestoneId: string; statedDate: Day }
  | { type: 'acknowledged'; milestoneId: string }
  | { type: 'overtaken'; milestoneId: string; rungIds: string[] }
  | { type: 'added'; milestoneId: string; title: string; dueOn?: Day }
  | { type: 'redated'; milestoneId: string; from?: Day; to?: Day }
  | { type: 'confirmed'; anchor: AnchorName; on?: Day }
  | { type: 'phase'; phase: Phase }
  | { type: 'ended'; status: MigrationStatus; open: string[] };

/** `atMs`: milliseconds since 1970, UTC, of the migration's own time. */
export type TraceEntry = { atMs: number } & Happening;
