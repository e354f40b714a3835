/** Planning one running migration anew, and committing that: what every way in goes through. */
import type { Replan } from '../../config/replanning.js';
import type { Rejection } from '../../rules/migration/events.js';
import { todayOf } from '../../rules/migration/lookup.js';
import { judgeMoves } from '../../rules/migration/redate/judge.js';
import { amendedOrder } from '../../rules/migration/redate/orderChanges.js';
import { orderFor } from '../../rules/migration/redate/planned.js';
import { previewRedate, type RedateDraft, type RedatePreview } from '../../rules/migration/redate/preview.js';
import { meantMove, type AnchorMove, type AskedMove, type Redate } from '../../rules/migration/redate/redate.js';
import { shiftedMoves, withDistances, type Shift } from '../../rules/migration/redate/shift.js';
import { redateVersion } from '../../rules/migration/redate/version.js';
import { refuse } from '../../rules/migration/refuse.js';
import type { Order } from '../../rules/order/schema.js';
import type { PlanningAnswer, RedateAnswer } from '../../workflows/migration/messages.js';
import type { Migrations, MigrationTarget, Outcome } from '../migrations.js';

export interface RedateDependencies {
  migrations: Pick<Migrations, 'planning' | 'redate'>;
  replan: Replan;
}

/** What a migration is to adopt: what is in use now, and of the two only the rules or only the calendar. */
export type Adopts = 'all' | 'rules' | 'calendar';

/** Days by name, and with `keepDistance` the later ones along; or all that are to come by the same distance. */
export type Days = { moves: AskedMove[]; keepDistance?: boolean } | { shift: Shift; confirmed?: boolean };

/** Days, also those with which a migration goes on that is on hold; or other rules, or another order, for the days that it has. */
export type Where = (Days & { resumes?: true }) | { adopts: Adopts } | { order: Order };

export interface RedateCommand {
  target: MigrationTarget;
  where: Where;
  by: string;
  reason: string;
  /** A repeat under the same id has no second effect and gets the first answer. */
  updateId: string;
  /** From a preview: refused where the migration has changed since. Absent: whatever it is now. */
  version?: string;
  /** By name: `by` takes on the risks of the plan. */
  acceptRisks?: boolean;
}

type Way = Pick<Redate, 'resumes' | 'adopts' | 'amended'>;
type Drafted =
  { kind: 'drafted'; draft: RedateDraft; moves: AnchorMove[]; way: Way } | { kind: 'rejected'; rejection: Rejection };

const rejected = (rejection: Rejection): Drafted => ({ kind: 'rejected', rejection });

function movesOf({ state, nowMs }: PlanningAnswer, where: Where): AnchorMove[] | Rejection {
  if ('shift' in where) return shiftedMoves(state, where.shift, where.confirmed, nowMs);
  if (!('moves' in where)) return [];
  const moves = where.moves.map((move) => meantMove(state.plan.anchors, move));
  return where.keepDistance ? withDistances(state, moves, nowMs) : moves;
}

function wayOf({ state, order, nowMs }: PlanningAnswer, where: Where): Way {
  if ('adopts' in where) return { adopts: true };
  if ('order' in where) {
    const before = orderFor(state, order, { moves: [] }, todayOf(state, nowMs));
    return { amended: amendedOrder(before, where.order) };
  }
  return where.resumes ? { resumes: true } : {};
}

/** Nothing is adopted that nobody has named, and nothing committed that changes nothing. */
function refusalOf({ adopts, changes }: RedatePreview, where: Where): Rejection | undefined {
  if ('order' in where && changes.length === 0) return refuse('NothingMoves', 'This order is as the migration has it.');
  if (!('adopts' in where)) return undefined;
  const isCalendar = ({ what }: { what: string }): boolean => what === 'calendar';
  const others = adopts.filter((each) => where.adopts !== 'all' && isCalendar(each) !== (where.adopts === 'calendar'));
  if (adopts.length === 0) return refuse('NothingToAdopt', 'It has the rules and the calendar that are in use.');
  if (others.length === adopts.length) return refuse('NothingToAdopt', `It has the ${where.adopts} in use already.`);
  if (others.length === 0) return undefined;
  const more = others.map(({ what, before, after }) => `${what} ${before} → ${after}`).join(', ');
  return refuse('NothingToAdopt', `It can only adopt everything that is in use, and there is more: ${more}.`, ['all']);
}

/** @param isStill also a draft where every day named is where it was */
export async function draftOf(
  planning: PlanningAnswer,
  where: Where,
  replan: Replan,
  isStill = false,
): Promise<Drafted> {
  const { state, order, nowMs } = planning;
  const moves = movesOf(planning, where);
  if (!Array.isArray(moves)) return rejected(moves);
  const way = wayOf(planning, where);
  const rejection = judgeMoves(state, moves, nowMs, way);
  if (rejection !== undefined && !(isStill && rejection.type === 'NothingMoves')) return rejected(rejection);
  const replanning = await replan(orderFor(state, order, { moves, ...way }, todayOf(state, nowMs)));
  const draft = previewRedate({ state, order, moves, nowMs, way }, replanning);
  const refusal = refusalOf(draft.preview, where);
  return refusal === undefined ? { kind: 'drafted', draft, moves, way } : rejected(refusal);
}

/** What it would do. Nothing is touched. */
export async function previewOf(
  { migrations, replan }: RedateDependencies,
  target: MigrationTarget,
  where: Where,
): Promise<Outcome<RedatePreview>> {
  const planning = await migrations.planning(target);
  if (planning.kind !== 'answered') return planning;
  const drafted = await draftOf(planning.answer, where, replan);
  return drafted.kind === 'rejected' ? drafted : { kind: 'answered', answer: drafted.draft.preview };
}

/**
 * Plans a migration anew and commits that, in one update. Safe to repeat under the same `updateId`, also after it has been made.
 *
 * @throws what `replan` throws
 */
export async function redate(
  { migrations, replan }: RedateDependencies,
  { target, where, by, reason, updateId, version, acceptRisks = false }: RedateCommand,
): Promise<Outcome<RedateAnswer>> {
  const planning = await migrations.planning(target);
  if (planning.kind !== 'answered') return planning;
  const { state } = planning.answer;
  const drafted = await draftOf(planning.answer, where, replan);
  // What cannot be planned any more may have been made under this very id: only the migration knows.
  const { moves, draft, way } =
    drafted.kind === 'drafted' ? drafted : { moves: [], draft: { plan: state.plan }, way: {} };
  const said = { by, reason, acceptRisks, version: version ?? redateVersion(state) };
  const outcome = await migrations.redate({
    target,
    requestId: updateId,
    payload: { ...said, ...way, moves, plan: draft.plan },
  });
  return outcome.kind === 'rejected' && drafted.kind === 'rejected' ? drafted : outcome;
}

/** The order of a migration as it stands: with the people, the days and the progress of today. */
export async function orderOf(
  { migrations }: Pick<RedateDependencies, 'migrations'>,
  target: MigrationTarget,
): Promise<Outcome<Order>> {
  const planning = await migrations.planning(target);
  if (planning.kind !== 'answered') return planning;
  const { state, order, nowMs } = planning.answer;
  return { kind: 'answered', answer: orderFor(state, order, { moves: [] }, todayOf(state, nowMs)) };
}
