import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { calendarSchema, type CalendarData } from '../rules/calendar/data.js';

/** The calendar that ships with the product. It lies beside this code, in the source as in the build. */
const SHIPPED = fileURLToPath(new URL('./calendars/uk-bank-holidays.json', import.meta.url));

/** The calendar file in use: the one that LEADTIME_CALENDAR names, else the shipped one. */
export function calendarFileInUse(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const named = env['LEADTIME_CALENDAR']?.trim();
  return named ? resolve(named) : SHIPPED;
}

/** A calendar file that cannot be used: its message names the file and every problem in it. */
export class CalendarFileError extends Error {
  override readonly name = 'CalendarFileError';

  constructor(
    readonly file: string,
    readonly problems: readonly string[],
  ) {
    super([`${file} is not a calendar that can be used:`, ...problems.map((problem) => `  ${problem}`)].join('\n'));
  }
}

/** Reads and checks a calendar file, the one in use unless told otherwise. @throws CalendarFileError */
export async function loadCalendar(file = calendarFileInUse()): Promise<CalendarData> {
  const text = await readText(file);
  const { data, success } = calendarSchema.safeParse(parsed(text));
  if (success) return data;
  // Only a file that is wrong is read again for the places of its values: that takes longer than a good one should.
  const [{ readYaml }, { formatProblem }] = await Promise.all([
    import('../rules/files/readYaml.js'),
    import('../rules/files/problem.js'),
  ]);
  const reading = readYaml(text, basename(file), calendarSchema);
  if (reading.ok) return reading.value;
  throw new CalendarFileError(file, reading.problems.map(formatProblem));
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new CalendarFileError(file, [error instanceof Error ? error.message : String(error)]);
  }
}
