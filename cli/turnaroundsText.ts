import type { z } from 'zod';
import { turnaroundsAnswer } from '../api/answers/system.js';
import { todayInLondon } from '../config/today.js';
import { table } from './table.js';

type Turnaround = z.infer<typeof turnaroundsAnswer>['turnarounds'][number];

const rangeOf = ({ leastWorkingDays, mostWorkingDays }: Turnaround): string =>
  leastWorkingDays === mostWorkingDays ? `${mostWorkingDays}` : `${leastWorkingDays} to ${mostWorkingDays}`;

/** A part that the supplier does not have in hand is no term of its. */
const isTheirs = ({ part }: Turnaround): boolean => part !== 'returnsForm';

function layerLines(turnarounds: readonly Turnaround[]): string[] {
  const lines = turnarounds.filter(isTheirs).map((each) => {
    const source = `seen ${each.times === 1 ? 'once' : `${each.times} times`} up to ${todayInLondon()}, ${rangeOf(each)} working days`;
    return `    ${each.part}: { amount: ${each.medianWorkingDays}, unit: workingDays, source: '${source}' }`;
  });
  if (lines.length === 0) return [];
  return ['', 'For the layer of this supplier, if you agree with it:', '', 'extracts:', '  turnaround:', ...lines];
}

/** What has been learned, for people. @param withLayer whether to add lines for a supplier's layer of rules */
export function turnaroundsText(answer: unknown, withLayer: boolean): string {
  const { turnarounds } = turnaroundsAnswer.parse(answer);
  if (turnarounds.length === 0)
    return 'Nothing has been seen yet: no two steps of an extract are done that follow each other.';
  const rows = turnarounds.map((each) => {
    const { supplierId, part, times, medianWorkingDays, rules } = each;
    const assumed = `${rules.amount} ${rules.unit}${rules.assumed ? ' (assumed)' : ''}`;
    return [supplierId, part, assumed, String(medianWorkingDays), rangeOf(each), String(times)];
  });
  const seen = table(['Supplier', 'Part', 'In the rules', 'Seen (median)', 'From, to', 'Times'], rows);
  return [seen, ...(withLayer ? layerLines(turnarounds) : [])].join('\n');
}
