/** Operations on many practices as the API has them: written down first, then begun, repeated or stopped. */
import { createHash, randomBytes } from 'node:crypto';
import type { Sealing } from '../../config/sealing.js';
import type { BulkOperation, NewBulkRow } from '../../register/bulkTypes.js';
import type { Register } from '../../register/types.js';
import type { AuditDraft } from '../../rules/migration/state.js';
import { orUnavailable } from '../operator/orUnavailable.js';
import { idCharacters } from '../operator/start.js';
import { ApiProblem, unavailable } from '../problem.js';
import { askedBulk, type AskedBulk } from './asked.js';
import type { BulkBody } from './rows.js';
import type { BulkRuns } from './runs.js';

const ID_LENGTH = 10;

export interface BulkDependencies {
  register: Pick<
    Register,
    'addBulk' | 'findBulk' | 'bulks' | 'bulkRows' | 'reopenBulk' | 'endBulk' | 'appendSystemAudit'
  >;
  runs: BulkRuns;
  sealing: Sealing;
  nowMs: () => number;
}

const digestOf = (...parts: readonly string[]): Buffer => createHash('sha256').update(parts.join('\n')).digest();

const noOperation = (bulkId: string): ApiProblem =>
  new ApiProblem({
    code: 'unknown-bulk',
    status: 404,
    title: 'There is no such operation',
    detail: `Nothing is known of "${bulkId}": see "leadtime bulk list".`,
  });

const conflict = (code: string, detail: string): ApiProblem =>
  new ApiProblem({ code, status: 409, title: 'This does not fit the operation as it stands', detail });

/** @throws ApiProblem 404, or 503 while the register is away */
export async function knownBulk(
  { register }: Pick<BulkDependencies, 'register'>,
  bulkId: string,
): Promise<BulkOperation> {
  const operation = await orUnavailable(register.findBulk(bulkId));
  if (operation === undefined) throw noOperation(bulkId);
  return operation;
}

const sealed = (asked: AskedBulk, sealing: Sealing): Promise<NewBulkRow[]> =>
  Promise.all(asked.rows.map(async ({ asked: request, ...row }) => ({ ...row, request: await sealing.seal(request) })));

const notBegun = (bulkId: string): ApiProblem =>
  unavailable(
    `Temporal cannot be reached. The operation is written down as ${bulkId} and has not begun: begin it with "leadtime bulk repeat ${bulkId}".`,
  );

/**
 * Writes an operation down and begins it. The same request under the same key is the same operation.
 *
 * @throws ApiProblem 400 with everything that is wrong with the rows, or 503
 */
export async function askBulk(deps: BulkDependencies, body: BulkBody, key: string | undefined): Promise<BulkOperation> {
  const { register, runs, nowMs } = deps;
  const asked = await askedBulk(body);
  const digest = digestOf(JSON.stringify(body));
  const bytes = key === undefined ? randomBytes(ID_LENGTH) : digestOf(key, digest.toString('hex'));
  const bulkId = idCharacters(bytes, ID_LENGTH);
  const { by, dryRun } = body;
  const { operation, rows } = asked;
  const askedAtMs = nowMs();
  const data = { bulkId, operation, dryRun, rows: rows.length, sha256: digest.toString('hex') };
  const audit: AuditDraft = { atMs: askedAtMs, actor: by, type: 'bulk.asked', data };
  const bulk = { bulkId, operation, dryRun, by, askedAtMs };
  await orUnavailable(register.addBulk(bulk, await sealed(asked, deps.sealing), audit));
  if (!(await runs.start({ bulkId, by }))) throw notBegun(bulkId);
  return knownBulk(deps, bulkId);
}

/** Whether a run is under way; the register alone cannot know of one that was ended from outside. */
async function isUnderWay({ runs }: BulkDependencies, { bulkId, state }: BulkOperation): Promise<boolean> {
  if (state === 'ended' || state === 'stopped') return false;
  const running = await runs.isRunning(bulkId);
  if (running === undefined) throw unavailable('Temporal cannot be reached at the moment. Nothing is lost: try again.');
  return running;
}

/** What has failed or was not reached is done, and nothing else. @throws ApiProblem 404, 409 or 503 */
export async function repeatBulk(deps: BulkDependencies, bulkId: string, by: string): Promise<BulkOperation> {
  const { register, runs, nowMs } = deps;
  const operation = await knownBulk(deps, bulkId);
  const { state, failed, waiting } = operation;
  if (await isUnderWay(deps, operation))
    throw conflict('bulk-running', `${bulkId} is running: wait until it has ended.`);
  if (failed + waiting === 0) throw conflict('nothing-to-repeat', `Every row of ${bulkId} is done.`);
  const audit = { atMs: nowMs(), actor: by, type: 'bulk.repeated', data: { bulkId, failed, waiting } };
  if (!(await orUnavailable(register.reopenBulk(bulkId, state, audit))))
    throw conflict('bulk-running', `Somebody else has just repeated ${bulkId}.`);
  if (!(await runs.startAgain({ bulkId, by }))) throw notBegun(bulkId);
  return knownBulk(deps, bulkId);
}

/** Nothing new is begun; rows on their way are finished. @throws ApiProblem 404, 409 or 503 */
export async function stopBulk(deps: BulkDependencies, bulkId: string, by: string): Promise<BulkOperation> {
  const { register, runs, nowMs } = deps;
  const { state } = await knownBulk(deps, bulkId);
  if (state === 'ended' || state === 'stopped')
    throw conflict('bulk-ended', `${bulkId} has ended: nothing is left to stop.`);
  const stopping = await runs.stop(bulkId);
  if (stopping === 'away')
    throw unavailable('Temporal cannot be reached at the moment. The operation goes on: try again.');
  const atMs = nowMs();
  const draft: AuditDraft = { atMs, actor: by, type: 'bulk.stopped', data: { bulkId } };
  if (stopping === 'absent')
    await orUnavailable(register.endBulk(bulkId, { state: 'stopped', atMs, audit: () => draft }));
  else await orUnavailable(register.appendSystemAudit(draft));
  return knownBulk(deps, bulkId);
}
