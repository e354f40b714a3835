/** What the page templates may say: everything of a page, in words that are ready to be read. */
import { addDays, formatDay, type Day } from '../../rules/calendar/day.js';
import { describeLength } from '../../rules/calendar/wording.js';
import type { MigrationPage, PageAnswer, PageTask } from '../../rules/migration/page.js';
import type { OpenPage } from './door.js';

export interface TaskView {
  id: string;
  title: string;
  action: string;
  answer: PageAnswer;
  /** `Thursday 3 December 2026`, `today, …`, `tomorrow, …`; empty without a day, where no day is asked for, and of a period. */
  due: string;
  /** Of a period: `from Monday 4 January 2027 to Thursday 28 January 2027`, `until …` once it has begun; of what comes by itself: `on …`; else empty. */
  lasts: string;
  isPeriod: boolean;
  /** `3 working days late`; empty when not late. */
  late: string;
  ifLate: string;
  /** `Tom Ashdown, on Monday 24 May 2027`: an operator who has taken its slip on; else empty. */
  takenOn: string;
  /** What must be done first, and by whom; empty when nothing. */
  waitsFor: string;
  /** The day that a form or booking has to name. */
  forDay: string;
  /** Another day that somebody has given; empty where none stands. */
  stated: string;
  advice: string[];
  /** The address of the form for its numbers; empty where it asks for none. */
  countsHref: string;
  settledOn: string;
  settledBy: string;
  href: string;
}

export interface CounterView {
  id: string;
  title: string;
  /** `40 on Monday 23 November 2026`; empty when nothing was reported yet. */
  last: string;
}

export interface PageView {
  base: string;
  title: string;
  migrationId: string;
  practiceName: string;
  odsCode: string;
  partyName: string;
  isPractice: boolean;
  rehearsal: boolean;
  status: MigrationPage['status'];
  csu: MigrationPage['csu'];
  today: string;
  /** Since when the migration is on hold; empty while it runs. */
  onHoldSince: string;
  days: { title: string; on: string }[];
  /** Late, due or beginning within two weeks, or without a day. */
  soon: TaskView[];
  /** Of those: when the first is due, and whether that is past; the day is empty where none is. */
  firstDue: { day: string; isLate: boolean };
  later: TaskView[];
  waiting: TaskView[];
  /** What others send the reader, who can say that it has come. */
  coming: TaskView[];
  settled: TaskView[];
  counters: CounterView[];
  /** To print, one for each site of the practice; none for a party. */
  posters: { site: string; href: string }[];
}

/** What is due further ahead than this is shown shortly. */
const SOON_DAYS = 14;

function dueWords(dueOn: Day | undefined, today: Day): string {
  if (dueOn === undefined) return '';
  if (dueOn === today) return `today, ${formatDay(dueOn)}`;
  return dueOn === addDays(today, 1) ? `tomorrow, ${formatDay(dueOn)}` : formatDay(dueOn);
}

const dayOr = (day: Day | undefined, without: string): string => (day === undefined ? without : formatDay(day));

type Times = Pick<TaskView, 'due' | 'lasts' | 'isPeriod' | 'late' | 'ifLate'>;

const noTimes: Times = { due: '', lasts: '', isPeriod: false, late: '', ifLate: '' };

function lastsWords(from: Day, to: Day, today: Day): string {
  if (from === to) return `on ${dueWords(to, today)}`;
  return from <= today ? `until ${dueWords(to, today)}` : `from ${dueWords(from, today)} to ${formatDay(to)}`;
}

/**
 * A notice is confirmed when it comes: the day it was due counts for the sender alone. A period lasts, and nothing is owed when
 * it ends, so that it is never late.
 */
function timesOf(task: PageTask, today: Day): Times {
  const { answer, dueOn, periodFrom, comesByItself, lateWorkingDays: late = 0, ifLate } = task;
  if (answer === 'acknowledged') return noTimes;
  if (periodFrom !== undefined && dueOn !== undefined)
    return { ...noTimes, isPeriod: true, lasts: lastsWords(periodFrom, dueOn, today) };
  if (comesByItself) return { ...noTimes, lasts: dueOn === undefined ? '' : `on ${dueWords(dueOn, today)}` };
  return {
    ...noTimes,
    due: dueWords(dueOn, today),
    late: late > 0 ? `${describeLength({ amount: late, unit: 'workingDays' })} late` : '',
    ifLate,
  };
}

const takenOnWords = ({ takenOn }: PageTask): string =>
  takenOn === undefined ? '' : `${takenOn.by}, on ${formatDay(takenOn.on)}`;

/** The milestone's own words are for whoever sends it. */
const arrivalWords = ({ holderName }: PageTask): string =>
  `This comes from ${holderName}. When it is with you, tell us; until then there is nothing for you to do.`;

export function taskView({ base, page }: OpenPage, task: PageTask): TaskView {
  return {
    id: task.milestoneId,
    title: task.title,
    action: task.answer === 'arrived' ? arrivalWords(task) : task.action,
    answer: task.answer,
    ...timesOf(task, page.today),
    takenOn: takenOnWords(task),
    countsHref: task.counted && page.counters.length > 0 ? `${base}/counts` : '',
    waitsFor: task.waitsFor ?? '',
    forDay: dayOr(task.forDay, ''),
    stated: dayOr(task.statedDate, ''),
    advice: task.advice,
    settledOn: dayOr(task.settledOn, ''),
    settledBy: task.settledBy ?? '',
    href: `${base}/tasks/${encodeURIComponent(task.milestoneId)}`,
  };
}

/** What has another day than the plan is not settled, however far ahead it is due. */
function isSoon({ dueOn, periodFrom, answer, statedDate }: PageTask, today: Day): boolean {
  const day = periodFrom ?? dueOn;
  const isAsked = answer === 'acknowledged' || statedDate !== undefined;
  return isAsked || day === undefined || day <= addDays(today, SOON_DAYS);
}

/** Nothing else comes first, or somebody has dealt with it before that. */
const isReady = ({ waitsFor, statedDate }: PageTask): boolean => waitsFor === undefined || statedDate !== undefined;

function firstDueOf(soon: readonly TaskView[]): PageView['firstDue'] {
  const first = soon.find(({ due }) => due !== '');
  return { day: first?.due ?? '', isLate: (first?.late ?? '') !== '' };
}

function groupsOf(opened: OpenPage): Pick<PageView, 'soon' | 'firstDue' | 'later' | 'waiting' | 'coming' | 'settled'> {
  const { tasks, settled, today } = opened.page;
  const own = tasks.filter(({ answer }) => answer !== 'arrived');
  const ready = own.filter(isReady);
  const open = new Set(tasks.map(({ milestoneId }) => milestoneId));
  const viewed = (some: PageTask[]): TaskView[] => some.map((task) => taskView(opened, task));
  const soon = viewed(ready.filter((task) => isSoon(task, today)));
  return {
    soon,
    firstDue: firstDueOf(soon),
    later: viewed(ready.filter((task) => !isSoon(task, today))),
    waiting: viewed(own.filter((task) => !isReady(task))),
    coming: viewed(tasks.filter(({ answer }) => answer === 'arrived')),
    settled: viewed(settled.filter(({ milestoneId }) => !open.has(milestoneId))),
  };
}

const counterViews = ({ counters }: MigrationPage): CounterView[] =>
  counters.map(({ counterId, title, value, on }) => ({
    id: counterId,
    title,
    last: value === undefined || on === undefined ? '' : `${value} on ${formatDay(on)}`,
  }));

const posterLinks = ({ base, page }: OpenPage): PageView['posters'] =>
  (page.patients?.sites ?? []).map(({ id, name }) => ({
    site: name,
    href: `${base}/posters/${encodeURIComponent(id)}`,
  }));

/** The whole page of a reader. */
export function pageView(opened: OpenPage): PageView {
  const { base, page } = opened;
  const { migrationId, practiceName, odsCode, partyName = '', rehearsal, status, csu, today } = page;
  return {
    base,
    title: `What is due from ${partyName || practiceName}`,
    migrationId,
    practiceName,
    odsCode,
    partyName,
    rehearsal,
    status,
    csu,
    isPractice: partyName === '',
    today: formatDay(today),
    onHoldSince: page.onHoldSince === undefined ? '' : formatDay(page.onHoldSince),
    days: page.days.map(({ title, on, provisional }) => ({
      title,
      on: `${dayOr(on, 'not set yet')}${provisional ? ' (provisional)' : ''}`,
    })),
    ...groupsOf(opened),
    counters: counterViews(page),
    posters: posterLinks(opened),
  };
}
