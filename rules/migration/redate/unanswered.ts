/** Mail that may have arrived, and that names a day which moves. */
import type { Day } from '../../calendar/day.js';
import type { AnchorName } from '../../order/anchorNames.js';
import { withMilestone } from '../edit.js';
import { plannedMilestone } from '../lookup.js';
import type { OutboundMessage, RungKey } from '../messages.js';
import type { MigrationState, Unanswered } from '../state.js';
import { movedOf, namesADay, restartsNotice, toldAnchors } from './again.js';

/** Formal mail of which a day has moved: handed over again it would tell the old one. */
function isOld(state: MigrationState, { settles }: OutboundMessage, moved: ReadonlySet<AnchorName>): boolean {
  const planned = settles.flatMap(({ milestoneId }) => plannedMilestone(state, milestoneId) ?? []);
  return planned.some((milestone) => namesADay(milestone) && movedOf(milestone, moved) !== undefined);
}

/**
 * While mail is away: what names an old day is not handed over again. It may have arrived, so the mail for the new day says that
 * it replaces one.
 *
 * @param before with the anchors as they were
 */
export function withoutOldMail(
  state: MigrationState,
  before: MigrationState,
  moved: ReadonlySet<AnchorName>,
): MigrationState {
  const { unanswered, ...rest } = state;
  if (unanswered === undefined) return state;
  const old = unanswered.filter(({ message }) => isOld(state, message, moved));
  const kept = unanswered.filter((each) => !old.includes(each));
  return old.flatMap(milestonesOf).reduce((next, id) => withReplaced(next, before, id, moved), {
    ...rest,
    ...(kept.length > 0 && { unanswered: kept }),
  });
}

const milestonesOf = ({ message }: Unanswered): string[] => message.settles.map(({ milestoneId }) => milestoneId);

function withReplaced(state: MigrationState, before: MigrationState, id: string, moved: ReadonlySet<AnchorName>) {
  const milestone = plannedMilestone(state, id);
  const anchor = milestone && movedOf(milestone, moved);
  const replaces = anchor && before.plan.anchors[anchor].on;
  return replaces === undefined ? state : withMilestone(state, id, { replaces });
}

const shownDays = ['initialDataProduction', 'finalDataProduction', 'goLive'] as const;

/**
 * The day that a formal mail has told, where it left for an earlier version of the days and that one has moved meanwhile: it
 * settles nothing. Undefined where what it says is still true, or still counts.
 */
export function toldInVain(
  { plan, directory }: MigrationState,
  { about }: OutboundMessage,
  { milestoneId, dateVersion }: RungKey,
): Day | undefined {
  if (dateVersion === plan.dateVersion) return undefined;
  const milestone = plan.milestones.find(({ id }) => id === milestoneId);
  if (milestone === undefined || !namesADay(milestone) || !restartsNotice(directory, milestone.partyId))
    return undefined;
  const told = toldAnchors(milestone);
  const wrong = shownDays.find((name) => told.includes(name) && about[name] !== plan.anchors[name].on);
  return wrong && about[wrong];
}
