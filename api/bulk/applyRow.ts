/** One row of an operation on many practices: said to one migration as the operators' API says it. */
import { createHash } from 'node:crypto';
import { UnknownRuleSetError } from '../../config/loadRuleSet.js';
import type { Sealing } from '../../config/sealing.js';
import type { ApplyRow, RowOutcome, RowToApply } from '../../rules/bulk/ports.js';
import { judgeCancel, judgeDone } from '../../rules/migration/judge.js';
import type { Rejection } from '../../rules/migration/events.js';
import { plural } from '../../rules/text/plural.js';
import type { PlanningAnswer } from '../../workflows/migration/messages.js';
import { ApiProblem } from '../problem.js';
import type { MigrationTarget } from '../migrations.js';
import { idCharacters, plannedStart, startOrder, type StartDependencies } from '../operator/start.js';
import { targetOf } from '../operator/requests.js';
import { answerOf, rejectionProblem } from '../outcomes.js';
import { previewOf, redate, type RedateDependencies, type Where } from '../redate/redate.js';
import { outcomeOfProblem } from './rowOutcome.js';
import { adoptRow, cancelRow, doneRow, redateRow, startRow, type DoneRow, type RedateRow } from './rows.js';

export interface ApplyRowDependencies
  extends Pick<StartDependencies, 'migrations' | 'planOrder'>, Pick<RedateDependencies, 'replan'> {
  sealing: Sealing;
  /** Told of what nobody expected. */
  report: (error: unknown, row: Pick<RowToApply, 'bulkId' | 'row'>) => void;
}

interface Anew {
  where: Where;
  reason: string;
  acceptRisks: boolean;
}

type Done = Pick<Extract<RowOutcome, { kind: 'done' }>, 'detail' | 'migrationId'>;

const targetOfRow = ({ practice, migrationId }: RowToApply): MigrationTarget => targetOf(migrationId ?? practice);

/** The same for every attempt at a row, so that it has one effect however often a worker is killed over it. */
const requestIdOf = ({ bulkId, row, attempt }: RowToApply): string => `bulk-${bulkId}-${row}-${attempt}`;

const refuseIf = (rejection: Rejection | undefined): void => {
  if (rejection !== undefined) throw rejectionProblem(rejection);
};

async function planningOf({ migrations }: ApplyRowDependencies, row: RowToApply): Promise<PlanningAnswer> {
  return answerOf(await migrations.planning(targetOfRow(row)));
}

async function applyDone(deps: ApplyRowDependencies, row: RowToApply, asked: DoneRow): Promise<Done> {
  const { practice: _, line: __, milestone: milestoneId, ...said } = asked;
  const payload = { milestoneId, ...said, by: row.by };
  if (row.dryRun) {
    const { state, nowMs } = await planningOf(deps, row);
    refuseIf(judgeDone(state, payload, nowMs));
    return { detail: 'It would be done.', migrationId: state.migrationId };
  }
  const target = targetOfRow(row);
  const { status } = answerOf(await deps.migrations.done({ target, requestId: requestIdOf(row), payload }));
  return { detail: `It is ${status}.` };
}

async function applyCancel(deps: ApplyRowDependencies, row: RowToApply, reason: string): Promise<Done> {
  if (row.dryRun) {
    const { state } = await planningOf(deps, row);
    refuseIf(judgeCancel(state));
    return { detail: 'It would be cancelled.', migrationId: state.migrationId };
  }
  const payload = { by: row.by, reason };
  answerOf(await deps.migrations.cancel({ target: targetOfRow(row), requestId: requestIdOf(row), payload }));
  return { detail: 'It is cancelled.' };
}

const refusedPlan = (code: string, messages: string[]): ApiProblem =>
  new ApiProblem({ code, status: 422, title: 'These days cannot be', detail: messages.join('; ') });

/** What a move would do, in one line. */
async function previewRow(deps: ApplyRowDependencies, row: RowToApply, where: Where, risks: boolean): Promise<Done> {
  const { migrationId, moves, servedAgain, doneAgain, problems, needsAcceptance, refused } = answerOf(
    await previewOf(deps, targetOfRow(row), where),
  );
  const saying = (severity: string) =>
    problems.all.filter((each) => each.severity === severity).map(({ message }) => message);
  if (refused) throw refusedPlan('plan-refused', saying('error'));
  if (needsAcceptance && !risks) throw refusedPlan('risk-not-accepted', saying('risk'));
  const again = servedAgain.length + doneAgain.length;
  return { detail: `${plural(moves.length, 'milestone')} would move, ${again} would be done again.`, migrationId };
}

/** Plans a migration anew and commits that, whatever it is at now. */
async function applyAnew(
  deps: ApplyRowDependencies,
  row: RowToApply,
  { where, reason, acceptRisks }: Anew,
): Promise<Done> {
  if (row.dryRun) return previewRow(deps, row, where, acceptRisks);
  const command = { target: targetOfRow(row), where, by: row.by, reason, acceptRisks, updateId: requestIdOf(row) };
  const { dateVersion, migrationId } = answerOf(await redate(deps, command));
  return { detail: `Its days are at version ${dateVersion} now.`, migrationId };
}

/** Started again, as after a kill, it is the same migration; so it is when a row is repeated that could not be started. */
const randomOf = ({ bulkId, row }: RowToApply): string =>
  idCharacters(createHash('sha256').update(`${bulkId} ${row}`).digest());

const movesOf = ({ moves, keepDistance }: RedateRow): Where => ({
  moves,
  ...(keepDistance !== undefined && { keepDistance }),
});

async function applyStart(deps: ApplyRowDependencies, row: RowToApply, asked: unknown): Promise<Done> {
  const { fileName, text, asOf } = startRow.parse(asked);
  const command = { fileName, text, ...(asOf !== undefined && { asOf }) };
  if (!row.dryRun) {
    const { migrationId, warnings } = await startOrder(deps, { ...command, random: randomOf(row) });
    return {
      detail: warnings.length === 0 ? 'It runs.' : `It runs, with ${plural(warnings.length, 'warning')}.`,
      migrationId,
    };
  }
  const { problems } = await plannedStart(deps.planOrder, command);
  const running = await deps.migrations.planning({ odsCode: row.practice });
  if (running.kind === 'answered' && running.answer.state.status === 'running')
    throw alreadyRunning(running.answer.state.migrationId);
  if (running.kind !== 'absent') answerOf(running);
  return { detail: `It would start, with ${plural(problems.length, 'warning')}.` };
}

const alreadyRunning = (migrationId: string): ApiProblem =>
  new ApiProblem({
    code: 'already-running',
    status: 409,
    title: 'A migration of this practice is already running',
    detail: `${migrationId} is running; a practice has one migration at a time.`,
  });

async function applyOpened(deps: ApplyRowDependencies, row: RowToApply, asked: unknown): Promise<Done> {
  switch (row.operation) {
    case 'start':
      return applyStart(deps, row, asked);
    case 'done':
      return applyDone(deps, row, doneRow.parse(asked));
    case 'cancel':
      return applyCancel(deps, row, cancelRow.parse(asked).reason);
    case 'redate': {
      const said = redateRow.parse(asked);
      return applyAnew(deps, row, { ...said, where: movesOf(said) });
    }
    case 'adopt': {
      const said = adoptRow.parse(asked);
      return applyAnew(deps, row, { ...said, where: { adopts: said.what } });
    }
  }
}

/** Rows over the running migrations. */
export const createApplyRow =
  (deps: ApplyRowDependencies): ApplyRow =>
  async (row) => {
    try {
      return { kind: 'done', ...(await applyOpened(deps, row, await deps.sealing.open(row.request))) };
    } catch (error) {
      if (error instanceof ApiProblem) return outcomeOfProblem(error.fields);
      if (error instanceof UnknownRuleSetError)
        return { kind: 'failed', code: 'unknown-rule-set', detail: error.message };
      deps.report(error, { bulkId: row.bulkId, row: row.row });
      const what = error instanceof Error ? error.message : String(error);
      return { kind: 'failed', code: 'internal', detail: `Something went wrong on our side: ${what}` };
    }
  };
