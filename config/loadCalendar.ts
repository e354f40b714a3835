import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { calendarSchema, type CalendarData } from '../rules/calendar/data.js';

/** The calendar that ships with the product. It lies beside this code, in the source as in the build. */
const SHIPPED = fileURLToPath(new URL('./calendars/uk-bank-holidays.json', import.meta.url));

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

/** Reads and checks a calendar file, the shipped one unless told otherwise. @throws CalendarFileError */
export async function loadCalendar(file = SHIPPED): Promise<CalendarData> {
  const { data, error } = calendarSchema.safeParse(await readJson(file));
  if (error === undefined) return data;
  throw new CalendarFileError(
    file,
    error.issues.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message)),
  );
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new CalendarFileError(file, [error instanceof Error ? error.message : String(error)]);
  }
}
