/** Refusals that many validators give. */
import type { Day } from '../calendar/day.js';
import type { Rejection } from './events.js';
import { todayOf } from './lookup.js';
import type { MigrationState } from './state.js';

export const refuse = (type: Rejection['type'], message: string, choices: string[] = []): Rejection => ({
  type,
  message,
  choices,
});

export const closed = (state: MigrationState): Rejection =>
  refuse('MigrationClosed', `Migration ${state.migrationId} is ${state.status}.`);

/** Nothing has happened on a day that is still to come. */
export function judgeDay(state: MigrationState, on: Day | undefined, atMs: number): Rejection | undefined {
  const today = todayOf(state, atMs);
  if (on === undefined || on <= today) return undefined;
  return refuse('DateNeeded', `${on} is still to come; today is ${today}.`, [today]);
}
