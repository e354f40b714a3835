/** An order as somebody has put it into a page, and what the API says is wrong with it. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Typed } from '../../pages/fields.js';
import type { Refused } from '../desk.js';

/** By this name the API's messages know what was typed. */
const FILE_NAME = 'order';

/** An order with the day from which it is judged. */
export const orderOf = ({ order = '', 'as-of': asOf = '' }: Typed) => ({
  fileName: FILE_NAME,
  text: order,
  ...(asOf.trim() !== '' && { asOf: asOf.trim() }),
});

/** Keeps its value when a page is shown again, so that the same form sent twice has one effect. */
export const requestIdOf = ({ request = '' }: Typed): string =>
  z.uuid().safeParse(request).success ? request : randomUUID();

const problemSchema = z.looseObject({
  line: z.int().optional(),
  field: z.string().optional(),
  what: z.string().optional(),
  fix: z.string().optional(),
  pointer: z.string().optional(),
  detail: z.string().optional(),
});

/** One thing that is wrong: `Line 35, anchors.goLive.on: … ; …`. */
export function problemWords(problem: unknown): string {
  const { line, field, what = '', fix, detail = '' } = problemSchema.parse(problem);
  if (line === undefined) return detail;
  const where = field === undefined || field === '' ? `Line ${line}` : `Line ${line}, ${field}`;
  return `${where}: ${[what, fix].filter((text) => text !== undefined && text !== '').join('; ')}`;
}

/** What is wrong is the order, and not who sends it or when. */
export const isOfTheOrder = ({ status }: Refused): boolean => [400, 409, 413, 422].includes(status);

/** Everything that the API has found; what it says of the whole where it names nothing. */
export function wordsOfRefusal({ problem: { errors, detail } }: Refused): string[] {
  const words = errors.map(problemWords).filter((text) => text !== '');
  return words.length > 0 ? words : [detail];
}
