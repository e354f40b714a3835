/** Re-planning a migration whose days move: against day arithmetic with date-fns and with luxon. */
import type { Order } from '../../rules/order/schema.js';
import { preparePlan, type Planner } from '../../rules/plan/planner.js';
import type { WorkingTime } from '../../rules/plan/types.js';
import { movedAnchors, type Example } from '../examples.js';
import { mustAgree, type Row } from '../report.js';
import { medianMs, type Work } from '../timing.js';
import { dateTasks, type Arithmetic } from './dating.js';
import { dateFns } from './dateFns.js';
import { luxon } from './luxon.js';
import { ours } from './ours.js';
import { datingWorkOf, type DatingWork } from './tasks.js';

const ROUNDS = 9;
/** The quick ones do their work so many times a round, because one round of it is too short for the clock. */
const REPEATS = 20;
const GOAL = 50;

export interface Replanning {
  planner: Planner;
  moves: Order['anchors'][];
  works: DatingWork[];
  workingTime: WorkingTime;
  milestones: number;
  asOf: string;
}

/** The same migration, its days moved by 1 to `count` weeks. */
export function replanning({ order, ruleSet, calendar, directory, plan, asOf }: Example, count: number): Replanning {
  const planner = preparePlan(order, ruleSet, calendar);
  const moves = Array.from({ length: count }, (_, index) => movedAnchors(order, index + 1));
  const works = moves.map((anchors) => datingWorkOf(planner.planOn(anchors, asOf), ruleSet, directory));
  return { planner, moves, works, workingTime: plan.workingTime, milestones: plan.milestones.length, asOf };
}

/** The days of plans against the tables, date-fns and luxon. @throws MismatchError */
export function checkWorks(works: readonly DatingWork[], workingTime: WorkingTime): void {
  const wanted = works.flatMap(({ days }) => days);
  mustAgree('re-planning by the tables', dateAll(works, ours(workingTime)).flat(), wanted);
  mustAgree('re-planning with date-fns', wanted, dateAll(works, dateFns(workingTime)).flat());
  mustAgree('re-planning with luxon', wanted, dateAll(works, luxon(workingTime)).flat());
}

/** The days of each plan. */
function dateAll<Day>(works: readonly DatingWork[], arithmetic: Arithmetic<Day>): string[][] {
  return works.map(({ tasks, anchors }) => dateTasks(tasks, anchors, arithmetic));
}

export function measureReplanning(given: Replanning): Row[] {
  const { planner, moves, works, workingTime, milestones, asOf } = given;
  const [tables, byDateFns, byLuxon] = [ours(workingTime), dateFns(workingTime), luxon(workingTime)];
  const [oursMs = 0, wholeMs = 0, dateFnsMs = 0, luxonMs = 0] = medianMs(
    [
      repeated(() => dateAll(works, tables)),
      repeated(() => moves.map((anchors) => planner.planOn(anchors, asOf))),
      () => dateAll(works, byDateFns),
      () => dateAll(works, byLuxon),
    ],
    ROUNDS,
  );
  const dates = oursMs / REPEATS / works.length;
  const whole = wholeMs / REPEATS / works.length;
  const rivals = [
    { name: 'date-fns', rivalMs: dateFnsMs / works.length },
    { name: 'luxon', rivalMs: luxonMs / works.length },
  ];
  return [
    ...rivals.map((rival) => rowOf(`the days of ${milestones} milestones`, dates, rival, GOAL)),
    ...rivals.map((rival) => rowOf(`the whole plan of ${milestones}, against their days alone`, whole, rival)),
  ];
}

const repeated = (work: Work) => (): void => {
  for (let time = 0; time < REPEATS; time += 1) work();
};

function rowOf(what: string, ours: number, { name, rivalMs }: { name: string; rivalMs: number }, goal?: number): Row {
  const ratio = rivalMs / ours;
  return {
    what,
    ours: `${ours.toFixed(3)} ms`,
    rival: `${rivalMs.toFixed(3)} ms (${name})`,
    ratio,
    goal: goal === undefined ? '-' : `≥ ${goal}×`,
    ...(goal !== undefined && { isMet: ratio >= goal }),
  };
}
