/** What people type into the forms, field by field. */
import { isDay, type Day } from '../../rules/calendar/day.js';
import { line } from '../../rules/order/fields.js';
import { holdsNhsNumber } from '../../rules/text/nhsNumber.js';

/** Something wrong with a field. `href` leads elsewhere than to the field. */
export interface FieldError {
  field: string;
  text: string;
  href?: string;
}

export type Reading<Value> = { ok: true; value: Value } | { ok: false; error: FieldError };

/** A form as it was posted: texts by field, the first where there are several. */
export type Typed = Readonly<Record<string, string>>;

const FIELD = /^[a-z0-9-]{1,60}$/;

/** Takes the texts out of a posted form. */
export function typedOf(body: unknown): Typed {
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).flatMap(([field, value]: [string, unknown]) => {
      const first: unknown = Array.isArray(value) ? value[0] : value;
      return FIELD.test(field) && typeof first === 'string' ? [[field, first]] : [];
    }),
  );
}

const MAX_NAME = 100;
export const MAX_HELP = 500;
const MAX_COUNT = 10_000_000;

const taken = <Value>(value: Value): Reading<Value> => ({ ok: true, value });
const wrong = (field: string, text: string): { ok: false; error: FieldError } => ({
  ok: false,
  error: { field, text },
});

interface TextField {
  field: string;
  /** `Your name` */
  called: string;
  /** Said when nothing was typed. */
  empty: string;
  most: number;
}

/** One line: a line break becomes a space. */
function readText(typed: Typed, { field, called, empty, most }: TextField): Reading<string> {
  const text = (typed[field] ?? '').replace(/\s+/g, ' ').trim();
  if (text === '') return wrong(field, empty);
  if (text.length > most) return wrong(field, `${called} must be ${most} characters or fewer`);
  if (!line(most).safeParse(text).success) return wrong(field, `${called} holds a character that cannot be shown`);
  if (holdsNhsNumber(text))
    return wrong(field, `${called} must not include an NHS number. Take it out: nothing about a patient belongs here`);
  return taken(text);
}

export const readName = (typed: Typed): Reading<string> =>
  readText(typed, { field: 'name', called: 'Your name', empty: 'Enter your name', most: MAX_NAME });

export const readHelp = (typed: Typed): Reading<string> =>
  readText(typed, { field: 'text', called: 'What you write', empty: 'Write what you need help with', most: MAX_HELP });

/** From the three boxes of a date. The error is on the first box. */
export function readDay(typed: Typed): Reading<Day> {
  const parts = (['day', 'month', 'year'] as const).map((part) => (typed[part] ?? '').trim());
  const [day = '', month = '', year = ''] = parts;
  const missing = ['day', 'month', 'year'].filter((_, index) => parts[index] === '');
  if (missing.length === parts.length) return wrong('day', 'Enter the day');
  const [first] = missing;
  if (first !== undefined) return wrong(first, `The date must include a ${missing.join(' and a ')}`);
  if (!/^\d{4}$/.test(year)) return wrong('year', 'Year must include 4 numbers, like 2028');
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(text) ? taken(text) : wrong('day', 'The date must be a real date, like 31 3 2028');
}

/** A number with the separators that people write: `1,204`. Undefined where nothing was typed. */
function readCount(typed: Typed, counterId: string, title: string): Reading<number | undefined> {
  const field = `count-${counterId}`;
  const text = (typed[field] ?? '').replace(/[\s,]/g, '');
  if (text === '') return taken(undefined);
  const isCount = /^\d{1,9}$/.test(text) && Number(text) <= MAX_COUNT;
  return isCount ? taken(Number(text)) : wrong(field, `${title} must be a whole number, like 40`);
}

export interface CountsTyped {
  values: Record<string, number>;
  errors: FieldError[];
}

/** The counters that were filled in. */
export function readCounts(typed: Typed, counters: readonly { counterId: string; title: string }[]): CountsTyped {
  const values: Record<string, number> = {};
  const errors: FieldError[] = [];
  for (const { counterId, title } of counters) {
    const reading = readCount(typed, counterId, title);
    if (!reading.ok) errors.push(reading.error);
    else if (reading.value !== undefined) values[counterId] = reading.value;
  }
  const [first] = counters;
  if (errors.length === 0 && Object.keys(values).length === 0 && first !== undefined)
    errors.push({ field: `count-${first.counterId}`, text: 'Enter at least one number' });
  return { values, errors };
}

const REQUEST_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id that the form was given when it was shown; a form without one was not made here. */
export function readRequestId(typed: Typed): string | undefined {
  const id = typed['request'] ?? '';
  return REQUEST_ID.test(id) ? id : undefined;
}
