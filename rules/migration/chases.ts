/** How often somebody outside was written to about one thing, and when it is time to ring instead. */
import type { Day } from '../calendar/day.js';
import { behaves } from '../plan/behaviour.js';
import type { PlannedMilestone, Rung } from '../plan/types.js';
import { partyOf } from './contacts.js';
import { withMilestone } from './edit.js';
import { milestoneState } from './lookup.js';
import type { OutboundMessage } from './messages.js';
import type { MigrationState } from './state.js';

/** The days on which a party's contact was written to about it without an answer, since its day was last set. */
export const chasedOn = (state: MigrationState, { id }: Pick<PlannedMilestone, 'id'>): Day[] =>
  milestoneState(state, id).chasedOn ?? [];

/** Written to as often as the rules allow: from now on somebody at the CSU rings. */
export function isTimeToRing(state: MigrationState, milestone: PlannedMilestone): boolean {
  const { callAfterChases, callAfterChasesOf = {} } = state.plan;
  const partyId = partyOf(state.directory, milestone)?.id ?? '';
  // A party can have a name that every object knows, like `constructor`.
  const own = Object.hasOwn(callAfterChasesOf, partyId) ? callAfterChasesOf[partyId] : undefined;
  const most = own ?? callAfterChases;
  return most !== undefined && chasedOn(state, milestone).length >= most;
}

/** A rung that would be one more mail to a party's contact. */
export const asksTheParty = ({ type, to }: Rung): boolean =>
  to === 'partyContact' && (type === 'chase' || type === 'escalation');

/** Notes that a message which has left has asked a party's contact once more. */
export function withChase(state: MigrationState, { kind, to, settles }: OutboundMessage, on: Day): MigrationState {
  if (state.plan.callAfterChases === undefined && state.plan.callAfterChasesOf === undefined) return state;
  if (to.role !== 'partyContact' || (kind !== 'chase' && kind !== 'escalation')) return state;
  const ids = settles.map(({ milestoneId }) => milestoneId);
  const asked = behaves(state.plan, 'callsTogether') ? new Set(ids) : ids;
  return [...asked].reduce((next, id) => withMilestone(next, id, { chasedOn: [...chasedOn(next, { id }), on] }), state);
}
