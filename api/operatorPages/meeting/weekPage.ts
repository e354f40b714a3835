/** The sheet for a migration's weekly meeting: on one page of A4 when it is printed. */
import type { z } from 'zod';
import { isDay } from '../../../rules/calendar/day.js';
import { migrationAnswer } from '../../answers/migrations.js';
import { weekAnswer } from '../../answers/meeting.js';
import { weekLines } from '../../meetingText.js';
import { hrefOf, migrationView } from '../migration/frame.js';
import { operatorHtml } from '../shell.js';
import { mailLink } from './mailLink.js';
import type { Visit } from '../visit.js';
import { dayOfInstant, shortDay } from '../words.js';

type Week = z.infer<typeof weekAnswer>;
type Item = Week['due'][number];

/** So many lines of each part fit on the page; the rest is on the plan. */
const MOST = { late: 12, due: 16, done: 12, changes: 12, holders: 8 };

const NOT_NEEDED: readonly Item['status'][] = ['waived', 'cleared'];

interface Part {
  lines: object[];
  /** How many there are that do not fit. */
  more: number;
}

const partOf = <Thing>(things: readonly Thing[], most: number, viewOf: (thing: Thing) => object): Part => ({
  lines: things.slice(0, most).map(viewOf),
  more: Math.max(things.length - most, 0),
});

function itemView(migrationId: string, { milestoneId, title, holderName, dueOn, provisional }: Item): object {
  return {
    title,
    who: holderName,
    provisional,
    href: `${hrefOf(migrationId)}/milestones/${encodeURIComponent(milestoneId)}`,
    on: shortDay(dueOn),
  };
}

const doneView =
  (migrationId: string) =>
  (item: Item): object => ({
    ...itemView(migrationId, item),
    on: shortDay(item.settledOn),
    who: item.settledBy ?? item.holderName,
    note: NOT_NEEDED.includes(item.status) ? 'not needed' : item.status === 'rejected' ? 'rejected' : '',
  });

function weekView({ migrationId, today, since, until, ...week }: Week): object {
  const item = (each: Item): object => itemView(migrationId, each);
  return {
    today: shortDay(today),
    since: shortDay(since),
    until: shortDay(until),
    late: partOf(week.late, MOST.late, item),
    due: partOf(week.due, MOST.due, item),
    done: partOf(week.done, MOST.done, doneView(migrationId)),
    holders: partOf(week.holders, MOST.holders, ({ holderName, open, late, nextDueOn, next }) => ({
      holderName,
      open,
      late,
      next: next ?? '',
      nextOn: shortDay(nextDueOn),
    })),
    changes: partOf(week.changes, MOST.changes, ({ atMs, by, text }) => ({
      by: by === 'leadtime' ? '' : by,
      text,
      on: shortDay(dayOfInstant(atMs)),
    })),
  };
}

/** `/operator/migrations/:id/week`; with `?on=2026-11-30` that of another day's meeting. */
export async function weekPage({ desk, params, query, signedIn }: Visit): Promise<string> {
  const path = `/migrations/${encodeURIComponent(params.id)}`;
  const { on = '' } = query;
  const { migration } = await desk.get(path, migrationAnswer);
  const week = await desk.get(`${path}/week${isDay(on) ? `?asOf=${on}` : ''}`, weekAnswer);
  const view = {
    rehearsal: migration.rehearsal,
    migration: migrationView(migration, 'week'),
    week: weekView(week),
    mailHref: mailLink(weekLines(week)),
  };
  return operatorHtml('week', { signedIn, section: 'portfolio' }, view, { on, isWrong: on !== '' && !isDay(on) });
}
