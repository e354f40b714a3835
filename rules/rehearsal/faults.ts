/** What must not be in any rehearsal: a rung twice, out of order, or at another instant than its own. */
import type { MigrationState } from '../migration/state.js';
import { firedAtMs, plannedRung, rungsOf, type Fired, type PlannedRung, type RungOfPlan } from './fired.js';
import type { Rehearsal } from './run.js';

export interface Fault extends PlannedRung {
  /** Which rehearsal it is about: `nobody`, `early`, or `late, onTime` and `late, early` where something else was late. */
  run: string;
  what: string;
}

export function fault(run: string, { milestone, rung }: RungOfPlan, what: string): Fault {
  return { ...plannedRung(milestone, rung), run, what };
}

const timesOf = (fired: Fired, { milestone, rung }: RungOfPlan): readonly number[] =>
  firedAtMs(fired, milestone.id, rung.id);

/** Nothing goes out twice, whoever acts; a rung of a milestone that is dated anew is another one, with an id of its own. */
export function repeats(run: string, { sent, state }: Pick<Rehearsal, 'sent' | 'state'>): Fault[] {
  const counts = new Map<string, number>();
  for (const { milestoneId, rungId } of sent.flatMap(({ message }) => message.settles)) {
    const key = `${milestoneId}/${rungId}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return rungsOf(state)
    .filter(({ milestone, rung }) => (counts.get(`${milestone.id}/${rung.id}`) ?? 0) > 1)
    .map((each) => fault(run, each, 'went out more than once'));
}

/** Where nobody acts, a rung whose milestone waits for nothing goes out at its own instant, and none before it. */
export function strays(start: MigrationState, planned: readonly RungOfPlan[], fired: Fired): Fault[] {
  return planned.flatMap((each) => {
    const { atMs } = each.rung;
    const [wentAtMs] = timesOf(fired, each);
    if (wentAtMs === undefined || atMs === undefined || wentAtMs === atMs) return [];
    if (wentAtMs < atMs) return [fault('nobody', each, 'went out before its instant')];
    const isFree = each.milestone.waitsFor.length === 0 && atMs >= start.startedAtMs;
    return isFree ? [fault('nobody', each, 'went out after its instant')] : [];
  });
}

/** The rungs of one milestone go out in the order of their days. */
export function disorder(planned: readonly RungOfPlan[], fired: Fired): Fault[] {
  const lastAtMs = new Map<string, number>();
  const ordered = planned.toSorted((a, b) => (a.rung.atMs ?? 0) - (b.rung.atMs ?? 0));
  return ordered.flatMap((each) => {
    const [wentAtMs] = timesOf(fired, each);
    if (wentAtMs === undefined) return [];
    const before = lastAtMs.get(each.milestone.id) ?? -Infinity;
    lastAtMs.set(each.milestone.id, Math.max(before, wentAtMs));
    return wentAtMs < before ? [fault('nobody', each, 'went out after a later rung')] : [];
  });
}
