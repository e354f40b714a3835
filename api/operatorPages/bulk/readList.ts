/** A list as somebody has put it into a page, and what is wrong with it beside its lines. */
import type { FileProblem } from '../../../rules/files/problem.js';
import { BadCsv } from '../../bulk/csv.js';
import type { Typed } from '../../pages/fields.js';
import { Refused } from '../desk.js';
import type { Visit } from '../visit.js';
import type { ListKind } from './listKinds.js';

export interface ListProblem {
  line: number;
  /** As it was typed. */
  text: string;
  what: string;
}

export type ListReading = { ok: true; body: object } | { ok: false; problems: ListProblem[]; status: number };

/** A file that was chosen counts for more than what stands in the box. */
export const listIn = ({ list = '', file = '' }: Typed): string => (file.trim() === '' ? list : file);

/** How messages call what stands in the box. */
const LIST = 'list';
const MOST_TEXT = 200;

function besideIts(line: number, what: string, list: string): ListProblem {
  const text = list.split(/\r\n?|\n/)[line - 1] ?? '';
  return { line, what, text: text.slice(0, MOST_TEXT) };
}

/** What is wrong elsewhere than in the list says where. */
function beside(typed: Typed, { file, line, field, what, fix }: FileProblem): ListProblem {
  const words = [field, [what, fix].filter((each) => each !== '').join('; ')].filter(Boolean).join(': ');
  if (file === LIST) return besideIts(line, words, listIn(typed));
  return besideIts(line, `${file}: ${words}`, typed[file] ?? '');
}

function unreadable(text: string): string | undefined {
  if (text.trim() === '') return 'there is no list: paste it, or choose its file';
  return text.includes('\uFFFD') ? 'this is not UTF-8 text: save the file as UTF-8' : undefined;
}

/** What the API says of the list as a whole: its faults have lines, or are about the request. */
export function problemsOf({ problem: { errors, detail } }: Refused, typed: Typed): ListProblem[] {
  const found = errors.map(({ pointer = '', detail: what = '', ...fault }) => {
    const { file, line } = fault;
    return typeof file === 'string' && typeof line === 'number'
      ? beside(typed, faultOf(file, line, fault))
      : { line: 1, text: '', what: `${pointer} ${what}`.trim() };
  });
  return found.length > 0 ? found : [{ line: 1, text: '', what: detail }];
}

const words = (value: unknown): string => (typeof value === 'string' ? value : '');

const faultOf = (file: string, line: number, { field, what, fix }: Record<string, unknown>): FileProblem => ({
  file: file === 'tracker' ? LIST : file,
  line,
  column: 1,
  field: words(field),
  what: words(what),
  fix: words(fix),
});

/** Refusals that are about what was typed. */
export const isOfTheList = (error: unknown): error is Refused =>
  error instanceof Refused && [400, 413, 422].includes(error.status);

/** The body of the request for a list. Nothing is begun by it. */
export async function readList({ bodyOf }: ListKind, { typed, desk }: Visit): Promise<ListReading> {
  const text = listIn(typed);
  const wrong = unreadable(text);
  if (wrong !== undefined) return { ok: false, status: 400, problems: [besideIts(1, wrong, text)] };
  try {
    return { ok: true, body: await bodyOf({ text, file: LIST }, typed, desk) };
  } catch (error) {
    if (error instanceof BadCsv)
      return { ok: false, status: 400, problems: error.problems.map((problem) => beside(typed, problem)) };
    if (isOfTheList(error)) return { ok: false, status: error.status, problems: problemsOf(error, typed) };
    throw error;
  }
}
