/** What one reader of a migration sees on a page of their own: what is theirs to do, and nothing else. */
import type { Day } from '../calendar/day.js';
import { anchorTitles } from '../order/anchorNames.js';
import { goesByItself, owesNothing } from '../plan/goesBy.js';
import { patientDaysOf, type PatientDays } from '../plan/patientDays.js';
import type { PlannedMilestone } from '../plan/types.js';
import { countersOf, reportsOf } from './counts.js';
import { describeMilestone } from './describe.js';
import { isActionable, isOpen, milestoneState, todayOf } from './lookup.js';
import type { MessageItem } from './messages.js';
import type { MigrationState, MilestoneStatus } from './state.js';

/** `practiceManager`, or `PARTY.contact`: the key of an addressee who has a page. */
export type PageRole = string;

/**
 * What the reader can say of a task. done: it is done. returned: the form went back, for a named day. named: it is done for a
 * named day. arrived: the form has come. acknowledged: the notice is taken. nothing: it is settled by something else.
 */
export type PageAnswer = 'done' | 'returned' | 'named' | 'arrived' | 'acknowledged' | 'nothing';

export interface PageTask {
  milestoneId: string;
  title: string;
  action: string;
  status: MilestoneStatus;
  answer: PageAnswer;
  /** Of a period: the first day, of which `dueOn` is the last. Nothing is owed when it ends. */
  periodFrom?: Day;
  dueOn?: Day;
  lateWorkingDays?: number;
  /** An operator has taken its slip on: the reader is not reminded, and it is still to be done. */
  takenOn?: { by: string; on: Day };
  /** What happens if it is late, one sentence. */
  ifLate: string;
  /** The day that a form or booking has to name. */
  forDay?: Day;
  /** Another day that somebody has given for it: it does not count as done. */
  statedDate?: Day;
  /** It comes with its day, and nobody has to do anything: the end of an access, the day of an anchor. */
  comesByItself: boolean;
  /** Title of what must be done first, and by whom. */
  waitsFor?: string;
  holderName: string;
  advice: string[];
  /** It asks for numbers. */
  counted: boolean;
  settledOn?: Day;
  settledBy?: string;
}

export interface PageCounter {
  counterId: string;
  title: string;
  /** As last reported. */
  value?: number;
  on?: Day;
}

export interface MigrationPage {
  migrationId: string;
  odsCode: string;
  practiceName: string;
  rehearsal: boolean;
  status: MigrationState['status'];
  /** It is on hold since this day: nobody is reminded, and its days are said anew when it goes on. */
  onHoldSince?: Day;
  csu: MigrationState['directory']['csu'];
  role: PageRole;
  readerName: string;
  /** Name of the supplier or third party whose page it is; absent on the practice's. */
  partyName?: string;
  /** Links of an earlier generation have been revoked. */
  linkGeneration: number;
  today: Day;
  days: { title: string; on?: Day; provisional: boolean }[];
  /** Open and the reader's, the earliest first: first what can be done now, then what waits. */
  tasks: PageTask[];
  /** The reader's that are settled, the newest first. */
  settled: PageTask[];
  /** What the practice reports. */
  counters: PageCounter[];
  /** For the posters at its sites; absent on the page of a party. */
  patients?: { sites: { id: string; name: string }[]; told: PatientDays };
}

/** The days that every page names. */
export const shownAnchors = ['initialDataProduction', 'finalDataProduction', 'goLive'] as const;

/** The party whose page it is; undefined for the practice's. */
export const partyIdOf = (role: PageRole): string | undefined =>
  role.split('.').length > 1 ? role.split('.')[0] : undefined;

/** Whether there is somebody in this role. */
export function hasPage({ directory }: MigrationState, role: PageRole): boolean {
  const partyId = partyIdOf(role);
  if (partyId === undefined) return role === 'practiceManager';
  return role === `${partyId}.contact` && directory.parties.some(({ id }) => id === partyId);
}

/** Which generation of a role's links is good: those of an earlier one have been revoked. */
export const linkGenerationOf = ({ linkGenerations }: MigrationState, role: PageRole): number =>
  linkGenerations?.[role] ?? 0;

/**
 * What a role can say of a milestone; undefined where it is not theirs. The practice also sees the form on its way, so that it can
 * say that it has come.
 */
export function answerOf(role: PageRole, milestone: PlannedMilestone): PageAnswer | undefined {
  const partyId = partyIdOf(role);
  const { kind, holder, hop } = milestone;
  if (partyId === undefined) {
    if (hop?.name === 'formAtPractice') return 'arrived';
    if (holder !== 'practice') return undefined;
    if (hop?.name === 'formReturned') return 'returned';
    return owesNothing(milestone) || milestone.decides !== undefined ? 'nothing' : 'done';
  }
  if (kind === 'notice') return milestone.partyId === partyId ? 'acknowledged' : undefined;
  if (holder !== partyId) return undefined;
  if (hop?.name === 'formReceived' || hop?.name === 'scheduled') return 'named';
  return owesNothing(milestone) ? 'nothing' : 'done';
}

function ifLate({ effect, holderName }: MessageItem, { anchor, blocks }: PlannedMilestone): string {
  if (effect !== undefined) return effect;
  if (blocks !== undefined) return `Without it the ${anchorTitles[blocks]} cannot be recorded as done.`;
  return `It may put the ${anchorTitles[anchor]} at risk; ${holderName} is reminded, then the CSU is told.`;
}

function taskOf(state: MigrationState, milestone: PlannedMilestone, answer: PageAnswer, today: Day): PageTask {
  const item = describeMilestone(state, milestone, '', today);
  const { status, settledOn, settledBy, slipAcknowledged } = milestoneState(state, milestone.id);
  const forDay = milestone.hop && state.plan.anchors[milestone.anchor].on;
  const { lateWorkingDays, periodFrom, statedDate } = item;
  return {
    milestoneId: milestone.id,
    title: item.title,
    action: item.action,
    status,
    answer,
    holderName: item.holderName,
    advice: milestone.advice ?? [],
    counted: milestone.counts !== undefined,
    ifLate: ifLate(item, milestone),
    ...(periodFrom && { periodFrom }),
    ...(item.dueOn && { dueOn: item.dueOn }),
    ...(slipAcknowledged && { takenOn: { by: slipAcknowledged.by, on: slipAcknowledged.on } }),
    ...(lateWorkingDays !== undefined && { lateWorkingDays }),
    ...(forDay && { forDay }),
    ...(statedDate && { statedDate }),
    comesByItself: goesByItself(milestone),
    ...(item.waitsFor !== undefined && { waitsFor: `${item.waitsFor} (${item.holderName})` }),
    ...(settledOn && { settledOn }),
    ...(settledBy !== undefined && { settledBy }),
  };
}

/** An acknowledgement is asked for once the notice has gone out, which settles it. */
function isTheirs(state: MigrationState, { id }: PlannedMilestone, answer: PageAnswer): boolean {
  if (answer !== 'acknowledged') return isOpen(state, id);
  const { status, acknowledgedOn } = milestoneState(state, id);
  return status === 'done' && acknowledgedOn === undefined;
}

/** A period asks for something from its first day on. */
const dayOf = ({ periodFrom, dueOn = '9999' }: PageTask): Day => periodFrom ?? dueOn;

const byDay = (a: PageTask, b: PageTask): number => (dayOf(a) < dayOf(b) ? -1 : 1);

/**
 * The page of one role as it stands at an instant.
 *
 * @param role one for which `hasPage` holds
 */
export function pageOf(state: MigrationState, role: PageRole, nowMs: number): MigrationPage {
  const today = todayOf(state, nowMs);
  const theirs = state.plan.milestones.flatMap((milestone) => {
    const answer = answerOf(role, milestone);
    return answer === undefined ? [] : [{ milestone, answer, task: taskOf(state, milestone, answer, today) }];
  });
  const open = theirs.filter(({ milestone, answer }) => isTheirs(state, milestone, answer));
  const now = open.filter(({ milestone, answer }) => answer === 'acknowledged' || isActionable(state, milestone));
  const waiting = open.filter((each) => !now.includes(each));
  const settled = theirs
    .filter(({ task }) => task.status === 'done' || task.status === 'waived')
    .map(({ task }) => task);
  const { directory, plan } = state;
  return {
    migrationId: state.migrationId,
    odsCode: directory.practice.odsCode,
    practiceName: directory.practice.name,
    rehearsal: state.rehearsal,
    status: state.status,
    ...(state.hold && { onHoldSince: state.hold.on }),
    csu: directory.csu,
    role,
    ...readerOf(state, role),
    linkGeneration: linkGenerationOf(state, role),
    today,
    days: shownAnchors.map((name) => ({
      title: anchorTitles[name],
      provisional: plan.anchors[name].status === 'provisional',
      ...(plan.anchors[name].on && { on: plan.anchors[name].on }),
    })),
    tasks: [...now.map(({ task }) => task).toSorted(byDay), ...waiting.map(({ task }) => task).toSorted(byDay)],
    settled: settled.toSorted((a, b) => ((a.settledOn ?? '') > (b.settledOn ?? '') ? -1 : 1)),
    ...(partyIdOf(role) === undefined
      ? { counters: countersShown(state), patients: { sites: directory.practice.sites, told: patientDaysOf(plan) } }
      : { counters: [] }),
  };
}

function readerOf({ directory }: MigrationState, role: PageRole): Pick<MigrationPage, 'readerName' | 'partyName'> {
  const party = directory.parties.find(({ id }) => id === partyIdOf(role));
  if (party === undefined) return { readerName: directory.contacts.practiceManager.name };
  return { readerName: party.contact?.name ?? party.name, partyName: party.name };
}

function countersShown(state: MigrationState): PageCounter[] {
  return countersOf(state).map(({ id, title }) => {
    const [last] = reportsOf(state, id);
    return { counterId: id, title, ...(last && { value: last.value, on: last.on }) };
  });
}
