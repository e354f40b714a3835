/** How long the steps of an extract have taken: what the register has seen, beside what the rules assume. */
import type { Day } from '../calendar/day.js';
import type { RuleSet } from '../ruleset/schema.js';

/** A hop of an extract that was done. */
export interface HopDone {
  migrationId: string;
  /** `extract.initial.alder.core.1.formReturned`. */
  milestoneId: string;
  on: Day;
  by: string;
  division: string;
}

export type TurnaroundPart = keyof RuleSet['extracts']['turnaround'];

/** What one supplier, or the practices with it, have taken for one part. */
export interface Turnaround {
  supplierId: string;
  part: TurnaroundPart;
  /** How often it was seen. */
  times: number;
  /** In working days, day after the first hop to the day of the next; of an even number the longer of the two in the middle. */
  medianWorkingDays: number;
  leastWorkingDays: number;
  mostWorkingDays: number;
}

/** Who is named so has not seen it done: the day is the one on which it was due. */
export const TAKEN_BY = 'taken as done when the tracker was taken over';

const LEGS: readonly { part: TurnaroundPart; from: string; to: string }[] = [
  { part: 'sendsForm', from: 'asked', to: 'formAtPractice' },
  { part: 'returnsForm', from: 'formAtPractice', to: 'formReturned' },
  { part: 'confirmsForm', from: 'formReturned', to: 'formReceived' },
  { part: 'schedules', from: 'formReceived', to: 'scheduled' },
];
const ORDER = ['asked', 'formAtPractice', 'formReturned', 'formReceived', 'scheduled', 'delivered', 'received'];
const HOP_ID = /^(?<handshake>extract\.\w+\.(?<supplierId>[^.]+)\.[^.]+\.\d+)\.(?<hop>\w+)$/;

interface Handshake {
  supplierId: string;
  division: string;
  hops: Map<string, HopDone>;
}

function handshakesOf(done: readonly HopDone[]): Handshake[] {
  const found = new Map<string, Handshake>();
  for (const hop of done) {
    const { handshake, supplierId, hop: name } = HOP_ID.exec(hop.milestoneId)?.groups ?? {};
    if (handshake === undefined || supplierId === undefined || name === undefined || hop.by === TAKEN_BY) continue;
    const key = `${hop.migrationId} ${handshake}`;
    const known = found.get(key) ?? { supplierId, division: hop.division, hops: new Map<string, HopDone>() };
    known.hops.set(name, hop);
    found.set(key, known);
  }
  return [...found.values()];
}

/** A hop that was done because a later one was has no day of its own: both were told at once, by the same person. */
function hasOwnDay({ hops }: Handshake, name: string): boolean {
  const hop = hops.get(name);
  const later = ORDER.slice(ORDER.indexOf(name) + 1).flatMap((each) => hops.get(each) ?? []);
  return hop !== undefined && !later.some(({ on, by }) => on === hop.on && by === hop.by);
}

function median(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/**
 * What has been learned, by supplier and part. From Monday 4 January 2027 to Monday 11 January are 5 working days.
 *
 * @param done hops of real migrations
 * @param workingDaysBetween in a division, from a day, exclusive, to a day, inclusive
 */
export function learnTurnarounds(
  done: readonly HopDone[],
  workingDaysBetween: (division: string, from: Day, to: Day) => number,
): Turnaround[] {
  const seen = new Map<string, { supplierId: string; part: TurnaroundPart; amounts: number[] }>();
  for (const handshake of handshakesOf(done)) {
    const { supplierId, division, hops } = handshake;
    for (const { part, from, to } of LEGS) {
      const [start, end] = [hops.get(from), hops.get(to)];
      if (start === undefined || end === undefined || start.on > end.on) continue;
      if (!hasOwnDay(handshake, from) || !hasOwnDay(handshake, to)) continue;
      const known = seen.get(`${supplierId} ${part}`) ?? { supplierId, part, amounts: [] };
      known.amounts.push(workingDaysBetween(division, start.on, end.on));
      seen.set(`${supplierId} ${part}`, known);
    }
  }
  return [...seen.values()].map(({ supplierId, part, amounts }) => {
    const sorted = amounts.toSorted((a, b) => a - b);
    const range = { leastWorkingDays: sorted[0] ?? 0, mostWorkingDays: sorted.at(-1) ?? 0 };
    return { supplierId, part, times: sorted.length, medianWorkingDays: median(sorted), ...range };
  });
}
