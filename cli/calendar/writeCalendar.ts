import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CalendarData } from '../../rules/calendar/data.js';
import { CommandFailure, WRONG_USE } from '../failure.js';

/** The text of a calendar file. */
export const calendarText = (calendar: CalendarData): string => `${JSON.stringify(calendar, null, 2)}\n`;

/**
 * Writes a calendar file whole or not at all, and never over another one: migrations were planned with what is there. A file
 * that holds the same calendar is left as it is.
 *
 * @throws CommandFailure (2) where the file exists or the folder cannot be written to
 */
export async function writeCalendar(file: string, calendar: CalendarData): Promise<void> {
  const folder = path.dirname(file);
  const draft = path.join(folder, `.${path.basename(file)}.${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(draft, calendarText(calendar), { flag: 'wx' });
    // A link, unlike a rename, fails where the name is taken.
    await link(draft, file);
  } catch (error) {
    if (await holds(file, calendar)) return;
    throw notWritten(file, error);
  } finally {
    await rm(draft, { force: true });
  }
}

async function holds(file: string, calendar: CalendarData): Promise<boolean> {
  return (await readFile(file, 'utf8').catch(() => undefined)) === calendarText(calendar);
}

function notWritten(file: string, error: unknown): CommandFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  const reason =
    code === 'EEXIST'
      ? 'there is such a file already, and migrations may have been planned with it; give another name with --to'
      : `it cannot be written (${code})`;
  return new CommandFailure(`${file}: ${reason}`, WRONG_USE);
}
