/** The validators: what an update would do, without doing it. Each gives a rejection, or undefined. */
import type { ContactAmendment, DoneReport, Rejection, SupplierEvent, SupplierEventType } from './events.js';
import { contactKeys } from './contacts.js';
import { anchorDay, findHops } from './handshake.js';
import { isOpen, milestoneState, plannedMilestone } from './lookup.js';
import { nearest } from '../text/nearest.js';
import { judgeCountsOf } from './judgeCounts.js';
import { isChanged, judgeOutcome } from './decision.js';
import { closed, judgeDay, refuse } from './refuse.js';
import type { MigrationState } from './state.js';
import type { PlannedMilestone } from '../plan/types.js';

const sourceEvents: SupplierEventType[] = ['form.sent', 'form.received', 'extract.scheduled', 'extract.delivered'];
const targetEvents: SupplierEventType[] = ['extract.received', 'extract.loaded', 'extract.rejected'];

/** What an event is about: a hop of one product's handshakes, one for each extract, or a third party's notice. */
export type EventSubject =
  | { about: 'hop'; ofExtracts: PlannedMilestone[] }
  | { about: 'notice'; milestone: PlannedMilestone }
  | { about: 'nothing'; rejection: Rejection };

const rejected = (rejection: Rejection): EventSubject => ({ about: 'nothing', rejection });

function eventTypesOf(state: MigrationState, supplierId: string): SupplierEventType[] {
  const roles = state.directory.parties.find((party) => party.id === supplierId)?.roles ?? [];
  return [
    ...(roles.includes('sourceSupplier') || roles.includes('dataSupplier') ? sourceEvents : []),
    ...(roles.includes('targetSupplier') ? targetEvents : []),
    ...(roles.includes('thirdParty') ? (['notice.acknowledged'] as const) : []),
  ];
}

function noticeOf(state: MigrationState, supplierId: string): EventSubject {
  const milestone = state.plan.milestones.find((each) => each.kind === 'notice' && each.partyId === supplierId);
  return milestone === undefined
    ? rejected(refuse('EventNotForParty', `No notice is due to "${supplierId}" in this migration.`))
    : { about: 'notice', milestone };
}

/**
 * Finds what a supplier's event is about.
 *
 * Errors, as rejections: a supplier that is not a party here, a type that is not for it, a product that is not its own, an
 * event that fits two handshakes. Each names the choices.
 */
export function subjectOf(state: MigrationState, event: SupplierEvent): EventSubject {
  const types = eventTypesOf(state, event.supplierId);
  if (types.length === 0) {
    const parties = state.directory.parties.map((party) => party.id);
    return rejected(refuse('PartyNotInMigration', `"${event.supplierId}" is not a party to this migration.`, parties));
  }
  const { type } = event;
  if (!types.includes(type)) {
    return rejected(refuse('EventNotForParty', `"${type}" is not for "${event.supplierId}" to say here.`, types));
  }
  if (type === 'notice.acknowledged') return noticeOf(state, event.supplierId);
  const found = findHops(state, { ...event, type }, targetEvents.includes(type));
  return Array.isArray(found) ? { about: 'hop', ofExtracts: found } : rejected(found);
}

/** A repeat of something already answered is never refused: it gets the first answer. */
export function judgeSupplierEvent(state: MigrationState, event: SupplierEvent): Rejection | undefined {
  if (event.migrationId !== undefined && event.migrationId !== state.migrationId) {
    return refuse('WrongMigration', `The running migration is ${state.migrationId}, not ${event.migrationId}.`);
  }
  if (Object.hasOwn(state.ledger, event.webhookId)) return undefined;
  if (state.status !== 'running') return closed(state);
  const subject = subjectOf(state, event);
  return subject.about === 'nothing' ? subject.rejection : undefined;
}

/** Refuses what cannot be settled: an unknown milestone, or one that is settled already. */
export function judgeSettling(state: MigrationState, milestoneId: string): Rejection | undefined {
  if (state.status !== 'running') return closed(state);
  if (plannedMilestone(state, milestoneId) === undefined) {
    const ids = state.plan.milestones.map((milestone) => milestone.id);
    return refuse('UnknownMilestone', `There is no milestone "${milestoneId}".`, nearest(milestoneId, ids));
  }
  const { status, settledOn, settledBy } = milestoneState(state, milestoneId);
  if (status === 'open') return undefined;
  return refuse('MilestoneSettled', `"${milestoneId}" is already ${status}, on ${settledOn}, by ${settledBy}.`);
}

function openBlockers(state: MigrationState, milestone: PlannedMilestone): string[] {
  if (milestone.kind !== 'anchor') return [];
  return state.plan.milestones
    .filter((other) => other.blocks === milestone.anchor && isOpen(state, other.id))
    .map((other) => other.id);
}

function judgeDates(state: MigrationState, milestone: PlannedMilestone, report: DoneReport): Rejection | undefined {
  const needsDate = milestone.hop?.name === 'formReceived' || milestone.hop?.name === 'scheduled';
  if (needsDate && report.forDate === undefined) {
    const day = anchorDay(state, milestone);
    return refuse('DateNeeded', 'Say which day the form or booking names.', day === undefined ? [] : [day]);
  }
  if (milestone.kind !== 'confirmation') return undefined;
  const anchor = state.plan.anchors[milestone.anchor];
  if (anchor.on === undefined) return refuse('DateNeeded', `There is no date for ${milestone.anchor} to confirm yet.`);
  const other = report.forDate !== undefined && report.forDate !== anchor.on;
  return other
    ? refuse('DateNeeded', `The plan has ${milestone.anchor} on ${anchor.on}; another day has to be planned first.`, [
        anchor.on,
      ])
    : undefined;
}

/** The day of an anchor cannot be waived, only moved or cancelled; nor can confirming it: nothing formal would go out. */
export function judgeWaive(state: MigrationState, { milestoneId }: { milestoneId: string }): Rejection | undefined {
  const kind = plannedMilestone(state, milestoneId)?.kind;
  const isDay = kind === 'anchor' || kind === 'confirmation';
  const notWaivable = refuse(
    'NotWaivable',
    `"${milestoneId}" cannot be waived: mark it done, or cancel the migration.`,
  );
  return judgeSettling(state, milestoneId) ?? (isDay ? notWaivable : undefined);
}

/** Go Live cannot be marked done while what blocks it is open; each blocker can be waived by name (rules.md, E.16). */
export function judgeDone(state: MigrationState, report: DoneReport, atMs: number): Rejection | undefined {
  const milestone = plannedMilestone(state, report.milestoneId);
  const isNews = milestone !== undefined && isChanged(state, milestone, report);
  const settled = isNews ? judgeCancel(state) : judgeSettling(state, report.milestoneId);
  if (settled !== undefined || milestone === undefined) return settled;
  const blockers = openBlockers(state, milestone);
  if (blockers.length > 0) return refuse('Blocked', 'These must be done, or waived by name, first.', blockers);
  return (
    judgeOutcome(milestone, report) ??
    judgeDay(state, report.on, atMs) ??
    judgeCountsOf(state, milestone) ??
    judgeDates(state, milestone, report)
  );
}

export function judgeCancel(state: MigrationState): Rejection | undefined {
  return state.status === 'running' ? undefined : closed(state);
}

/** A contact that mail goes to needs an address: nobody is left without a reader. */
export function judgeAmendment(state: MigrationState, amendment: ContactAmendment): Rejection | undefined {
  if (state.status !== 'running') return closed(state);
  const keys = contactKeys(state.directory);
  if (!keys.includes(amendment.target)) {
    return refuse('ContactInvalid', `There is no contact "${amendment.target}".`, keys);
  }
  const reachable = amendment.contact.email !== undefined || amendment.contact.phone !== undefined;
  const needsEmail = !amendment.target.includes('.') && amendment.target !== 'leadClinician';
  if (needsEmail ? amendment.contact.email !== undefined : reachable) return undefined;
  return refuse(
    'ContactInvalid',
    `${amendment.target} needs ${needsEmail ? 'an email address' : 'an email address or a telephone number'}.`,
  );
}
