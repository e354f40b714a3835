/** What changed between two states, for the trace. */
import { lateWorkingDays, plannedMilestone, todayOf } from '../migration/lookup.js';
import type { MigrationState, MilestoneState } from '../migration/state.js';
import { anchorNames } from '../order/anchorNames.js';
import type { Plan, PlannedMilestone } from '../plan/types.js';
import type { Happening } from './trace.js';

const untouched: MilestoneState = { status: 'open', rungs: {} };

function overtaken(before: MilestoneState, after: MilestoneState): string[] {
  if (before.rungs === after.rungs) return [];
  return Object.entries(after.rungs).flatMap(([id, mark]) =>
    mark === 'superseded' && before.rungs[id] === undefined ? [id] : [],
  );
}

function slip(state: MigrationState, milestoneId: string, nowMs: number): Happening {
  const dueOn = plannedMilestone(state, milestoneId)?.dueOn;
  if (dueOn === undefined) return { type: 'slipped', milestoneId, lateWorkingDays: 0 };
  const late = lateWorkingDays(state, dueOn, todayOf(state, nowMs));
  return { type: 'slipped', milestoneId, dueOn, lateWorkingDays: late };
}

/** The changes of one milestone. @param state after the change */
function milestoneChanges(
  state: MigrationState,
  milestoneId: string,
  [before, after]: [MilestoneState, MilestoneState],
  nowMs: number,
): Happening[] {
  const { status: to, settledBy: by, statedDate } = after;
  const changes: Happening[] = [];
  if (before.status !== to)
    changes.push({ type: 'status', milestoneId, from: before.status, to, ...(by !== undefined && { by }) });
  if (after.slippedOn !== undefined && before.slippedOn === undefined) changes.push(slip(state, milestoneId, nowMs));
  if (statedDate !== undefined && before.statedDate !== statedDate)
    changes.push({ type: 'mismatch', milestoneId, statedDate });
  if (after.acknowledgedOn !== undefined && before.acknowledgedOn === undefined)
    changes.push({ type: 'acknowledged', milestoneId });
  const rungIds = overtaken(before, after);
  if (rungIds.length > 0) changes.push({ type: 'overtaken', milestoneId, rungIds });
  return changes;
}

function added({ id: milestoneId, title, dueOn }: PlannedMilestone): Happening {
  return { type: 'added', milestoneId, title, ...(dueOn !== undefined && { dueOn }) };
}

function redated(before: PlannedMilestone, after: PlannedMilestone): Happening[] {
  const [from, to] = [before.dueOn, after.dueOn];
  if (from === to) return [];
  return [{ type: 'redated', milestoneId: after.id, ...(from && { from }), ...(to && { to }) }];
}

function planChanges(before: Plan, after: Plan): Happening[] {
  if (before === after) return [];
  const known = new Map(before.milestones.map((each) => [each.id, each]));
  const milestones = after.milestones.flatMap((each) => {
    const old = known.get(each.id);
    return old === undefined ? [added(each)] : old === each ? [] : redated(old, each);
  });
  const confirmed = anchorNames.flatMap((anchor): Happening[] => {
    const { status, on } = after.anchors[anchor];
    const isNew = status === 'confirmed' && before.anchors[anchor].status !== 'confirmed';
    return isNew ? [{ type: 'confirmed', anchor, ...(on !== undefined && { on }) }] : [];
  });
  return [...confirmed, ...milestones];
}

/** What is different in a state from the one before, in the order of the plan. */
export function changesBetween(before: MigrationState, after: MigrationState, nowMs: number): Happening[] {
  const phase: Happening[] = before.phase === after.phase ? [] : [{ type: 'phase', phase: after.phase }];
  const plan = planChanges(before.plan, after.plan);
  if (before.milestones === after.milestones) return [...phase, ...plan];
  const changed = Object.entries(after.milestones).flatMap(([id, now]) => {
    const then = before.milestones[id] ?? untouched;
    return then === now ? [] : milestoneChanges(after, id, [then, now], nowMs);
  });
  return [...phase, ...plan, ...changed];
}
