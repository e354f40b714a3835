/** What is different once days have moved, as people ask for it. */
import type { Day } from '../../calendar/day.js';
import type { Plan, PlannedMilestone, Problem } from '../../plan/types.js';
import { calendarFor } from '../../plan/workingTime.js';
import { apply } from '../apply.js';
import { decide } from '../decide.js';
import { holderName, isOpen, milestoneState, plannedMilestone } from '../lookup.js';
import type { OutboundMessage } from '../messages.js';
import type { MigrationState } from '../state.js';
import { inWorkingHours, nextSendingInstant } from '../workingHours.js';
import { movedOf } from './again.js';
import type { DoneAgain, MovedMilestone, RedatePreview } from './preview.js';
import { movedAnchors } from './redate.js';

const nameOf = ({ code, milestoneId = '', path = [] }: Problem): string => [code, milestoneId, ...path].join('/');

export function problemsBetween(before: readonly Problem[], after: readonly Problem[]): RedatePreview['problems'] {
  const [known, now] = [new Set(before.map(nameOf)), new Set(after.map(nameOf))];
  return {
    added: after.filter((each) => !known.has(nameOf(each))),
    gone: before.filter((each) => !now.has(nameOf(each))),
    all: [...after],
  };
}

/** Whether it lies on other days than before. */
export function hasChanged(before: MigrationState, { id, dueOn, opensOn }: PlannedMilestone): boolean {
  const was = plannedMilestone(before, id);
  return was !== undefined && (was.dueOn !== dueOn || was.opensOn !== opensOn);
}

const byDay = (a: { to?: Day }, b: { to?: Day }): number => ((a.to ?? '9999') < (b.to ?? '9999') ? -1 : 1);

export function movesBetween(before: MigrationState, after: MigrationState): MovedMilestone[] {
  return after.plan.milestones
    .filter(({ id }) => isOpen(after, id))
    .flatMap((is): MovedMilestone[] => {
      const was = plannedMilestone(before, is.id);
      if (was?.dueOn === is.dueOn && was?.opensOn === is.opensOn) return [];
      const [from, to] = was?.dueOn === is.dueOn ? [was?.opensOn, is.opensOn] : [was?.dueOn, is.dueOn];
      const { id: milestoneId, title } = is;
      return [
        { milestoneId, title, holderName: holderName(after, is.holder), ...(from && { from }), ...(to && { to }) },
      ];
    })
    .toSorted(byDay);
}

/** Given today, or at the next working day: so many working days of it are lacking. */
function shortOf({ plan }: MigrationState, dueOn: Day | undefined, today: Day): number {
  if (dueOn === undefined || dueOn >= today) return 0;
  return calendarFor(plan.workingTime).workingDaysBetween(dueOn, today);
}

/** @param was as it was planned */
export function doneAgain(before: MigrationState, after: MigrationState, was: PlannedMilestone, today: Day): DoneAgain {
  const { id: milestoneId, title } = was;
  const { settledOn } = milestoneState(before, milestoneId);
  const anchor = movedOf(was, movedAnchors(before.plan.anchors, after.plan.anchors));
  const told = anchor && before.plan.anchors[anchor].on;
  const is = plannedMilestone(after, milestoneId);
  const party = after.directory.parties.find(({ id }) => id === was.partyId);
  const short = shortOf(after, is?.dueOn, today);
  const waits = was.needsConfirmedDate && after.plan.anchors[was.anchor].status !== 'confirmed';
  return {
    milestoneId,
    title,
    holderName: holderName(after, was.holder),
    waitsForConfirmation: waits,
    ...(party && { partyId: party.id, partyName: party.name }),
    ...(settledOn && { doneOn: settledOn }),
    ...(told && { doneFor: told }),
    ...(is?.dueOn && { dueOn: is.dueOn }),
    ...(short > 0 && { shortWorkingDays: short }),
  };
}

/** A mail that goes out by itself; what else is done again, somebody has to do. */
export const isServed = ({ kind, hop }: PlannedMilestone): boolean =>
  hop?.name === 'asked' || (hop === undefined && kind !== 'confirmation');

const mostRounds = 20;

/** All that goes out at an instant: one mail that is out can be what another waits for. */
function mailsAt(start: MigrationState, atMs: number): OutboundMessage[] {
  const sent: OutboundMessage[] = [];
  let state = start;
  for (let round = 0; round < mostRounds; round += 1) {
    const { events, messages } = decide(state, atMs);
    if (events.length === 0 && messages.length === 0) break;
    const outcomes = messages.map(
      ({ key }) => ({ key, outcome: 'sent', mayHaveRepeated: false, messageId: '' }) as const,
    );
    state = apply(events.reduce(apply, state), { type: 'messagesSettled', atMs, messages, outcomes });
    sent.push(...messages);
  }
  return sent;
}

/** Without those that would go at the same instant if no day moved. */
export function mailsAtOnce(before: MigrationState, after: MigrationState, nowMs: number): RedatePreview['mails'] {
  const atMs = inWorkingHours(after, nowMs) ? nowMs : nextSendingInstant(after, nowMs);
  const anyway = new Set(mailsAt(before, atMs).map(({ key }) => key));
  const messages = mailsAt(after, atMs).filter(({ key }) => !anyway.has(key));
  return {
    atMs,
    messages: messages.map(({ kind, to, items }) => ({
      kind,
      to: to.key,
      milestoneIds: [...new Set(items.map(({ milestoneId }) => milestoneId))],
    })),
  };
}

const versionText = ({ id, version }: { id: string; version: string }): string => `${id} ${version}`;
const layersText = ({ layers = [] }: Plan): string => layers.map(versionText).join(', ') || 'none';

export function adoptions(before: Plan, after: Plan): RedatePreview['adopts'] {
  const texts = [
    { what: 'ruleSet' as const, before: versionText(before.ruleSet), after: versionText(after.ruleSet) },
    { what: 'layers' as const, before: layersText(before), after: layersText(after) },
    { what: 'calendar' as const, before: versionText(before.calendar), after: versionText(after.calendar) },
  ];
  return texts.filter((each) => each.before !== each.after);
}
