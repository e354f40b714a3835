import path from 'node:path';
import { readEnvironment } from '../../config/environment.js';
import { loadCalendar } from '../../config/loadCalendar.js';
import {
  CalendarGapError,
  compareCalendars,
  isSame,
  withKnownPast,
  type CalendarComparison,
} from '../../rules/calendar/compareCalendars.js';
import type { CalendarData } from '../../rules/calendar/data.js';
import { inspectCalendar, type CalendarFinding } from '../../rules/calendar/inspectCalendar.js';
import { asOfOrToday } from '../asOf.js';
import { ANSWER_IS_NO, CommandFailure, WRONG_USE } from '../failure.js';
import { fetchList, OFFICIAL_URL } from './fetchList.js';
import { calendarOfList } from './readList.js';
import { updateText } from './updateText.js';
import { writeCalendar } from './writeCalendar.js';

export interface UpdateOptions {
  from?: string;
  to?: string;
  yes?: true;
  asOf?: string;
  json?: true;
}

/** What an update found and did. */
export interface Update {
  inUse: CalendarData;
  fresh: CalendarData;
  comparison: CalendarComparison;
  findings: CalendarFinding[];
  /** Where the new calendar was written, or would be. */
  file: string;
  written: boolean;
}

/** Fetches the official list, shows what it changes, and writes a new calendar where told to. @throws CommandFailure */
export async function updateCalendar({ from = OFFICIAL_URL, to, yes, asOf, json }: UpdateOptions): Promise<void> {
  const day = asOfOrToday(asOf);
  const inUse = await loadCalendar();
  const listed = calendarOfList(await fetchList(from), from, day);
  const fresh = { ...joined(inUse, listed), version: versionAfter(inUse.version, day) };
  const comparison = compareCalendars(inUse, fresh, day);
  const file = path.resolve(to ?? path.join(calendarsFolder(), `${fresh.id}-${fresh.version}.json`));
  const written = yes === true && !isSame(comparison);
  if (written) await writeCalendar(file, fresh);
  const update = { inUse, fresh, comparison, findings: inspectCalendar(fresh, day), file, written };
  process.stdout.write(`${json ? updateJson(update) : updateText(update)}\n`);
  if (!written && !isSame(comparison)) process.exitCode = ANSWER_IS_NO;
}

function joined(inUse: CalendarData, listed: CalendarData): CalendarData {
  try {
    return withKnownPast(inUse, listed);
  } catch (error) {
    if (error instanceof CalendarGapError) throw new CommandFailure(`${error.message}; nothing was changed`, WRONG_USE);
    throw error;
  }
}

/** A second list of the same day gets a version of its own: a version means the same days for ever. */
function versionAfter(version: string, day: string): string {
  if (version === day) return `${day}.2`;
  const [, ofDay, number] = /^(.+)\.(\d+)$/.exec(version) ?? [];
  return ofDay === day ? `${day}.${Number(number) + 1}` : day;
}

const calendarsFolder = (): string => path.join(readEnvironment(process.env).dataDir, 'calendars');

function updateJson({ inUse, fresh, comparison, findings, file, written }: Update): string {
  const about = ({ id, version, from, horizon, source, sourceUrl, retrievedOn, sha256 }: CalendarData) => {
    return { id, version, from, horizon, source, sourceUrl, retrievedOn, sha256 };
  };
  const answer = { changed: !isSame(comparison), written, file, inUse: about(inUse), fresh: about(fresh) };
  return JSON.stringify({ ...answer, ...comparison, findings }, null, 2);
}
