import type { Import } from '../../api/tracker/importTracker.js';
import { formatProblem } from '../../rules/files/problem.js';

const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;

/** Milestones that were taken as done, the most frequent first: `posters.main (212)`. */
function takenText({ orders }: Import): string[] {
  const times = new Map<string, number>();
  for (const id of orders.flatMap(({ takenAsDone }) => takenAsDone)) times.set(id, (times.get(id) ?? 0) + 1);
  const sorted = [...times].toSorted(([, a], [, b]) => b - a);
  if (sorted.length === 0) return [];
  const lines = sorted.map(([id, count]) => `  ${id} (${count})`);
  return ['Taken as done, because the tracker does not follow it and it was due:', ...lines];
}

/** What came of an import, for people. @param where the orders are; undefined where none was written */
export function importText(result: Import, where: string | undefined): string {
  const { orders, problems, notRead } = result;
  const warned = orders.filter(({ warnings }) => warnings > 0).length;
  const start = where === undefined ? [] : [`Look at them, then start them: leadtime bulk start ${where}`];
  return [
    ...problems.map(formatProblem),
    `${counted(orders.length, 'order')} ${where === undefined ? 'would be written' : `written to ${where}`}.`,
    ...(warned === 0 ? [] : [`${counted(warned, 'order')} with warnings: "leadtime plan FILE" names them.`]),
    ...(notRead.length === 0 ? [] : [`Not read from the tracker: ${notRead.join(', ')}.`]),
    ...takenText(result),
    ...start,
  ].join('\n');
}
