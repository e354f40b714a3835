/** How often somebody outside was written to about one thing, and when it is time to ring instead. */
import type { Day } from '../calendar/day.js';
import { behaves } from '../plan/behaviour.js';
import type { PlannedMilestone, Rung } from '../plan/types.js';
import { withMilestone } from './edit.js';
import { milestoneState } from './lookup.js';
import type { OutboundMessage } from './messages.js';
import type { MigrationState } from './state.js';

/** The days on which a party's contact was written to about it without an answer, since its day was last set. */
export const chasedOn = (state: MigrationState, { id }: Pick<PlannedMilestone, 'id'>): Day[] =>
  milestoneState(state, id).chasedOn ?? [];

/** Written to as often as the rules allow: from now on somebody at the CSU rings. */
export function isTimeToRing(state: MigrationState, milestone: PlannedMilestone): boolean {
  const { callAfterChases } = state.plan;
  return callAfterChases !== undefined && chasedOn(state, milestone).length >= callAfterChases;
}

/** A rung that would be one more mail to a party's contact. */
export const asksTheParty = ({ type, to }: Rung): boolean =>
  to === 'partyContact' && (type === 'chase' || type === 'escalation');

/** Notes that a message which has left has asked a party's contact once more. */
export function withChase(state: MigrationState, { kind, to, settles }: OutboundMessage, on: Day): MigrationState {
  if (state.plan.callAfterChases === undefined) return state;
  if (to.role !== 'partyContact' || (kind !== 'chase' && kind !== 'escalation')) return state;
  const ids = settles.map(({ milestoneId }) => milestoneId);
  const asked = behaves(state.plan, 'callsTogether') ? new Set(ids) : ids;
  return [...asked].reduce((next, id) => withMilestone(next, id, { chasedOn: [...chasedOn(next, { id }), on] }), state);
}
