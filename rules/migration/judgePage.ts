import { holdsNhsNumber } from '../text/nhsNumber.js';
import type { HelpRequest, LinkRevocation, Rejection } from './events.js';
import { plannedMilestone } from './lookup.js';
import { hasPage } from './page.js';
import { closed, refuse } from './refuse.js';
import type { MigrationState } from './state.js';

/** Refuses words about a patient, and a milestone that is not there. */
export function judgeHelp(state: MigrationState, { milestoneId, text }: HelpRequest): Rejection | undefined {
  if (state.status !== 'running') return closed(state);
  if (holdsNhsNumber(text))
    return refuse('PatientData', 'The text holds an NHS number. Take it out: nothing about a patient belongs here.');
  if (plannedMilestone(state, milestoneId) !== undefined) return undefined;
  return refuse('UnknownMilestone', `There is no milestone "${milestoneId}".`);
}

/** Links can be revoked as long as the migration's pages can be opened. */
export function judgeRevocation(state: MigrationState, { role }: LinkRevocation): Rejection | undefined {
  if (hasPage(state, role)) return undefined;
  const roles = ['practiceManager', ...state.directory.parties.map(({ id }) => `${id}.contact`)];
  return refuse('NoPage', `Nobody has a page as "${role}".`, roles);
}
