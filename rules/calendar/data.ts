import { z } from 'zod';
import { daySchema } from './daySchema.js';
import { isDay } from './day.js';
import { DIVISIONS, type Division } from './division.js';

const text = z.string().trim().min(1, 'must not be empty');

const holidaySchema = z.strictObject({ on: daySchema, title: text });

const holidaysSchema = z.array(holidaySchema).superRefine((holidays, context) => {
  holidays.forEach(({ on }, index) => {
    const before = holidays[index - 1]?.on;
    if (before === undefined || before < on) return;
    const what = before === on ? `${on} is there twice` : `${on} comes after ${before}: put the days in order`;
    context.addIssue({ code: 'custom', path: [index, 'on'], message: what });
  });
});

/**
 * A calendar file: the bank holidays of each division from the first day known to the last (the horizon), both inclusive.
 *
 * Substitute days are listed on the day taken. Every whole year inside must have bank holidays, so that a horizon moved
 * without its data is refused instead of turning bank holidays into working days.
 */
export const calendarSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'use lower-case letters, digits and single hyphens'),
    version: text,
    source: text,
    /** Where the official list was taken from, and the page or file itself by its SHA-256. */
    sourceUrl: z
      .url({ protocol: /^https?$/, error: 'must be a web address like https://www.gov.uk/bank-holidays.json' })
      .optional(),
    retrievedOn: daySchema.optional(),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits')
      .optional(),
    from: daySchema,
    horizon: daySchema,
    divisions: z.strictObject({
      'england-and-wales': holidaysSchema,
      scotland: holidaysSchema,
      'northern-ireland': holidaysSchema,
    }),
  })
  .superRefine((calendar, context) => {
    for (const issue of spanProblems(calendar)) context.addIssue({ code: 'custom', ...issue });
  });

export type BankHoliday = z.infer<typeof holidaySchema>;
export type CalendarData = z.infer<typeof calendarSchema>;

interface SpanProblem {
  path: (string | number)[];
  message: string;
}

function spanProblems({ from, horizon, divisions }: CalendarData): SpanProblem[] {
  if (!isDay(from) || !isDay(horizon)) return [];
  if (from > horizon) return [{ path: ['horizon'], message: `${horizon} is before the first day, ${from}` }];
  return DIVISIONS.flatMap((division) => [
    ...holidaysOutside(division, divisions[division], from, horizon),
    ...yearsWithout(division, divisions[division], from, horizon),
  ]);
}

function holidaysOutside(division: Division, holidays: BankHoliday[], from: string, horizon: string): SpanProblem[] {
  return holidays.flatMap(({ on }, index) =>
    on >= from && on <= horizon
      ? []
      : [{ path: ['divisions', division, index, 'on'], message: `${on} is outside ${from} to ${horizon}` }],
  );
}

function yearsWithout(division: Division, holidays: BankHoliday[], from: string, horizon: string): SpanProblem[] {
  const known = new Set(holidays.map(({ on }) => on.slice(0, 4)));
  const missing = wholeYears(from, horizon).filter((year) => !known.has(year));
  if (missing.length === 0) return [];
  const message = `no bank holiday in ${missing.join(', ')}: add them, or let from and horizon leave that out`;
  return [{ path: ['divisions', division], message }];
}

function wholeYears(from: string, horizon: string): string[] {
  const first = Number(from.slice(0, 4)) + (from.endsWith('-01-01') ? 0 : 1);
  const last = Number(horizon.slice(0, 4)) - (horizon.endsWith('-12-31') ? 0 : 1);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => String(first + index).padStart(4, '0'));
}
