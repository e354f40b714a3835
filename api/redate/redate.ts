/** Moving the days of one running migration: what every way in goes through. */
import type { Replan } from '../../config/replanning.js';
import type { Rejection } from '../../rules/migration/events.js';
import { todayOf } from '../../rules/migration/lookup.js';
import { judgeMoves } from '../../rules/migration/redate/judge.js';
import { orderNow } from '../../rules/migration/redate/orderNow.js';
import { previewRedate, type RedateDraft, type RedatePreview } from '../../rules/migration/redate/preview.js';
import type { AnchorMove } from '../../rules/migration/redate/redate.js';
import { shiftedMoves, withDistances, type Shift } from '../../rules/migration/redate/shift.js';
import { redateVersion } from '../../rules/migration/redate/version.js';
import type { PlanningAnswer, RedateAnswer } from '../../workflows/migration/messages.js';
import type { Migrations, MigrationTarget, Outcome } from '../migrations.js';

export interface RedateDependencies {
  migrations: Pick<Migrations, 'planning' | 'redate'>;
  replan: Replan;
}

/** Where to: days by name, and with `keepDistance` the later ones along; or all that are to come by the same distance. */
export type Where = ({ moves: AnchorMove[]; keepDistance?: boolean } | { shift: Shift; confirmed: boolean }) & {
  /** The migration is on hold, and goes on with these days. */
  resumes?: true;
};

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

type Drafted =
  { kind: 'drafted'; draft: RedateDraft; moves: AnchorMove[] } | { kind: 'rejected'; rejection: Rejection };

function movesOf({ state, nowMs }: PlanningAnswer, where: Where): AnchorMove[] | Rejection {
  if ('shift' in where) return shiftedMoves(state, where.shift, where.confirmed, nowMs);
  return where.keepDistance ? withDistances(state, where.moves, nowMs) : where.moves;
}

async function draftOf(planning: PlanningAnswer, where: Where, replan: Replan): Promise<Drafted> {
  const { state, order, nowMs } = planning;
  const moves = movesOf(planning, where);
  if (!Array.isArray(moves)) return { kind: 'rejected', rejection: moves };
  const rejection = judgeMoves(state, moves, nowMs, where.resumes);
  if (rejection !== undefined) return { kind: 'rejected', rejection };
  const replanning = await replan(orderNow(state, order, moves, todayOf(state, nowMs)));
  return { kind: 'drafted', draft: previewRedate({ state, order, moves, nowMs }, replanning), moves };
}

/** What a move would do. Nothing is touched. */
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
 * Plans a move and makes it, in one update. Safe to repeat under the same `updateId`, also after it has been made.
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
  const made = drafted.kind === 'drafted' ? drafted : { moves: [], draft: { plan: state.plan } };
  const payload = {
    ...{ version: version ?? redateVersion(state), moves: made.moves, plan: made.draft.plan, by, reason, acceptRisks },
    ...(where.resumes && { resumes: where.resumes }),
  };
  const outcome = await migrations.redate({ target, requestId: updateId, payload });
  return outcome.kind === 'rejected' && drafted.kind === 'rejected' ? drafted : outcome;
}
