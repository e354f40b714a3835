/** What moving a day does to a migration that runs. */
import type { Day } from '../../calendar/day.js';
import type { AnchorName } from '../../order/anchorNames.js';
import type { PlannedMilestone } from '../../plan/types.js';
import { completeHop } from '../applySupplierEvent.js';
import { reopen, withAudit, withMilestone, withoutFields, withoutPending } from '../edit.js';
import { isOpen, lateWorkingDays, milestoneState, plannedMilestone, todayOf } from '../lookup.js';
import type { MigrationEvent } from '../events.js';
import type { MigrationState } from '../state.js';
import { movedOf, undoneBy } from './again.js';
import { droppedBy, withDropped, withOrder } from './amend.js';
import { resumed } from './hold.js';
import { planAfterMove } from './carry.js';
import { movedAnchors, type AnchorMove, type Redate } from './redate.js';
import { tellRedated } from './tell.js';
import { withoutOldMail } from './unanswered.js';

type Redated = MigrationEvent & { type: 'redated' };

/** Open again, with no trace of what was true for the day before; it knows the day that it was done for. */
function undo(state: MigrationState, id: string, replaces: Day | undefined): MigrationState {
  const open = withoutFields(reopen(state, id), id, ['slippedOn', 'acknowledgedOn', 'loadedOn', 'statedDate']);
  return withMilestone(open, id, replaces === undefined ? {} : { replaces });
}

function undoAll(state: MigrationState, undone: readonly PlannedMilestone[], moved: ReadonlySet<AnchorName>) {
  return undone.reduce((next, milestone) => {
    const anchor = movedOf(milestone, moved);
    return undo(next, milestone.id, anchor && state.plan.anchors[anchor].on);
  }, state);
}

/** Whether it lies on other days than in the plan before. */
function hasMoved(before: MigrationState, { id, dueOn, opensOn }: PlannedMilestone): boolean {
  const was = plannedMilestone(before, id);
  return was === undefined || was.dueOn !== dueOn || was.opensOn !== opensOn;
}

/** What has gone by is to come again; what was late on the day before is so no more, and nobody has it in hand any longer. */
function onNewDay(before: MigrationState, state: MigrationState, milestone: PlannedMilestone, today: Day) {
  const { id, dueOn } = milestone;
  if (!hasMoved(before, milestone)) return state;
  const { status } = milestoneState(state, id);
  if (status === 'passed') return (dueOn ?? '') >= today ? reopen(state, id) : state;
  if (status !== 'open') return state;
  const isLate = dueOn !== undefined && lateWorkingDays(state, dueOn, today) > 0;
  return withoutFields(
    state,
    id,
    isLate ? ['slipAcknowledged', 'chasedOn'] : ['slippedOn', 'slipAcknowledged', 'chasedOn'],
  );
}

/** A form or booking that named the new day before it was planned is right now. */
function acceptStated(state: MigrationState, moved: ReadonlySet<AnchorName>, atMs: number): MigrationState {
  return state.plan.milestones
    .filter(({ hop, anchor }) => hop !== undefined && moved.has(anchor))
    .reduce((next, hop) => {
      const { statedDate } = milestoneState(next, hop.id);
      const isRight = statedDate !== undefined && statedDate === next.plan.anchors[hop.anchor].on;
      return isRight && isOpen(next, hop.id) ? completeHop(next, hop, hop.partyId ?? 'leadtime', atMs) : next;
    }, state);
}

function confirmed(state: MigrationState, moves: readonly AnchorMove[], by: string, settledOn: Day): MigrationState {
  return moves
    .filter((move) => move.confirmed && plannedMilestone(state, `confirm.${move.anchor}`) !== undefined)
    .reduce(
      (next, { anchor }) =>
        withMilestone(next, `confirm.${anchor}`, {
          status: 'done',
          settledOn,
          settledBy: by,
          note: 'moved to a confirmed day',
        }),
      state,
    );
}

/** Word that is in nobody's interest once the day has moved: what was wrong with the one before. */
const withoutOldNews = (state: MigrationState, before: MigrationState): MigrationState =>
  withoutPending(state, ({ kind, milestoneId }) => {
    const milestone = plannedMilestone(state, milestoneId);
    return (kind === 'digest' || kind === 'escalation') && milestone !== undefined && hasMoved(before, milestone);
  });

function typeOf({ resumes, adopts, amended }: Redate): string {
  if (amended !== undefined) return 'order.amended';
  if (adopts) return 'rules.adopted';
  return resumes ? 'migration.resumed' : 'migration.redated';
}

/** By them a late word about a day that has moved is told from one about a wrong day. */
function withFormerDays(state: MigrationState, before: MigrationState, moved: ReadonlySet<AnchorName>): MigrationState {
  const former = [...moved].map((name): [AnchorName, Day[]] => {
    const { on = '' } = before.plan.anchors[name];
    const known = state.formerDays?.[name] ?? [];
    return [name, [...new Set([...known, on])].filter((day) => day !== state.plan.anchors[name].on)];
  });
  return former.length === 0 ? state : { ...state, formerDays: { ...state.formerDays, ...Object.fromEntries(former) } };
}

function auditOf(
  before: MigrationState,
  { atMs, redate }: Redated,
  undone: readonly PlannedMilestone[],
  dropped: readonly PlannedMilestone[],
) {
  const { by, reason, moves, plan, acceptRisks } = redate;
  const { anchors, dateVersion, ruleSet, calendar } = before.plan;
  const risks = plan.problems.filter(({ severity }) => severity === 'risk').map(({ message }) => message);
  const isAdopted = JSON.stringify([ruleSet, calendar]) !== JSON.stringify([plan.ruleSet, plan.calendar]);
  const data = {
    dateVersion: dateVersion + 1,
    reason,
    anchors: moves.map(({ anchor, to, confirmed: isConfirmed }) => ({
      anchor,
      before: anchors[anchor],
      after: { on: to, status: isConfirmed ? 'confirmed' : 'provisional' },
    })),
    ...(undone.length > 0 && { again: undone.map(({ id }) => id) }),
    ...(acceptRisks && risks.length > 0 && { risks }),
    ...(redate.amended && { changes: redate.amended.changes }),
    ...(dropped.length > 0 && { dropped: dropped.map(({ id }) => id) }),
    ...(isAdopted && { ruleSet: plan.ruleSet, calendar: plan.calendar }),
  };
  return { atMs, actor: by, type: typeOf(redate), data };
}

/**
 * Moves the days of a migration as `judgeRedate` has let through. Pure and total.
 *
 * What people have done stays done, but for what names a day that moves: it is open again and, where it is a mail, goes out anew.
 * A confirmation belongs to the day that it was given for: none comes back when a day does.
 *
 * Worked: the Initial data production day moves from 7 January to 18 February 2027. The blank form has come: that stays. The form
 * has gone back, for 7 January: it has to go back again. The notice of EPS, for the Final day, stays as it is.
 */
export function applyRedated(state: MigrationState, event: Redated): MigrationState {
  const { atMs, redate } = event;
  const today = todayOf(state, atMs);
  const amended = withOrder(state, redate);
  const plan = planAfterMove(amended, redate, today);
  const moved = movedAnchors(state.plan.anchors, plan.anchors);
  const undone = undoneBy(state, moved);
  const dropped = droppedBy(state, redate, today);
  const planned = resumed({ ...undoAll(amended, undone, moved), plan }, today);
  const needed = withDropped(planned, dropped, redate, today);
  const dated = plan.milestones.reduce((next, each) => onNewDay(state, next, each, today), needed);
  const settled = confirmed(acceptStated(dated, moved, atMs), redate.moves, redate.by, today);
  const known = { ...withFormerDays(settled, state, moved), dirty: plan.milestones.map(({ id }) => id) };
  const quiet = withoutOldNews(withoutOldMail(known, state, moved), state);
  const told = tellRedated(state, quiet, redate.moves);
  return withAudit(told, auditOf(state, event, undone, dropped));
}
