/** One line of the report. */
export interface Row {
  what: string;
  ours: string;
  rival: string;
  /** How many times as long the rival takes; absent where there is none. */
  ratio?: number;
  goal: string;
  /** Absent where there is no goal, or it could not be measured. */
  isMet?: boolean;
}

/** A result that differs from the one that it was compared with. Nothing is timed after this. */
export class MismatchError extends Error {
  override readonly name = 'MismatchError';
}

/** @throws MismatchError for the first place at which the two differ */
export function mustAgree(what: string, ours: ArrayLike<unknown>, theirs: ArrayLike<unknown>): void {
  if (ours.length !== theirs.length)
    throw new MismatchError(`${what}: ${ours.length} results of ours, ${theirs.length} of theirs`);
  for (let index = 0; index < ours.length; index += 1)
    if (ours[index] !== theirs[index])
      throw new MismatchError(
        `${what}, number ${index}: ours is ${String(ours[index])}, theirs ${String(theirs[index])}`,
      );
}

const HEADER: Cells = ['what', 'ours', 'rival', 'ratio', 'goal', 'met'];

type Cells = [string, string, string, string, string, string];

/** The report as text, in columns. */
export function formatReport(rows: readonly Row[]): string {
  const lines = [HEADER, ...rows.map(cellsOf)];
  const widths = HEADER.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  return lines.map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}

function cellsOf({ what, ours, rival, ratio, goal, isMet }: Row): Cells {
  const met = isMet === undefined ? '-' : isMet ? 'yes' : 'no';
  return [what, ours, rival, ratio === undefined ? '-' : `${ratio.toFixed(ratio < 10 ? 2 : 0)}×`, goal, met];
}
