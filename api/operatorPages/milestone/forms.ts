/** What an operator can say of a milestone: what is typed, and what the API is told. */
import { createHash, randomUUID } from 'node:crypto';
import type { Day } from '../../../rules/calendar/day.js';
import { readDay, readRequestId, type FieldError, type Reading, type Typed } from '../../pages/fields.js';
import type { Explained } from './explanation.js';

export const verbs = ['done', 'waive', 'acknowledge'] as const;
export type Verb = (typeof verbs)[number];

export const isVerb = (text: string): text is Verb => verbs.some((verb) => verb === text);

/** What is sent, or everything that is wrong with what was typed. */
export type FormReading = { ok: true; body: Record<string, unknown> } | { ok: false; errors: FieldError[] };

const PARTS = ['day', 'month', 'year'] as const;

/** A day of three boxes whose names begin alike; undefined where all are empty. */
function dayOf(typed: Typed, prefix: string): Reading<Day> | undefined {
  const parts = Object.fromEntries(PARTS.map((part) => [part, typed[`${prefix}-${part}`] ?? '']));
  if (Object.values(parts).every((text) => text.trim() === '')) return undefined;
  const reading = readDay(parts);
  return reading.ok ? reading : { ok: false, error: { ...reading.error, field: `${prefix}-${reading.error.field}` } };
}

const textOf = (typed: Typed, field: string): string => (typed[field] ?? '').replace(/\s+/g, ' ').trim();

const given = (values: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]])),
  );

function readDone(typed: Typed, { namesDay, outcomes }: Explained): FormReading {
  const [on, forDate] = [dayOf(typed, 'on'), dayOf(typed, 'for')];
  const errors = [on, forDate].flatMap((reading) => (reading?.ok === false ? [reading.error] : []));
  if (namesDay && forDate === undefined) errors.push({ field: 'for-day', text: 'Enter the day that it names' });
  const outcome = textOf(typed, 'outcome');
  if (outcomes.length > 0 && outcome === '') errors.push({ field: 'outcome', text: 'Select what was decided' });
  if (errors.length > 0) return { ok: false, errors };
  const days = { on: on?.ok ? on.value : '', forDate: forDate?.ok ? forDate.value : '' };
  return { ok: true, body: given({ ...days, outcome, reference: textOf(typed, 'reference') }) };
}

function readWaive(typed: Typed): FormReading {
  const reason = textOf(typed, 'reason');
  if (reason === '') return { ok: false, errors: [{ field: 'reason', text: 'Enter why it is not needed' }] };
  return { ok: true, body: { reason } };
}

export function readForm(verb: Verb, typed: Typed, explained: Explained): FormReading {
  switch (verb) {
    case 'done':
      return readDone(typed, explained);
    case 'waive':
      return readWaive(typed);
    case 'acknowledge':
      return { ok: true, body: given({ note: textOf(typed, 'note') }) };
  }
}

const DIGEST_LENGTH = 12;

/** The same form with the same answer has one effect; who goes back in the browser and types something else says something new. */
export const requestIdFor = (typed: Typed, body: object): string =>
  `${readRequestId(typed) ?? randomUUID()}-${createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, DIGEST_LENGTH)}`;

/** Fields of the API as the forms call them. */
const FIELDS: Readonly<Record<string, string>> = {
  '/on': 'on-day',
  '/forDate': 'for-day',
  '/outcome': 'outcome',
  '/reference': 'reference',
  '/reason': 'reason',
  '/note': 'note',
};

const FIRST: Readonly<Record<Verb, string>> = { done: 'on-day', waive: 'reason', acknowledge: 'note' };

interface Saying {
  detail: string;
  errors: readonly { pointer?: string | undefined; detail?: string | undefined }[];
}

/** What the API said no to, beside the field that it is about. */
export function errorsOf(verb: Verb, { detail, errors }: Saying): FieldError[] {
  const named = errors.flatMap(({ pointer = '', detail: what = '' }) => {
    const field = FIELDS[pointer];
    return field === undefined ? [] : [{ field, text: `This ${what}` }];
  });
  return named.length > 0 ? named : [{ field: FIRST[verb], text: detail }];
}
