/** The calendar of one reader of a migration: the days that are theirs. */
import { holderName, milestoneState } from '../migration/lookup.js';
import { answerOf, linkGenerationOf, partyIdOf, shownAnchors, type PageRole } from '../migration/page.js';
import type { MigrationState, MigrationStatus } from '../migration/state.js';
import type { PlannedMilestone } from '../plan/types.js';
import { domainOf, entryDays, entryOf, type CalendarEntry } from './entry.js';
import { calendarSequence, offAtMs, runningChangedAtMs } from './marks.js';

export interface MigrationCalendar {
  migrationId: string;
  practiceName: string;
  rehearsal: boolean;
  status: MigrationStatus;
  role: PageRole;
  /** Links of an earlier generation have been revoked. */
  linkGeneration: number;
  /** When it was completed or cancelled; absent while it runs. */
  closedAtMs?: number;
  entries: CalendarEntry[];
}

/** No link stands in an entry: calendars are shared, and whoever has the link may answer. */
const ANSWER = 'To say that it is done, or to ask for help: open the link in our newest mail.';

/** A party sees its own steps and the days that its page names; the practice sees every anchor. */
function isShown(role: PageRole, milestone: PlannedMilestone): boolean {
  if (milestone.kind === 'anchor')
    return partyIdOf(role) === undefined || shownAnchors.some((each) => each === milestone.anchor);
  const answer = answerOf(role, milestone);
  // The day by which a notice goes out is the sender's; its reader needs the days that it is about.
  return answer !== undefined && answer !== 'acknowledged';
}

/** The entry of one milestone as it stands; none without a day. */
export function milestoneEntry(state: MigrationState, milestone: PlannedMilestone): CalendarEntry[] {
  const { id: milestoneId, title, action, provisional, opensOn, dueOn, holder } = milestone;
  const days = entryDays({ milestoneId, opensOn, dueOn });
  if (days === undefined) return [];
  const { status, settledOn } = milestoneState(state, milestoneId);
  const { migrationId, directory } = state;
  const of = { migrationId, practiceName: directory.practice.name, domain: domainOf(directory.csu.mailbox) };
  const mayAnswer = status === 'open' && state.status === 'running';
  return [
    entryOf(of, {
      milestoneId,
      title,
      ...days,
      status,
      provisional,
      settledOn,
      isOff: state.status === 'cancelled',
      sequence: calendarSequence(state, milestone),
      changedAtMs: Math.max(runningChangedAtMs(state, milestone), offAtMs(state)),
      lines: [action, `Who: ${holderName(state, holder)}`, ...(mayAnswer ? [ANSWER] : [])],
    }),
  ];
}

/**
 * The calendar of one role: the practice's own tasks and the anchors; of a party its own steps and the days that its page names.
 *
 * @param role one for which `hasPage` holds
 */
export function migrationCalendar(state: MigrationState, role: PageRole): MigrationCalendar {
  const { migrationId, directory, rehearsal, status, closedAtMs } = state;
  return {
    migrationId,
    rehearsal,
    status,
    role,
    practiceName: directory.practice.name,
    linkGeneration: linkGenerationOf(state, role),
    ...(closedAtMs !== undefined && { closedAtMs }),
    entries: state.plan.milestones.filter((each) => isShown(role, each)).flatMap((each) => milestoneEntry(state, each)),
  };
}
