import Table from 'cli-table3';

/** What others wrote must not steer the reader's terminal. */
export const harmless = (cell: string): string => cell.replaceAll(/(?!\n)\p{Cc}/gu, ' ');

/** A table for people; without colours, which the library would print to files as well. */
export function table(head: string[], rows: string[][]): string {
  const withoutLinesBetweenRows = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' };
  const drawn = new Table({ head, style: { head: [], border: [] }, chars: withoutLinesBetweenRows });
  drawn.push(...rows.map((row) => row.map(harmless)));
  return drawn.toString();
}

// Sweden writes a time as ISO 8601 does.
const inLondon = new Intl.DateTimeFormat('sv-SE', {
  dateStyle: 'short',
  timeStyle: 'short',
  timeZone: 'Europe/London',
});

/** `2027-01-07 09:00`, as the clocks of the practice show it. */
export const instant = (ms: number): string => inLondon.format(ms);
