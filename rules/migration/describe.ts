/** What a mail says about one milestone, and about its migration, at one moment. */
import { formatDay, type Day } from '../calendar/day.js';
import { calendarOfItem } from '../calendarEntries/ofItem.js';
import { anchorTitles } from '../order/anchorNames.js';
import type { Party } from '../order/schema.js';
import type { PlannedMilestone } from '../plan/types.js';
import { earliestAnchorDay } from '../plan/earliest.js';
import { applyStepsWithin } from '../plan/workingTime.js';
import { chasedOn, isTimeToRing } from './chases.js';
import { awayUntil, isByHandOn, partyOf } from './contacts.js';
import { trendsOf } from './counts.js';
import { heldUpBy, holderName, isOpen, lateWorkingDays, milestoneState } from './lookup.js';
import type { MessageAbout, MessageItem } from './messages.js';
import type { MigrationState } from './state.js';

const shownAnchors = ['initialDataProduction', 'finalDataProduction', 'goLive'] as const;

/** Set where a person has to tell the party: for its channel, because mail is in vain, or because the practice sends the request itself. */
function reachOf(
  state: MigrationState,
  milestone: PlannedMilestone,
  party: Party | undefined,
  today: Day,
): Pick<MessageItem, 'reach'> {
  if (party === undefined) return {};
  const { contact } = party;
  const byPractice = milestone.hop?.name === 'asked' && state.directory.extractRequestSentBy === 'practice';
  const rings = isTimeToRing(state, milestone);
  const byHand = isByHandOn(state, milestone, today);
  if (!byPractice && !rings && !byHand) return {};
  const until = contact && awayUntil(contact, today);
  // The practice has no way into a supplier's system: it writes to the contact.
  const written = party.channel === 'webhook' ? 'email' : party.channel;
  const isMailInVain = rings || (byHand && written === 'email');
  const channel = isMailInVain && contact?.phone !== undefined ? 'phone' : written;
  const address = channel === 'email' ? contact?.email : party.address;
  return {
    reach: {
      channel,
      ...(address === undefined ? {} : { address }),
      ...(contact?.phone === undefined ? {} : { phone: contact.phone }),
      ...(contact === undefined ? {} : { contactName: contact.name }),
      ...(until === undefined ? {} : { awayUntil: until }),
    },
  };
}

/** What a slip does to the anchor that the milestone hangs on, and the earliest day that still works from today. */
function consequence(state: MigrationState, milestone: PlannedMilestone, today: Day): Partial<MessageItem> {
  const { on } = state.plan.anchors[milestone.anchor];
  // The days of a later iteration are counted forwards from its opening, so they say nothing about the anchor.
  const isLater = (milestone.hop?.iteration ?? 1) > 1;
  if (on === undefined || on < today || milestone.steps.length === 0 || isLater) return {};
  const { workingTime } = state.plan;
  const latestStart = applyStepsWithin(on, milestone.steps, workingTime);
  const found = earliestAnchorDay(milestone.steps, today, workingTime, milestone.anchor);
  // A planned day that is in time stays, also one that no new day would be put on: a Saturday, or a day in a blackout.
  const holds = latestStart !== undefined && latestStart >= today;
  const earliest = holds && (found === undefined || found > on) ? on : found;
  const anchor = `${anchorTitles[milestone.anchor]}, ${formatDay(on)},`;
  if (earliest === undefined)
    return { effect: `The ${anchor} can no longer be met, nor any day that the calendar knows.` };
  return earliest > on
    ? { effect: `The ${anchor} can no longer be met with the time this needs.`, earliestAnchorDay: earliest }
    : { effect: `The ${anchor} can still be met if this is done today.`, earliestAnchorDay: earliest };
}

/** One milestone as a mail of a given day tells it. */
export function describeMilestone(
  state: MigrationState,
  milestone: PlannedMilestone,
  rungId: string,
  today: Day,
): MessageItem {
  const { dueOn, title, action, provisional, source } = milestone;
  const late = dueOn === undefined ? 0 : lateWorkingDays(state, dueOn, today);
  const { statedDate, replaces } = milestoneState(state, milestone.id);
  const party = partyOf(state.directory, milestone);
  const blocker = heldUpBy(state, milestone);
  return {
    milestoneId: milestone.id,
    rungId,
    title,
    action,
    provisional,
    source,
    holderName: holderName(state, blocker.holder),
    ...(blocker === milestone ? {} : { waitsFor: blocker.title }),
    ...(dueOn === undefined ? {} : { dueOn }),
    ...(milestone.kind === 'period' && milestone.opensOn && { periodFrom: milestone.opensOn }),
    ...(party === undefined ? {} : { partyName: party.name }),
    ...(isToldToParty(milestone) && { actionIsForParty: true }),
    ...(statedDate === undefined ? {} : { statedDate }),
    ...(late > 0 ? { lateWorkingDays: late, ...consequence(state, milestone, today) } : {}),
    ...(statedDate === undefined ? {} : consequence(state, milestone, today)),
    ...calendarOfItem(state, milestone),
    ...latenessOf(milestone, rungId, today),
    ...(replaces && isOpen(state, milestone.id) && { replaces }),
    ...(isTimeToRing(state, milestone) && { chasedOn: chasedOn(state, milestone) }),
    ...reachOf(state, milestone, party, today),
    ...besides(state, milestone),
    ...(milestone.asksFor && { asksFor: milestone.asksFor }),
  };
}

/** The CSU sends it, and its words are for the party. */
const isToldToParty = ({ kind, holder, partyId }: PlannedMilestone): boolean =>
  (kind === 'request' || kind === 'notice' || kind === 'contact') && partyId !== undefined && holder !== partyId;

/** Formal mail that goes out after its day says so. */
function latenessOf({ ladder }: PlannedMilestone, rungId: string, today: Day): Pick<MessageItem, 'shouldHaveGoneOn'> {
  const { type, on } = ladder.find(({ id }) => id === rungId) ?? {};
  return type === 'deliver' && on !== undefined && on < today ? { shouldHaveGoneOn: on } : {};
}

/** What helps to do it: the known data issues, and the numbers as last reported. */
function besides(state: MigrationState, { advice, counts }: PlannedMilestone): Pick<MessageItem, 'advice' | 'counts'> {
  const trends = counts === undefined ? [] : trendsOf(state, counts.counters);
  return { ...(advice && { advice }), ...(trends.length > 0 && { counts: trends }) };
}

const supplierName = (state: MigrationState, role: 'sourceSupplier' | 'targetSupplier'): string =>
  state.directory.parties.find((party) => party.roles.includes(role))?.name ?? '';

/** What every mail of this migration says about it. */
export function describeMigration(state: MigrationState): MessageAbout {
  const { plan, directory } = state;
  const days = shownAnchors.flatMap((name) => {
    const { on } = plan.anchors[name];
    return on === undefined ? [] : [[name, on] as const];
  });
  return {
    migrationId: state.migrationId,
    odsCode: directory.practice.odsCode,
    practiceName: directory.practice.name,
    rehearsal: state.rehearsal,
    csu: directory.csu,
    sourceSupplierName: supplierName(state, 'sourceSupplier'),
    targetSupplierName: supplierName(state, 'targetSupplier'),
    ...Object.fromEntries(days),
    provisional: shownAnchors.filter((name) => plan.anchors[name].status === 'provisional'),
    dateVersion: plan.dateVersion,
  };
}
