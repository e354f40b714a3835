import { z } from 'zod';
import type { RowOutcome } from '../../rules/bulk/ports.js';
import type { ProblemFields } from '../problem.js';

const MOST_FAULTS = 5;

const faultSchema = z.object({ file: z.string(), line: z.number(), field: z.string(), what: z.string() });

/** `order.yaml:12: practice.name: is missing` */
function faultText(fault: object): string[] {
  const { data } = faultSchema.safeParse(fault);
  if (data === undefined) return [];
  const { file, line, field, what } = data;
  return [[`${file}:${line}`, field, what].filter((part) => part !== '').join(': ')];
}

/** How a row came out that the operators' API would have refused: in one line. */
export function outcomeOfProblem({ code, status, title, detail, errors = [] }: ProblemFields): RowOutcome {
  const faults = errors.flatMap(faultText);
  const more = faults.length > MOST_FAULTS ? [`and ${faults.length - MOST_FAULTS} more`] : [];
  const words =
    faults.length === 0 ? [detail === '' ? title : detail] : [title, ...faults.slice(0, MOST_FAULTS), ...more];
  // The migration has changed while its move was planned: planned again, it may fit.
  const unanswered = status === 503 || code === 'preview-outdated';
  return { kind: unanswered ? 'unanswered' : 'failed', code, detail: words.join('; ') };
}
