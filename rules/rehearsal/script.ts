/** From an events file to somebody who does what it says. */
import { ClockSpanError, instantOf, minuteOfDayAt } from '../calendar/clock.js';
import { contactKeys } from '../migration/contacts.js';
import type { MigrationState } from '../migration/state.js';
import type { Act, Actor } from './actor.js';
import type { ScriptEntry } from './eventsSchema.js';
import type { Outage } from './run.js';
import { actOf } from './scriptActs.js';

/** Something that one field cannot tell. `path` is the field in the file, for the line. */
export interface ScriptProblem {
  path: (string | number)[];
  what: string;
  fix: string;
}

export interface Script {
  actor: Actor;
  /** In order of time. */
  outages: Outage[];
  /** Places of entries, from 0, that are earlier than one above them: they happen in order of time all the same. */
  outOfOrder: number[];
  problems: ScriptProblem[];
}

interface TimedAct {
  index: number;
  atMs: number;
  act: Act;
}

const noon = 12 * 60;

/** `2026-11-20T14:30` in Europe/London, noon where only the day is given. @throws ClockSpanError */
function momentMs({ plan }: MigrationState, moment: string): number {
  const [day = '', time] = moment.split('T');
  const [hours = 0, minutes = 0] = time?.split(':').map(Number) ?? [];
  return instantOf(plan.workingTime.clock, day, time === undefined ? noon : hours * 60 + minutes);
}

/** As the clocks show it there: `14:30`. */
function timeAt({ workingTime: { clock } }: MigrationState['plan'], atMs: number): string {
  const minute = minuteOfDayAt(clock, atMs);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** Reads the moments of a file and keeps what is wrong with them. */
class Moments {
  readonly problems: ScriptProblem[] = [];

  constructor(private readonly start: MigrationState) {}

  /** The instant at a path; undefined, with a problem kept, where the migration knows none. */
  at(path: (string | number)[], moment: string): number | undefined {
    const { startedAtMs, plan } = this.start;
    try {
      const atMs = momentMs(this.start, moment);
      const shown = timeAt(plan, atMs);
      if (moment.includes('T') && !moment.endsWith(shown))
        this.refuse(
          path,
          `there is no ${moment}: the clocks go forward over it`,
          `use ${moment.split('T')[0]}T${shown}`,
        );
      else if (atMs >= startedAtMs) return atMs;
      else this.refuse(path, `${moment} is before the migration starts, on ${this.beginning()}`, 'use a later moment');
    } catch (error) {
      if (!(error instanceof ClockSpanError)) throw error;
      this.refuse(
        path,
        `${moment} is outside the days that this plan knows`,
        `use a day from ${plan.asOf} on, within the calendar`,
      );
    }
    return undefined;
  }

  private beginning(): string {
    const { startedAtMs, plan } = this.start;
    return `${plan.asOf} at ${timeAt(plan, startedAtMs)}`;
  }

  refuse(path: (string | number)[], what: string, fix: string): void {
    this.problems.push({ path, what, fix });
  }
}

function outageOf({ outage }: Extract<ScriptEntry, { outage: unknown }>, index: number, moments: Moments): Outage[] {
  const path = [index, 'outage'];
  const [fromMs, toMs] = [moments.at([...path, 'from'], outage.from), moments.at([...path, 'to'], outage.to)];
  if (fromMs === undefined || toMs === undefined) return [];
  if (toMs > fromMs) return [{ fromMs, toMs }];
  moments.refuse([...path, 'to'], `${outage.to} is not after ${outage.from}`, 'let the outage end after it begins');
  return [];
}

function checkAddressee(entry: ScriptEntry, index: number, start: MigrationState, moments: Moments): void {
  if (!('refuse' in entry)) return;
  const known = contactKeys(start.directory);
  if (!known.includes(entry.refuse))
    moments.refuse([index, 'refuse'], `there is no contact "${entry.refuse}"`, `known here: ${known.join(', ')}`);
}

function actorOf(acts: readonly TimedAct[]): Actor {
  let done = 0;
  return {
    nextAtMs: (_state, nowMs) => acts.slice(done).find(({ atMs }) => atMs > nowMs)?.atMs,
    acts: (_state, nowMs) => {
      const due = acts.slice(done).filter(({ atMs }) => atMs <= nowMs);
      done += due.length;
      return due.map(({ act }) => act);
    },
  };
}

/** Entries that are earlier than one above them. */
function late(acts: readonly TimedAct[]): number[] {
  let latest = -Infinity;
  return acts.flatMap(({ atMs, index }) => {
    const isLate = atMs < latest;
    latest = Math.max(latest, atMs);
    return isLate ? [index] : [];
  });
}

/**
 * Makes the entries of an events file happen, in order of time; of the same minute in the order of the file.
 *
 * @param start the migration that they happen to: its clock, its first instant and its contacts
 */
export function scriptOf(entries: readonly ScriptEntry[], start: MigrationState): Script {
  const moments = new Moments(start);
  const acts: TimedAct[] = [];
  const outages: Outage[] = [];
  for (const [index, entry] of entries.entries()) {
    checkAddressee(entry, index, start, moments);
    if ('outage' in entry) outages.push(...outageOf(entry, index, moments));
    else {
      const atMs = moments.at([index, 'at'], entry.at);
      if (atMs !== undefined) acts.push({ index, atMs, act: actOf(entry, index, atMs) });
    }
  }
  return {
    actor: actorOf(acts.toSorted((a, b) => a.atMs - b.atMs)),
    outages: outages.toSorted((a, b) => a.fromMs - b.fromMs),
    outOfOrder: late(acts),
    problems: moments.problems,
  };
}
