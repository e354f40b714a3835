/** The checking of the data begins when they have been loaded, whatever day was planned. */
import { formatDay, isDay, type Day } from '../calendar/day.js';
import { anchorTitles, type FollowedEvent } from '../order/anchorNames.js';
import { lastDayOf } from '../plan/endsOn.js';
import { followEvent, type Followed } from '../plan/follow.js';
import type { PlannedMilestone } from '../plan/types.js';
import { tellMoved } from './dateMoved.js';
import { withAudit, withMilestone, withoutFields, withPending } from './edit.js';
import type { SupplierEvent } from './events.js';
import { isOpen, lateWorkingDays, milestoneState, todayOf } from './lookup.js';
import type { MigrationState } from './state.js';

const followed: FollowedEvent = 'initialDataLoaded';

/** The day that the supplier names as that of the loading, if it has come. `date` is another: the production day. */
function statedDay({ plan }: MigrationState, { data }: SupplierEvent, today: Day): Day | undefined {
  const stated = data?.['loadedOn'];
  const isKnown = typeof stated === 'string' && isDay(stated) && stated >= plan.workingTime.from && stated <= today;
  return isKnown ? stated : undefined;
}

/** A second word about the same loading counts only where it names a day: it may be no more than a repeat. */
function loadingDay(state: MigrationState, hop: PlannedMilestone, event: SupplierEvent, today: Day): Day | undefined {
  const isKnown = milestoneState(state, hop.id).loadedOn !== undefined;
  return statedDay(state, event, today) ?? (isKnown ? undefined : today);
}

/** The old system's own data, for the checking before cut-over. */
export function isInitialLoading(state: MigrationState, hop: PlannedMilestone, { type }: SupplierEvent): boolean {
  const party = state.directory.parties.find(({ id }) => id === hop.partyId);
  const isSource = party?.roles.includes('sourceSupplier') === true;
  return type === 'extract.loaded' && hop.hop?.extract === 'initial' && isSource;
}

/** Late no more on its new day: it has not slipped. Whoever took the slip on did so for the day before. */
function withoutSlip(state: MigrationState, { id, dueOn }: PlannedMilestone, today: Day): MigrationState {
  const isLate = dueOn !== undefined && lateWorkingDays(state, dueOn, today) > 0;
  return withoutFields(
    state,
    id,
    isLate ? ['slipAcknowledged', 'chasedOn'] : ['slippedOn', 'slipAcknowledged', 'chasedOn'],
  );
}

function withPlanned(state: MigrationState, changes: readonly Followed[]): MigrationState {
  const { plan } = state;
  const byId = new Map(changes.map(({ after }) => [after.id, after]));
  const milestones = plan.milestones.map((each) => byId.get(each.id) ?? each);
  return { ...state, plan: { ...plan, milestones, endsOn: lastDayOf(milestones, plan.asOf) } };
}

const daysOf = ({ opensOn, dueOn }: PlannedMilestone) => ({ ...(opensOn && { opensOn }), ...(dueOn && { dueOn }) });

/** The CSU hears of checking that no longer fits before cut-over. */
function tellMisfit(state: MigrationState, changes: readonly Followed[], on: Day): MigrationState {
  const { on: cutOver } = state.plan.anchors.finalDataProduction;
  const misfit = changes.findLast(({ after }) => cutOver !== undefined && (after.dueOn ?? '') > cutOver);
  if (misfit === undefined || cutOver === undefined) return state;
  const loaded = `The data were loaded on ${formatDay(on)}.`;
  const news = `${loaded} The checking no longer fits before the ${anchorTitles.finalDataProduction}, ${formatDay(cutOver)}.`;
  const notice = { kind: 'escalation', audience: 'operator', milestoneId: misfit.after.id, news } as const;
  return withPending(state, { ...notice, rungId: `no-longer-fits-${on}` });
}

/**
 * Dates what follows the loading of the Initial data from the day on which that happened; the latest loading counts. What is
 * settled stays as it is.
 */
export function followLoading(
  state: MigrationState,
  hop: PlannedMilestone,
  event: SupplierEvent,
  atMs: number,
): MigrationState {
  const today = todayOf(state, atMs);
  const on = loadingDay(state, hop, event, today);
  if (on === undefined) return state;
  const firedRungs = (id: string): ReadonlySet<string> | undefined =>
    isOpen(state, id) ? new Set(Object.keys(milestoneState(state, id).rungs)) : undefined;
  const { plan, directory } = state;
  const changes = followEvent({ plan, directory, event: followed, on, firedRungs });
  const loaded = withMilestone(state, hop.id, { loadedOn: on });
  if (changes.length === 0) return loaded;
  const dated = changes.reduce((next, { after }) => withoutSlip(next, after, today), withPlanned(loaded, changes));
  const milestones = changes.map(({ before, after }) => ({
    milestoneId: after.id,
    before: daysOf(before),
    after: daysOf(after),
  }));
  const data = { event: followed, on, milestones };
  const audited = withAudit(dated, {
    atMs,
    actor: event.recordedBy ?? event.supplierId,
    type: 'milestones.followed',
    data,
  });
  const told = tellMoved(audited, changes, `The data were loaded on ${formatDay(on)}.`);
  return tellMisfit(told, changes, on);
}
