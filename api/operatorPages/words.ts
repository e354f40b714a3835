/** Days and lengths as operators' pages write them. */
import { dayName, formatDay, isDay, type Day } from '../../rules/calendar/day.js';

/** `Mon 4 Jan 2027`, for a table; empty without a day. */
export function shortDay(day: Day | undefined): string {
  if (day === undefined || !isDay(day)) return '';
  const [, date = '', month = '', year = ''] = formatDay(day).split(' ');
  return `${dayName(day).slice(0, 3)} ${date} ${month.slice(0, 3)} ${year}`;
}

/** Sentences of the API with its days as the pages write them. */
export const withShortDays = (text: string): string =>
  text.replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, (day) => shortDay(day) || day);

const workingDays = (count: number): string => `${count} working ${count === 1 ? 'day' : 'days'}`;

/** How far away a deadline is: `in 5 working days`, `today`, `3 working days ago`; empty where it is not known. */
export function slackWords(slack: number | undefined): string {
  if (slack === undefined) return '';
  if (slack === 0) return 'today';
  return slack > 0 ? `in ${workingDays(slack)}` : `${workingDays(-slack)} ago`;
}

const inLondon = { timeZone: 'Europe/London' } as const;
const time = new Intl.DateTimeFormat('en-GB', { ...inLondon, timeStyle: 'short' });
const isoDay = new Intl.DateTimeFormat('en-CA', { ...inLondon, dateStyle: 'short' });

/** The day of an instant in London. */
export const dayOfInstant = (atMs: number): Day => isoDay.format(atMs);

/** `Mon 4 Jan 2027, 09:30`, in London. */
export const instantWords = (atMs: number): string => `${shortDay(dayOfInstant(atMs))}, ${time.format(atMs)}`;

export const phaseTitles: Readonly<Record<string, string>> = {
  preMigration: 'Preparation',
  dataChecking: 'Checking data',
  cutOver: 'Cut-over',
  postGoLive: 'After Go Live',
  onHold: 'On hold',
  ended: 'Ended',
};

/** A name for each rating, and the colour of its tag. */
export const ratingTitles: Readonly<Record<string, { title: string; colour: string }>> = {
  red: { title: 'Red', colour: 'red' },
  amber: { title: 'Amber', colour: 'orange' },
  green: { title: 'Green', colour: 'green' },
  onHold: { title: 'On hold', colour: 'grey' },
};

interface Suppliers {
  sourceSupplierId: string;
  targetSupplierId: string;
  sourceSupplierName?: string;
  targetSupplierName?: string;
}

/** `Alder Clinical Systems to Rowan Health Software`; ids where a row of an older version has no names. */
export const suppliersWords = (row: Suppliers): string =>
  `${row.sourceSupplierName ?? row.sourceSupplierId} to ${row.targetSupplierName ?? row.targetSupplierId}`;

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
