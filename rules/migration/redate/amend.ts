/** What an order that has changed does to a migration that runs. */
import type { Day } from '../../calendar/day.js';
import { directoryOf } from '../../plan/directory.js';
import { isItem } from '../../plan/redateItem.js';
import type { Plan, PlannedMilestone } from '../../plan/types.js';
import { isServed } from '../applyReports.js';
import { reopen, withMilestone, withoutFields, withPending } from '../edit.js';
import { isOpen, milestoneState } from '../lookup.js';
import type { Directory, MigrationState } from '../state.js';
import type { Redate } from './redate.js';

/** Planned from other rules, another calendar or another order: nothing is on its day because it was there before. */
export const isPlannedAnew = ({ adopts, amended }: Pick<Redate, 'adopts' | 'amended'>): boolean =>
  adopts === true || amended !== undefined;

/** Whoever has gone is kept: they are still to hear that something does not stand any more. */
function directoryAfter({ directory }: MigrationState, { order }: NonNullable<Redate['amended']>): Directory {
  const { parties, formerParties = [] } = directory;
  const next = directoryOf(order);
  const isGone = ({ id }: { id: string }): boolean => !next.parties.some((party) => party.id === id);
  const gone = [...parties, ...formerParties.filter(({ id }) => !parties.some((party) => party.id === id))].filter(
    isGone,
  );
  return { ...next, ...(gone.length > 0 && { formerParties: gone }) };
}

/** The migration with the people and parties of its new order. */
export function withOrder(state: MigrationState, { amended }: Pick<Redate, 'amended'>): MigrationState {
  if (amended === undefined) return state;
  return { ...state, order: amended.order, directory: directoryAfter(state, amended) };
}

/** The new plan knows nothing of it: its rule, party, product or site is no more. What was added on the way is in no plan. */
function isGone(milestone: PlannedMilestone, fresh: ReadonlySet<string>, { amended }: Redate): boolean {
  const { id, kind, hop } = milestone;
  if (fresh.has(id) || kind === 'confirmation') return false;
  if (hop !== undefined) return !fresh.has(id.replace(/\.\d+\.(\w+)$/, '.1.$1'));
  return isItem(milestone) ? amended?.droppedItems.includes(id) === true : true;
}

const idsOf = ({ milestones }: Plan): ReadonlySet<string> => new Set(milestones.map(({ id }) => id));

/** What is not needed any more: what is open, and what was served and has to be withdrawn. What people have done stays done. */
export function droppedBy(state: MigrationState, redate: Redate, today: Day): PlannedMilestone[] {
  if (!isPlannedAnew(redate)) return [];
  const fresh = idsOf(redate.plan);
  return state.plan.milestones
    .filter((each) => isGone(each, fresh, redate))
    .filter((each) => isOpen(state, each.id) || isServed(state, each, today));
}

function drop(state: MigrationState, milestone: PlannedMilestone, { by, reason }: Redate, today: Day): MigrationState {
  const { id } = milestone;
  const rungId = `withdrawal-v${state.plan.dateVersion}`;
  const told = isServed(state, milestone, today)
    ? withPending(state, { kind: 'withdrawal', audience: 'party', milestoneId: id, rungId })
    : state;
  const gone = { status: 'waived', settledOn: today, settledBy: by, note: reason, dropped: true } as const;
  return withMilestone(told, id, gone);
}

/** What was not needed for a time is to be done again. */
function restore(state: MigrationState, { plan }: Redate): MigrationState {
  return plan.milestones
    .filter(({ id }) => milestoneState(state, id).dropped)
    .reduce((next, { id }) => withoutFields(reopen(next, id), id, ['dropped']), state);
}

/** @param state with its new plan, in which everything that was in the old one still is */
export function withDropped(
  state: MigrationState,
  dropped: readonly PlannedMilestone[],
  redate: Redate,
  today: Day,
): MigrationState {
  const restored = isPlannedAnew(redate) ? restore(state, redate) : state;
  return dropped.reduce((next, each) => drop(next, each, redate, today), restored);
}
