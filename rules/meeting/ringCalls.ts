/** The calls of a morning: who is rung under which number, and what is said. */
import { formatDay, type Day } from '../calendar/day.js';
import { awayUntil } from '../migration/contacts.js';
import { chasedOn } from '../migration/chases.js';
import { holderName, isOpen, lateWorkingDays, milestoneState, plannedMilestone } from '../migration/lookup.js';
import type { MigrationState } from '../migration/state.js';
import type { Contact } from '../order/schema.js';
import { groupsBy } from './groups.js';
import type { RingTopic } from './ringList.js';
import type { RingRow } from './ringRow.js';

export interface RingItem {
  migrationId: string;
  odsCode: string;
  practiceName: string;
  milestoneId: string;
  title: string;
  dueOn?: Day;
  /** Absent where it is not late, or the migration could not be asked. */
  lateWorkingDays?: number;
  /** How often they were written to about it without an answer. */
  chases: number;
  /** They are to be told by hand. */
  isCallTask: boolean;
}

export interface RingPerson {
  name: string;
  phone?: string;
  email?: string;
  /** Whom they stand in for, and until when. */
  insteadOf?: { name: string; until: Day };
}

export interface RingCall {
  /** `practice`, `csu` (nobody is rung: it is ours to do), or a party's id. */
  whom: string;
  whomName: string;
  /** Absent where it is ours to do, and where the migration could not be asked. */
  person?: RingPerson;
  /** A production day or Go Live cannot be met without one of them. */
  isCritical: boolean;
  /** What to say, in two sentences; empty where nobody is rung. */
  script: string[];
  items: RingItem[];
}

export interface RingCalls {
  calls: RingCall[];
  /** Slips that somebody has in hand: nobody is rung about them. */
  takenOn: number;
  /** Migrations that could not be asked: whether somebody has it in hand, and the number, are not known. */
  unasked: string[];
}

/** A contact, or the deputy while they are away. */
function personOf(contact: Contact | undefined, today: Day): RingPerson | undefined {
  if (contact === undefined) return undefined;
  const until = awayUntil(contact, today);
  const { name, phone, email, deputy } = contact;
  const { phone: theirs, email: mail, ...rest } = until !== undefined && deputy ? deputy : { name, phone, email };
  return {
    name: rest.name,
    ...(theirs !== undefined && { phone: theirs }),
    ...(mail !== undefined && { email: mail }),
    ...(until !== undefined && deputy && { insteadOf: { name, until } }),
  };
}

function contactOf({ directory }: MigrationState, whom: string): Contact | undefined {
  if (whom === 'practice') return directory.contacts.practiceManager;
  const { parties, formerParties = [] } = directory;
  return [...parties, ...formerParties].find(({ id }) => id === whom)?.contact;
}

/** Still open, and nobody has it in hand; of a call task, that it went out for the day that it has now. */
function isToRing(state: MigrationState, { milestoneId, isCallTask, dueOn }: RingRow, today: Day): boolean {
  if (plannedMilestone(state, milestoneId) === undefined || !isOpen(state, milestoneId)) return false;
  const { rungs, slipAcknowledged } = milestoneState(state, milestoneId);
  if (slipAcknowledged !== undefined) return false;
  const isLate = dueOn !== undefined && lateWorkingDays(state, dueOn, today) > 0;
  return isLate || (isCallTask && Object.values(rungs).includes('sent'));
}

function itemOf(row: RingRow, state: MigrationState | undefined, today: Day): RingItem {
  const { migrationId, odsCode, practiceName, milestoneId, title, dueOn, isCallTask } = row;
  const late = state === undefined || dueOn === undefined ? 0 : lateWorkingDays(state, dueOn, today);
  return {
    migrationId,
    odsCode,
    practiceName,
    milestoneId,
    title,
    isCallTask,
    ...(dueOn !== undefined && { dueOn }),
    ...(late > 0 && { lateWorkingDays: late }),
    chases: state === undefined ? 0 : chasedOn(state, { id: milestoneId }).length,
  };
}

interface Asked {
  topic: RingTopic;
  state?: MigrationState;
  rows: RingRow[];
}

const hasInHand = (state: MigrationState, { milestoneId }: RingRow): boolean =>
  isOpen(state, milestoneId) && milestoneState(state, milestoneId).slipAcknowledged !== undefined;

const listed = (titles: readonly string[]): string =>
  titles.length < 2 ? titles.join('') : `${titles.slice(0, -1).join(', ')} and ${titles.at(-1) ?? ''}`;

function aboutWords(items: readonly RingItem[]): string {
  const practices = [...new Set(items.map(({ practiceName, odsCode }) => `${practiceName} (${odsCode})`))];
  return practices.length > 3 ? `${practices.length} practices that move` : `the move of ${listed(practices)}`;
}

const BY_NAME = 2;

function askWords(items: readonly RingItem[], actionOf: (item: RingItem) => string): string {
  const [first] = items;
  if (first === undefined) return '';
  if (items.length > BY_NAME)
    return `${items.length} things are open with you: what is in the way of each, and by when can you do it?`;
  if (items.every(({ lateWorkingDays: late, chases }) => late === undefined && chases === 0))
    return `We have this for you: ${listed(items.map(actionOf))} Please give me a reference and your name.`;
  const due = items.map(({ title, dueOn }) => (dueOn === undefined ? title : `${title}, due on ${formatDay(dueOn)}`));
  const are = items.length === 1 ? 'is' : 'are';
  return `${listed(due)}, ${are} not done: what is in the way, and by when can you do it?`;
}

function scriptOf(whom: string, items: readonly RingItem[], states: ReadonlyMap<string, MigrationState>): string[] {
  const [first] = items;
  const state = first && states.get(first.migrationId);
  if (whom === 'csu' || state === undefined) return [];
  const actionOf = ({ migrationId, milestoneId, title }: RingItem): string => {
    const known = states.get(migrationId);
    return (known && plannedMilestone(known, milestoneId)?.action) ?? title;
  };
  const hello = `This is ${state.directory.csu.name}, about ${aboutWords(items)}.`;
  return [hello, askWords(items, actionOf)];
}

/** One person at a supplier with one number is rung once, about all practices; somebody at a practice, about theirs. What is ours is one list. */
const callKey = ({ topic: { whom, migrationId }, state }: Asked, today: Day): string => {
  if (whom === 'csu') return whom;
  const person = state && personOf(contactOf(state, whom), today);
  return person?.phone === undefined || whom === 'practice'
    ? `${whom} ${migrationId}`
    : `${whom} ${person.name} ${person.phone}`;
};

function callOf(asked: readonly Asked[], states: ReadonlyMap<string, MigrationState>, today: Day): RingCall[] {
  const [first] = asked;
  if (first === undefined) return [];
  const { topic, state } = first;
  const person = state && personOf(contactOf(state, topic.whom), today);
  const items = asked.flatMap((each) => each.rows.map((row) => itemOf(row, each.state, today)));
  return [
    {
      whom: topic.whom,
      whomName: state === undefined ? topic.whomName : holderName(state, topic.whom),
      ...(person && { person }),
      isCritical: asked.some((each) => each.topic.isCritical),
      script: scriptOf(topic.whom, items, states),
      items,
    },
  ];
}

/**
 * @param topics the most urgent first
 * @param states of the migrations that could be asked, by migration id
 */
export function ringCalls(
  topics: readonly RingTopic[],
  states: ReadonlyMap<string, MigrationState>,
  today: Day,
): RingCalls {
  const asked = topics.map((topic): Asked => {
    const state = states.get(topic.migrationId);
    const rows = state === undefined ? topic.rows : topic.rows.filter((row) => isToRing(state, row, today));
    return { topic, rows, ...(state && { state }) };
  });
  const groups = groupsBy(
    asked.filter(({ rows }) => rows.length > 0),
    (each) => callKey(each, today),
  );
  const calls = [...groups.values()].flatMap((group) => callOf(group, states, today));
  const inHand = asked.flatMap(({ topic, state }) =>
    state === undefined ? [] : topic.rows.filter((row) => hasInHand(state, row)),
  );
  return {
    // What is ours to do needs no call: it comes last.
    calls: [...calls.filter(({ whom }) => whom !== 'csu'), ...calls.filter(({ whom }) => whom === 'csu')],
    takenOn: inHand.length,
    unasked: [...new Set(topics.flatMap(({ migrationId }) => (states.has(migrationId) ? [] : [migrationId])))],
  };
}
