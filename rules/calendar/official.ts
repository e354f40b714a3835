/**
 * The United Kingdom's official list of bank holidays, as GOV.UK publishes it and as it lies in the repository behind the
 * page, made into our calendar data.
 */
import { z } from 'zod';
import type { BankHoliday, CalendarData } from './data.js';
import { daySchema } from './daySchema.js';
import { DIVISIONS, type Division } from './division.js';
import { missingUsualDays, yearOf } from './usualHolidays.js';
import { keyedTitles } from './officialTitles.js';

/** Bank holidays of each division, in order, on the days taken. */
export type OfficialHolidays = Record<Division, BankHoliday[]>;

const title = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(120)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}<>]*$/u, 'must be plain text on one line');

const notes = title.or(z.literal('')).default('');

interface DatedEntry {
  date: string;
}

/** Refuses days that are there twice or out of order: either shows that the list was damaged on its way. */
function refuseDisorder(entries: readonly DatedEntry[], context: z.RefinementCtx): void {
  entries.forEach(({ date }, index) => {
    const before = entries[index - 1]?.date;
    if (before === undefined || before < date) return;
    const message = before === date ? `${date} is there twice` : `${date} comes after ${before}, out of order`;
    context.addIssue({ code: 'custom', path: [index, 'date'], message });
  });
}

const entryList = <T extends z.ZodType<DatedEntry>>(entry: T) =>
  z.array(entry).min(1, 'must have at least one day').superRefine(refuseDisorder);

const substitute = 'substitute day';

/** `Boxing Day` with the note `Substitute day` is `Boxing Day (substitute day)`. */
function titleWithNotes(plain: string, remark: string): string {
  const words = remark.replaceAll('_', ' ');
  if (words === '') return plain;
  return `${plain} (${words.toLowerCase() === substitute ? substitute : words})`;
}

const publishedEntry = z.object({ date: daySchema, title, notes });

const publishedDivision = (division: Division) =>
  z
    .object({
      division: z.literal(division, `must be ${division}, as its key says`).optional(),
      events: entryList(publishedEntry),
    })
    .transform(({ events }) =>
      events.map((event) => ({ on: event.date, title: titleWithNotes(event.title, event.notes) })),
    );

/** https://www.gov.uk/bank-holidays.json: an object by division, each with its events. Further keys are left aside. */
export const publishedListSchema = z.object({
  'england-and-wales': publishedDivision('england-and-wales'),
  scotland: publishedDivision('scotland'),
  'northern-ireland': publishedDivision('northern-ireland'),
});

const keyedTitle = z.string().transform((key, context) => {
  const found = keyedTitles[key];
  if (found !== undefined) return found;
  const message = `"${key}" is a title that is not known here; take the list as published, which has titles for people`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

const keyedDivision = entryList(z.object({ date: daySchema, title: keyedTitle, notes })).transform((entries) =>
  entries.map((entry) => ({ on: entry.date, title: titleWithNotes(entry.title, entry.notes) })),
);

/** The data behind that page: lists under `divisions`, with keys for titles, like `boxing_day`. */
export const keyedListSchema = z
  .object({
    divisions: z.object({
      'england-and-wales': keyedDivision,
      scotland: keyedDivision,
      'northern-ireland': keyedDivision,
    }),
  })
  .transform(({ divisions }) => divisions);

/** The schema of the form that an official list has: lists under `divisions`, or as published. */
export function officialSchemaFor(value: unknown): z.ZodType<OfficialHolidays> {
  const isKeyed = typeof value === 'object' && value !== null && 'divisions' in value;
  return isKeyed ? keyedListSchema : publishedListSchema;
}

/** Where the data come from and how this calendar is called. */
export type Provenance = Pick<CalendarData, 'version' | 'source' | 'sourceUrl' | 'retrievedOn' | 'sha256'>;

/** The list is well formed, but no calendar can be made of it. One sentence for each problem. */
export class OfficialDataError extends Error {
  override readonly name = 'OfficialDataError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/**
 * Makes our calendar of an official list.
 *
 * It begins on 1 January of the first year, and its horizon is 31 December of the last year, that every division covers
 * fully, which is: with New Year's Day, Good Friday, Christmas Day and Boxing Day. A year begun at either end is left out,
 * because its days without a bank holiday cannot be told from those that are still to come.
 *
 * @throws OfficialDataError where no year is covered, or one between the first and the last is not
 */
export function calendarFromOfficial(holidays: OfficialHolidays, provenance: Provenance): CalendarData {
  const [first, last] = coveredYears(holidays);
  const [from, horizon] = [`${first}-01-01`, `${last}-12-31`];
  const within = (division: Division) => holidays[division].filter(({ on }) => on >= from && on <= horizon);
  return {
    id: 'uk-bank-holidays',
    ...provenance,
    from,
    horizon,
    divisions: {
      'england-and-wales': within('england-and-wales'),
      scotland: within('scotland'),
      'northern-ireland': within('northern-ireland'),
    },
  };
}

/** First and last year that every division covers fully. */
function coveredYears(holidays: OfficialHolidays): [first: string, last: string] {
  const years = [...new Set(DIVISIONS.flatMap((division) => holidays[division].map(yearOf)))].toSorted();
  const gaps = new Map(years.map((year) => [year, gapsOf(holidays, year)]));
  const full = years.filter((year) => gaps.get(year)?.length === 0);
  const [first, last] = [full[0], full.at(-1)];
  if (first === undefined || last === undefined)
    throw new OfficialDataError(['no year is covered fully in every division; is this the right list?']);
  const problems = everyYear(first, last).flatMap((year) => gaps.get(year) ?? [`${year}: no bank holiday at all`]);
  if (problems.length > 0) throw new OfficialDataError(problems);
  return [first, last];
}

function gapsOf(holidays: OfficialHolidays, year: string): string[] {
  return DIVISIONS.flatMap((division) =>
    missingUsualDays(division, holidays[division], year).map((day) => `${division} ${year}: no ${day}`),
  );
}

function everyYear(first: string, last: string): string[] {
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => String(Number(first) + index));
}
