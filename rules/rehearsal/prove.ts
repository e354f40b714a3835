/** That no reminder is lost and none is idle: each rung of a plan goes out where it is needed, and none where it is not. */
import type { MigrationState } from '../migration/state.js';
import { diligent } from './diligent.js';
import { disorder, repeats, strays, type Fault } from './faults.js';
import { firedAtMs, firedIn, rungsOf, silentIn, type Fired, type SilentRung } from './fired.js';
import { independentGroups } from './independent.js';
import type { Pace } from './pace.js';
import { proveEarly, type EarlyProof } from './proveEarly.js';
import { rehearseMigration } from './run.js';

export interface Proof {
  proved: boolean;
  /** Rungs of the plan. */
  total: number;
  nobody: { fired: number; silent: SilentRung[] };
  early: Omit<EarlyProof, 'faults'>;
  /** Rehearsals in which some milestones, independent of each other, are never done, and everything else is. */
  late: { milestoneIds: string[]; fired: number }[];
  /** `excused`: cannot go out in this migration, with the reason. `uncovered`: went out in no rehearsal, a failure. */
  coverage: { fired: number; excused: SilentRung[]; uncovered: SilentRung[] };
  faults: Fault[];
  /** Rungs that the calendar does not reach, in the words of the plan. */
  outsideCalendar: string[];
}

/** What a plan cannot send, and not for anybody's lateness. */
const excuses: readonly SilentRung['why'][] = ['settledBefore', 'beforeStart', 'overtaken', 'notConfirmed'];

/** What comes early for one rung is late for another: the chase for an answer needs somebody early whom it answers. */
const paces: readonly Pace[] = ['onTime', 'early'];

interface LateRun {
  milestoneIds: string[];
  fired: Fired;
  silent: SilentRung[];
  repeated: Fault[];
}

function lateRuns(start: MigrationState): LateRun[] {
  return independentGroups(start).flatMap((milestoneIds) =>
    paces.map((pace) => {
      const run = rehearseMigration(start, { actor: diligent({ pace, except: new Set(milestoneIds) }) });
      const fired = firedIn(run);
      return {
        milestoneIds,
        fired,
        silent: silentIn(start, run.state, fired),
        repeated: repeats(`late, ${pace}`, run),
      };
    }),
  );
}

/** Of the rehearsals in which nobody did it, the first one's word on why a rung did not go out. */
function uncovered(silent: readonly SilentRung[], late: readonly LateRun[]): SilentRung[] {
  const isSame = (a: SilentRung, b: SilentRung): boolean => a.milestoneId === b.milestoneId && a.rungId === b.rungId;
  return silent
    .filter(({ milestoneId, rungId }) => late.every(({ fired }) => firedAtMs(fired, milestoneId, rungId).length === 0))
    .map((each) => {
      const own = late.find(({ milestoneIds }) => milestoneIds.includes(each.milestoneId));
      return own?.silent.find((other) => isSame(each, other)) ?? each;
    });
}

const countOf = (fired: Fired, start: MigrationState): number =>
  rungsOf(start).filter(({ milestone, rung }) => firedAtMs(fired, milestone.id, rung.id).length > 0).length;

/**
 * Rehearses a migration with nobody acting, with everybody early, and with each milestone late while everything else is done.
 *
 * Proved: with nobody acting, each rung that may go out does so once, at its instant; with everybody early, no reminder and no
 * escalation goes out; and each rung of the plan goes out in at least one rehearsal, or is excused with a reason.
 */
export function prove(start: MigrationState): Proof {
  const planned = rungsOf(start);
  const nobodyActs = rehearseMigration(start);
  const fired = firedIn(nobodyActs);
  const silent = silentIn(start, nobodyActs.state, fired);
  const { faults: earlyFaults, ...early } = proveEarly(start);
  const late = lateRuns(start);
  const nowhere = uncovered(silent, late);
  const excused = nowhere.filter(({ why }) => excuses.includes(why));
  const failed = nowhere.filter(({ why }) => !excuses.includes(why));
  const faults = [
    ...repeats('nobody', nobodyActs),
    ...strays(start, planned, fired),
    ...disorder(planned, fired),
    ...earlyFaults,
    ...late.flatMap(({ repeated }) => repeated),
  ];
  const unexplained = silent.some(({ why }) => why === 'unexplained');
  return {
    proved: failed.length === 0 && faults.length === 0 && !unexplained,
    total: planned.length,
    nobody: { fired: countOf(fired, start), silent },
    early,
    late: late.map((run) => ({ milestoneIds: run.milestoneIds, fired: countOf(run.fired, start) })),
    coverage: { fired: planned.length - nowhere.length, excused, uncovered: failed },
    faults,
    outsideCalendar: start.plan.problems
      .filter(({ code }) => code === 'reminder-outside-calendar')
      .map(({ message }) => message),
  };
}
