/** A list of moves as somebody has put it into the page, and what is wrong with it beside its lines. */
import { BadCsv } from '../../bulk/csv.js';
import { redateRows } from '../../bulk/csvRows.js';
import type { Typed } from '../../pages/fields.js';

/** Fields that are sent on from page to page. */
export const LIST_FIELDS = ['list', 'reason', 'keep', 'confirmed', 'accept'] as const;

export interface ListProblem {
  line: number;
  /** As it was typed. */
  text: string;
  what: string;
}

export type ListReading = { ok: true; rows: object[] } | { ok: false; problems: ListProblem[] };

/** A file that was chosen counts for more than what stands in the box. */
export const listIn = ({ list = '', file = '' }: Typed): string => (file.trim() === '' ? list : file);

const yes = (text: string | undefined): boolean => text === 'yes';

const MOST_TEXT = 200;

export function readList(typed: Typed): ListReading {
  const text = listIn(typed);
  const lines = text.split(/\r\n?|\n/);
  const beside = (line: number, what: string): ListProblem => ({
    ...{ line, what },
    text: (lines[line - 1] ?? '').slice(0, MOST_TEXT),
  });
  if (text.trim() === '') return { ok: false, problems: [beside(1, 'there is no list: paste it, or choose its file')] };
  if (text.includes('\uFFFD'))
    return { ok: false, problems: [beside(1, 'this is not UTF-8 text: save the file as UTF-8')] };
  const reason = (typed['reason'] ?? '').trim();
  const options = {
    ...(reason !== '' && { reason }),
    ...(yes(typed['confirmed']) && { confirmed: true as const }),
    ...(yes(typed['keep']) && { keepDistance: true as const }),
    ...(yes(typed['accept']) && { acceptRisks: true as const }),
  };
  try {
    return { ok: true, rows: redateRows({ text, file: 'list' }, options) };
  } catch (error) {
    if (!(error instanceof BadCsv)) throw error;
    const problems = error.problems.map(({ line, field, what, fix }) =>
      beside(line, [field, [what, fix].filter((words) => words !== '').join('; ')].filter(Boolean).join(': ')),
    );
    return { ok: false, problems };
  }
}
