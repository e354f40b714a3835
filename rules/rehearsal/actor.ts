/** Who does something in a rehearsal: the people and systems outside, and how mail to them ends. */
import type { DecisionReport, MigrationEvent } from '../migration/events.js';
import type { OutboundMessage } from '../migration/messages.js';
import type { Said } from '../migration/redate/planned.js';
import type { AnchorMove } from '../migration/redate/redate.js';
import type { MigrationState } from '../migration/state.js';

/** What time, mail and other migrations bring about. */
type FromInside =
  | 'started'
  | 'slipped'
  | 'passed'
  | 'rungsSuperseded'
  | 'phaseEntered'
  | 'messagesSettled'
  | 'mailDeferred'
  | 'mailReturned'
  | 'mailBounced'
  | 'instanceHeard'
  | 'instanceTold'
  | 'ended';

/** Everything that people and systems can say. A decision becomes the milestone that records it. */
export type OutsideEvent =
  Exclude<MigrationEvent, { type: FromInside }> | { type: 'decided'; atMs: number; report: DecisionReport };

/**
 * say: something is reported to the migration. refuseMail: from now on mail to an addressee is refused for good, until somebody
 * gives the migration another contact for it. move: days move; the plan for them is made when it happens.
 */
export type Act =
  | { act: 'say'; event: OutsideEvent }
  | { act: 'refuseMail'; to: string }
  | { act: 'move'; moves: AnchorMove[]; keepDistance: boolean; said: Said };

export interface Actor {
  /** The next instant, later than now, at which it does something if nothing happens before; undefined for never. */
  nextAtMs(state: MigrationState, nowMs: number): number | undefined;
  /** What it does now. It is asked again after each thing that it does, until it does nothing more. */
  acts(state: MigrationState, nowMs: number): Act[];
  /** True where this mail is refused for good, beside mail to those whose address does not work. */
  refuses?(message: OutboundMessage): boolean;
}

/** Nobody does anything. */
export const nobody: Actor = { nextAtMs: () => undefined, acts: () => [] };
