import { loadCalendar } from '../../config/loadCalendar.js';
import { formatDay, InvalidDayError, parseDay } from '../../rules/calendar/day.js';
import type { Division } from '../../rules/calendar/division.js';
import { explainShift } from '../../rules/calendar/explainShift.js';
import { PastHorizonError } from '../../rules/calendar/pastHorizon.js';
import { HoursFromDayError, shift, type Roll } from '../../rules/calendar/shift.js';
import { createWorkingDayCalendar, type Closure, type WorkingDayCalendar } from '../../rules/calendar/workingDays.js';
import { ANSWER_IS_NO, CommandFailure, WRONG_USE } from '../failure.js';
import type { LineAnswer } from './lines.js';
import { readRequest, ShiftRequestError } from './request.js';

export interface AnswererOptions {
  division: Division;
  roll?: Roll;
  /** Each `FROM..TO`, both days inclusive. */
  closure: readonly string[];
  json?: true;
}

export interface Answerer {
  /** What to print for DATE AMOUNT UNIT. @throws CommandFailure: 1 past the calendar's edge, 2 for bad input. */
  answerOne(words: readonly string[]): string;
  /** What to print for one line of input; never throws for what the line says. */
  answerLine(line: string): LineAnswer;
}

/** Loads the shipped calendar for one division. @throws CommandFailure for a closure that cannot be read. */
export async function createAnswerer({ division, roll, closure, json }: AnswererOptions): Promise<Answerer> {
  const closures = closure.map(readClosure);
  const { id, version, from, horizon, divisions } = await loadCalendar();
  const calendar = createWorkingDayCalendar({ division, holidays: divisions[division], from, horizon, closures });
  const context = { division, ...(roll && { roll }), calendar: { id, version } };
  return {
    answerOne: (words) => {
      try {
        return json ? JSON.stringify(explained(calendar, words, roll, context)) : dayOf(calendar, words, roll);
      } catch (error) {
        throw new CommandFailure(reasonOf(error), error instanceof PastHorizonError ? ANSWER_IS_NO : WRONG_USE);
      }
    },
    answerLine: (line) => {
      try {
        const result = dayOf(calendar, wordsOf(line), roll);
        return { text: json ? JSON.stringify({ result }) : result, failed: false };
      } catch (error) {
        const reason = reasonOf(error);
        return { text: json ? JSON.stringify({ error: reason }) : `error: ${reason}`, failed: true };
      }
    },
  };
}

function dayOf(calendar: WorkingDayCalendar, words: readonly string[], roll: Roll | undefined): string {
  const { date, amount, unit } = readRequest(words);
  return shift(calendar, date, amount, unit, { roll });
}

function explained(
  calendar: WorkingDayCalendar,
  words: readonly string[],
  roll: Roll | undefined,
  context: Record<string, unknown>,
): object {
  const request = readRequest(words);
  const { result, steps } = explainShift(calendar, request.date, request.amount, request.unit, { roll });
  return { ...request, ...context, result, text: formatDay(result), steps };
}

function wordsOf(line: string): string[] {
  const trimmed = line.trim();
  return trimmed === '' ? [] : trimmed.split(/\s+/);
}

function readClosure(text: string): Closure {
  const [from, to, ...more] = text.split('..');
  if (from === undefined || to === undefined || more.length > 0)
    throw new CommandFailure(`--closure "${text}": write FROM..TO, like 2026-12-24..2027-01-01`, WRONG_USE);
  try {
    if (parseDay(to) < parseDay(from)) throw new ShiftRequestError(`${to} is before ${from}`);
    return { from, to, reason: 'closed' };
  } catch (error) {
    throw new CommandFailure(`--closure "${text}": ${reasonOf(error)}`, WRONG_USE);
  }
}

/** The message of a refusal that the input caused; anything else is a fault of ours and goes on. */
function reasonOf(error: unknown): string {
  const expected = [ShiftRequestError, InvalidDayError, HoursFromDayError, PastHorizonError];
  if (error instanceof Error && expected.some((kind) => error instanceof kind)) return error.message;
  throw error;
}
