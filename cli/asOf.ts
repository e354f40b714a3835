import { todayInLondon } from '../config/today.js';
import { InvalidDayError, parseDay, type Day } from '../rules/calendar/day.js';
import { CommandFailure, WRONG_USE } from './failure.js';

/** The day given with `--as-of`. @throws CommandFailure for a text that is no day */
export function parseAsOf(text: string): Day {
  try {
    return parseDay(text);
  } catch (error) {
    if (error instanceof InvalidDayError) throw new CommandFailure(`--as-of ${error.message}`, WRONG_USE);
    throw error;
  }
}

/** The day given with `--as-of`, today in Europe/London where there is none. @throws CommandFailure */
export const asOfOrToday = (text: string | undefined): Day => (text === undefined ? todayInLondon() : parseAsOf(text));
