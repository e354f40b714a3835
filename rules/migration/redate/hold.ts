/** A migration that rests: nothing is sent and nothing becomes later, until somebody says new days. */
import type { Day } from '../../calendar/day.js';
import { withAudit } from '../edit.js';
import type { MigrationEvent, Rejection } from '../events.js';
import { todayOf } from '../lookup.js';
import { phaseOn } from '../phase.js';
import { closed, refuse } from '../refuse.js';
import type { MigrationState } from '../state.js';

/** Why a migration would not be put on hold; undefined where it would. */
export function judgeHold(state: MigrationState): Rejection | undefined {
  if (state.status !== 'running') return closed(state);
  const { hold } = state;
  if (hold === undefined) return undefined;
  return refuse('OnHold', `It has been on hold since ${hold.on}: ${hold.reason}`, []);
}

/** Puts a migration on hold. What people and suppliers say is taken all the same. */
export function applyHeld(state: MigrationState, event: MigrationEvent & { type: 'held' }): MigrationState {
  const { atMs, by, reason } = event;
  const hold = { on: todayOf(state, atMs), by, reason };
  return withAudit({ ...state, hold, phase: 'onHold' }, { atMs, actor: by, type: 'migration.held', data: { reason } });
}

/** Whether days can be said in the way in which somebody says them: a migration on hold is resumed, no other is. */
export function judgeResuming({ hold }: MigrationState, resumes: boolean): Rejection | undefined {
  if (hold !== undefined && !resumes)
    return refuse('OnHold', `It has been on hold since ${hold.on}: ${hold.reason} Resume it, with its new days.`, []);
  if (hold === undefined && resumes) return refuse('NotOnHold', 'It is not on hold: move its days instead.', []);
  return undefined;
}

/** Runs again from a day on, which does not count as late yet for what was open before. */
export function resumed(state: MigrationState, today: Day): MigrationState {
  const { hold, pauses = [], ...rest } = state;
  if (hold === undefined) return state;
  return { ...rest, pauses: [...pauses, { from: hold.on, until: today }], phase: phaseOn(rest.plan, today) };
}
