/** What the register shows of a migration, computed from its state. */
import type { Day } from '../calendar/day.js';
import { calendarOfMigration, calendarOfMilestone } from '../calendarEntries/ofRows.js';
import type { PlannedMilestone } from '../plan/types.js';
import { blackoutConflicts } from './blackoutConflicts.js';
import { holderName, isActionable, isOpen, milestoneState, plannedMilestone } from './lookup.js';
import type { MessageOutcome, OutboundMessage } from './messages.js';
import type { MessageRow, MigrationRow, MilestoneRow } from './records.js';
import type { Directory, MigrationState } from './state.js';

/** The row by which people find a migration and see how it stands. `slipped` counts the slipped milestones still open. */
export function migrationRow(state: MigrationState, workflowId: string): MigrationRow {
  const { plan, directory } = state;
  const conflicts = blackoutConflicts(plan);
  const slipped = openMilestones(state).filter(({ id }) => milestoneState(state, id).slippedOn !== undefined);
  return {
    migrationId: state.migrationId,
    workflowId,
    odsCode: directory.practice.odsCode,
    practiceName: directory.practice.name,
    rehearsal: state.rehearsal,
    status: state.status,
    phase: state.phase,
    ...(state.status === 'running' && state.hold && { onHoldSince: state.hold.on }),
    division: plan.workingTime.division,
    icb: directory.icb.name,
    ...suppliers(directory),
    ...(plan.sharedInstance && { instanceId: plan.sharedInstance.id }),
    ruleSet: `${plan.ruleSet.id}@${plan.ruleSet.version}`,
    calendarVersion: plan.calendar.version,
    dateVersion: plan.dateVersion,
    startedAtMs: state.startedAtMs,
    ...nextDeadline(state),
    ...nextCritical(state),
    slipped: slipped.length,
    delayHolders: [...new Set(slipped.map(({ holder }) => holder))],
    owner: directory.contacts.csuOperator.name,
    ...calendarOfMigration(state),
    anchors: { ...plan.anchors },
    ...(conflicts.length > 0 && { blackoutConflicts: conflicts }),
  };
}

/** One milestone as it stands. @throws RangeError for an id that is not in the plan */
export function milestoneRow(state: MigrationState, milestoneId: string): MilestoneRow {
  const planned = plannedMilestone(state, milestoneId);
  if (!planned) throw new RangeError(`Migration ${state.migrationId} has no milestone "${milestoneId}".`);
  const { status, settledOn, settledBy, slippedOn } = milestoneState(state, milestoneId);
  return {
    ...plannedPart(planned),
    holderName: holderName(state, planned.holder),
    status,
    ...(settledOn && { settledOn }),
    ...(settledBy && { settledBy }),
    ...(slippedOn && { slippedOn }),
    ...calendarOfMilestone(state, planned),
  };
}

/** One message that went out or was refused, at `atMs`: the role it went to, never the address. */
export function messageRow(message: OutboundMessage, outcome: MessageOutcome, atMs: number): MessageRow {
  return {
    key: message.key,
    messageId: outcome.messageId,
    kind: message.kind,
    toKey: message.to.key,
    outcome: outcome.outcome,
    mayHaveRepeated: outcome.mayHaveRepeated,
    sentAtMs: atMs,
    milestoneIds: [...new Set(message.items.map((item) => item.milestoneId))],
  };
}

function plannedPart({ id, opensOn, dueOn, partyId, ...planned }: PlannedMilestone) {
  const { ruleId, kind, title, holder, anchor, provisional } = planned;
  const days = { ...(opensOn && { opensOn }), ...(dueOn && { dueOn }) };
  return { milestoneId: id, ruleId, kind, title, holder, anchor, provisional, ...(partyId && { partyId }), ...days };
}

/**
 * The earliest due day of an open milestone that can be acted on, that is, that waits for no other open one.
 * Where every dated one waits, the earliest of them; none while the migration is on hold, nor once it has ended. Ties go to the plan's order.
 */
function nextDeadline(state: MigrationState): Pick<MigrationRow, 'nextDeadlineOn' | 'nextMilestoneId' | 'nextTitle'> {
  const next = nextOf(state, isOwed);
  return next === undefined ? {} : { nextDeadlineOn: next.dueOn, nextMilestoneId: next.id, nextTitle: next.title };
}

function nextCritical(
  state: MigrationState,
): Pick<MigrationRow, 'criticalOn' | 'criticalMilestoneId' | 'criticalTitle'> {
  const next = nextOf(state, isCritical);
  return next === undefined ? {} : { criticalOn: next.dueOn, criticalMilestoneId: next.id, criticalTitle: next.title };
}

/** Nobody owes anything when a period ends. */
const isOwed = ({ kind }: PlannedMilestone): boolean => kind !== 'period';

const criticalKinds: readonly PlannedMilestone['kind'][] = ['request', 'notice', 'confirmation'];

/** Late, it puts an anchor at risk. */
const isCritical = ({ kind, hop, blocks }: PlannedMilestone): boolean =>
  hop !== undefined || blocks !== undefined || criticalKinds.includes(kind);

function openMilestones(state: MigrationState): PlannedMilestone[] {
  return state.plan.milestones.filter(({ id }) => isOpen(state, id));
}

type Dated = PlannedMilestone & { dueOn: Day };

const isDated = (milestone: PlannedMilestone): milestone is Dated => milestone.dueOn !== undefined;

function nextOf(state: MigrationState, isMeant: (milestone: PlannedMilestone) => boolean): Dated | undefined {
  if (state.status !== 'running' || state.hold !== undefined) return undefined;
  const open = openMilestones(state).filter(isMeant).filter(isDated);
  return earliest(open.filter((milestone) => isActionable(state, milestone))) ?? earliest(open);
}

const earliest = (milestones: Dated[]): Dated | undefined =>
  milestones.reduce<Dated | undefined>((first, each) => (first && first.dueOn <= each.dueOn ? first : each), undefined);

/** Empty ids where the order has no such party; the order's checks refuse that. */
function suppliers({ parties }: Directory) {
  const withRole = (role: 'sourceSupplier' | 'targetSupplier') => parties.find(({ roles }) => roles.includes(role));
  const [source, target] = [withRole('sourceSupplier'), withRole('targetSupplier')];
  return {
    sourceSupplierId: source?.id ?? '',
    targetSupplierId: target?.id ?? '',
    ...(source && { sourceSupplierName: source.name }),
    ...(target && { targetSupplierName: target.name }),
  };
}
