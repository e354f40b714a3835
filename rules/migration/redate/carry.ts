/**
 * The plan of a migration whose days move: a new plan from the order, with all that has come into the old one since.
 *
 * The new plan knows neither what was added on the way, nor the iterations that a rejected extract has opened, nor the day on
 * which data were loaded, nor what has been reminded. Used inside workflows: recorded data alone.
 */
import type { AnchorName } from '../../order/anchorNames.js';
import { lastDayOf } from '../../plan/endsOn.js';
import { daysAfterEvent, type DaysAfter } from '../../plan/follow.js';
import { isItem, redateItem } from '../../plan/redateItem.js';
import type { Plan, PlannedMilestone, Rung, Step } from '../../plan/types.js';
import type { Day } from '../../calendar/day.js';
import { milestoneState } from '../lookup.js';
import type { MigrationState } from '../state.js';
import { isSuperseded, movedOf, namesADay, undoneBy } from './again.js';
import { isPlannedAnew } from './amend.js';
import { anchorsAfter, movedAnchors, type Redate } from './redate.js';

interface Carrying {
  state: MigrationState;
  /** The new plan, with the anchors as they are to be. */
  plan: Plan;
  moved: ReadonlySet<AnchorName>;
  /** Anchors with another day than before, or with one for the first time. */
  changed: ReadonlySet<AnchorName>;
  /** The day on which the Initial data were loaded, where that still counts. */
  loadedOn: Day | undefined;
  /** The new date version. */
  version: number;
  /** From other rules, another calendar or another order. */
  isAnew: boolean;
}

const sameSteps = (a: readonly Step[], b: readonly Step[]): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Counted as before, from anchors that stay: its day is what it was, however it came to it. */
function isCountedAsBefore(before: PlannedMilestone, after: PlannedMilestone, { changed, isAnew }: Carrying): boolean {
  if (isAnew) return false;
  const anchors = [before.anchor, after.anchor, before.opens?.anchor ?? before.anchor];
  return (
    before.anchor === after.anchor && sameSteps(before.steps, after.steps) && !anchors.some((name) => changed.has(name))
  );
}

/**
 * The rungs of a milestone on its new days. One for the same day and reader keeps its id, and does not go out again; others have
 * ids of their own; what has gone out stays, so that it is known. What names a day that moves goes out anew whatever its days.
 */
function renamed(before: PlannedMilestone, rungs: readonly Rung[], { state, moved, version }: Carrying): Rung[] {
  const { rungs: marks, dropped } = milestoneState(state, before.id);
  const isAnew = dropped === true || (namesADay(before) && movedOf(before, moved) !== undefined);
  const known = isAnew ? [] : [...before.ladder];
  const next = rungs.map((rung) => {
    const index = known.findIndex(({ type, to, on }) => type === rung.type && to === rung.to && on === rung.on);
    const [same] = index < 0 ? [] : known.splice(index, 1);
    return { ...rung, id: same?.id ?? `${rung.id}-v${version}` };
  });
  const kept = new Set(next.map(({ id }) => id));
  return [...before.ladder.filter(({ id }) => marks[id] !== undefined && !kept.has(id)), ...next];
}

/** @param days where they are not those of the new plan */
function redated(before: PlannedMilestone, after: PlannedMilestone, carrying: Carrying, days?: DaysAfter) {
  const { dueOn: newDue, opensOn: newOpens, ladder: rungs, ...rest } = after;
  const found: DaysAfter = days ?? {
    rungs,
    ...(newOpens && { opensOn: newOpens }),
    ...(newDue && { dueOn: newDue }),
  };
  const hasMoved = found.dueOn !== before.dueOn || found.opensOn !== before.opensOn;
  const stays = hasMoved && isCountedAsBefore(before, after, carrying);
  const { dueOn, opensOn } = stays ? before : found;
  const { status } = carrying.plan.anchors[after.anchor];
  return {
    ...rest,
    ...(opensOn && { opensOn }),
    ...(dueOn && { dueOn }),
    ...(before.revision !== undefined && { revision: before.revision }),
    provisional: dueOn !== undefined && status === 'provisional',
    ladder: stays ? before.ladder : renamed(before, found.rungs, carrying),
  };
}

/** Only the first request of an extract is made for several practices; a later one goes out by itself, as it was planned to. */
function alone({ heardFrom, asksFor: _, ...first }: PlannedMilestone, { ladder }: PlannedMilestone): PlannedMilestone {
  const sends = heardFrom === undefined ? undefined : ladder.findLast(({ type }) => type === 'deliver');
  return sends === undefined ? first : { ...first, ladder: [sends, ...first.ladder] };
}

/** Counted back from the new day like the first iteration, where the anchor moves; else it goes on from where it opened. */
function laterIteration(before: PlannedMilestone, carrying: Carrying): PlannedMilestone {
  const { hop, id, title, waitsFor } = before;
  const firstId = id.replace(/\.\d+\.(\w+)$/, '.1.$1');
  const first = carrying.plan.milestones.find((each) => each.id === firstId);
  if (hop === undefined || first === undefined || !carrying.changed.has(before.anchor)) return before;
  return redated(before, { ...alone(first, before), hop, id, title, waitsFor }, carrying);
}

/** What the new plan does not know. */
function added(before: PlannedMilestone, carrying: Carrying): PlannedMilestone {
  if (before.hop !== undefined) return laterIteration(before, carrying);
  const { plan, state } = carrying;
  const days = isItem(before) ? redateItem(before, plan, state.directory) : undefined;
  return days === undefined ? before : redated(before, before, carrying, days);
}

function carried(before: PlannedMilestone, after: PlannedMilestone | undefined, carrying: Carrying): PlannedMilestone {
  const { state, plan, loadedOn } = carrying;
  if (isSuperseded(state.plan.milestones, before)) return before;
  if (after === undefined) return added(before, carrying);
  const { follows: event } = after;
  const { directory } = state;
  const days =
    event === undefined || loadedOn === undefined
      ? undefined
      : daysAfterEvent(after, { plan, directory, event, on: loadedOn });
  return redated(before, after, carrying, days);
}

/** Unless the extract has to be made again, the data that were loaded are those that are checked. */
function loadedDay(state: MigrationState, moved: ReadonlySet<AnchorName>): Day | undefined {
  const undone = new Set(undoneBy(state, moved).map(({ id }) => id));
  const hops = state.plan.milestones.filter(({ id, hop }) => hop?.extract === 'initial' && !undone.has(id));
  return hops.map(({ id }) => milestoneState(state, id).loadedOn).findLast((day) => day !== undefined);
}

/**
 * The plan that a migration has once its days have moved.
 *
 * The date version rises by one, and no milestone's `revision` falls, so that their sum, the SEQUENCE of calendar entries, never
 * does.
 *
 * @param state with the people and parties that it is to have
 * @param today the migration's own
 */
export function planAfterMove(state: MigrationState, redate: Redate, today: Day): Plan {
  const { plan: fresh, moves } = redate;
  const anchors = anchorsAfter(state.plan.anchors, moves);
  const version = state.plan.dateVersion + 1;
  const moved = movedAnchors(state.plan.anchors, anchors);
  const changed = new Set(
    moves.map(({ anchor }) => anchor).filter((name) => state.plan.anchors[name].on !== anchors[name].on),
  );
  const plan = { ...fresh, anchors, dateVersion: version };
  const carrying: Carrying = {
    state,
    plan,
    moved,
    changed,
    loadedOn: loadedDay(state, moved),
    version,
    isAnew: isPlannedAnew(redate),
  };
  const planned = new Map(fresh.milestones.map((each) => [each.id, each]));
  const known = new Set(state.plan.milestones.map(({ id }) => id));
  const milestones = [
    ...state.plan.milestones.map((before) => carried(before, planned.get(before.id), carrying)),
    ...fresh.milestones.filter(({ id }) => !known.has(id)),
  ];
  return { ...plan, milestones, endsOn: lastDayOf(milestones, today) };
}
