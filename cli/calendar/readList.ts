import { createHash } from 'node:crypto';
import type { Day } from '../../rules/calendar/day.js';
import type { CalendarData } from '../../rules/calendar/data.js';
import { calendarFromOfficial, OfficialDataError, officialSchemaFor } from '../../rules/calendar/official.js';
import { formatProblem } from '../../rules/files/problem.js';
import { readYaml } from '../../rules/files/readYaml.js';
import { CommandFailure, WRONG_USE } from '../failure.js';
import { OFFICIAL_URL, type FetchedList } from './fetchList.js';

const MAX_PROBLEMS = 20;

/**
 * Checks an official list and makes a calendar of it.
 *
 * @param name how the reader of the messages knows the list
 * @throws CommandFailure (2) with every problem of a list that cannot be used
 */
export function calendarOfList({ bytes, url }: FetchedList, name: string, retrievedOn: Day): CalendarData {
  const text = decoded(bytes, name);
  const value = parsed(text, name);
  const reading = readYaml(text, name, officialSchemaFor(value));
  if (!reading.ok) throw unusable(name, reading.problems.map(formatProblem));
  const provenance = {
    version: retrievedOn,
    source: url === OFFICIAL_URL ? 'GOV.UK bank holidays' : 'official list of bank holidays, given by hand',
    ...(url !== undefined && { sourceUrl: url }),
    retrievedOn,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
  try {
    return calendarFromOfficial(reading.value, provenance);
  } catch (error) {
    if (error instanceof OfficialDataError) throw unusable(name, error.problems);
    throw error;
  }
}

function unusable(name: string, problems: readonly string[]): CommandFailure {
  const shown = problems.slice(0, MAX_PROBLEMS).map((problem) => `  ${problem}`);
  const more = problems.length > MAX_PROBLEMS ? [`  and ${problems.length - MAX_PROBLEMS} more`] : [];
  const head = `${name} is not a list of bank holidays that can be used; nothing was changed:`;
  return new CommandFailure([head, ...shown, ...more].join('\n'), WRONG_USE);
}

function decoded(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unusable(name, ['it is not UTF-8 text']);
  }
}

function parsed(text: string, name: string): unknown {
  if (text.trim() === '') throw unusable(name, ['it is empty']);
  if (text.trimStart().startsWith('<')) throw unusable(name, ['this is a web page, not JSON: is the address right?']);
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw unusable(name, [`it is not JSON, perhaps cut off on its way (${reason})`]);
  }
}
