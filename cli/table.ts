import Table from 'cli-table3';

/** What others wrote must not steer the reader's terminal. */
const harmless = (cell: string): string => cell.replaceAll(/(?!\n)\p{Cc}/gu, ' ');

/** A table for people; without colours, which the library would print to files as well. */
export function table(head: string[], rows: string[][]): string {
  const drawn = new Table({ head, style: { head: [], border: [] } });
  drawn.push(...rows.map((row) => row.map(harmless)));
  return drawn.toString();
}

/** `2027-01-07 09:00`, in UTC, as the register keeps it. */
export const instant = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
