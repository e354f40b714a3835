/** Everything that is known of whether a migration will say what it still has to say. */
import { setTimeout as pause } from 'node:timers/promises';
import type { WebhookSecrets } from '../../config/webhookSecrets.js';
import { armedOf, type Armed, type ArmedFinding, type ArmedRung } from '../../rules/migration/armed.js';
import type { OutboundMessage } from '../../rules/migration/messages.js';
import type { MigrationStatus } from '../../rules/migration/state.js';
import type { ArmedAnswer } from '../../workflows/migration/messages.js';
import { workflowIdOfTarget, type Migrations, type MigrationTarget } from '../migrations.js';
import { answerOf } from '../outcomes.js';
import { unavailable } from '../problem.js';
import type { ExecutionLook, TemporalLook } from '../temporalLook.js';
import { instanceFindings } from './instanceFindings.js';
import { isBusy, wakeFindings, workerFindings } from './wakeFindings.js';

/** A migration that is sending, or has just been told something, is looked at again. */
const LOOKS = 8;
const BETWEEN_LOOKS_MS = 400;

export interface ArmedDependencies {
  migrations: Pick<Migrations, 'armed' | 'planning'>;
  temporal: Pick<TemporalLook, 'execution' | 'workers'>;
  webhookSecrets: WebhookSecrets;
}

export interface ArmedReport {
  migrationId: string;
  odsCode: string;
  practiceName: string;
  rehearsal: boolean;
  status: MigrationStatus;
  /** The migration's own now. */
  nowMs: number;
  /** The next wake, by the migration's own clock. */
  wakesAtMs?: number;
  rungs: ArmedRung[];
  findings: ArmedFinding[];
  /** One for each rung, as it would be composed now. */
  messages: OutboundMessage[];
}

/** What is asked of Temporal itself. @throws ApiProblem 503 */
async function orAway<Result>(looking: Promise<Result>): Promise<Result> {
  try {
    return await looking;
  } catch {
    throw unavailable('Temporal cannot be reached at the moment. Running migrations go on when it is back.');
  }
}

interface Looked {
  answer: ArmedAnswer;
  look: ExecutionLook;
}

/** Looks until nothing is under way, or a few seconds have passed. */
async function lookAt({ migrations, temporal }: ArmedDependencies, target: MigrationTarget): Promise<Looked> {
  for (let looks = 1; ; looks += 1) {
    const answer = answerOf(await migrations.armed(target));
    const workflowId = workflowIdOfTarget({ migrationId: answer.state.migrationId });
    const look = await orAway(temporal.execution(workflowId));
    const isSettled = !isBusy(answer, look) && wakeFindings(answer, look, Date.now()).length === 0;
    if (isSettled || looks === LOOKS || answer.state.status !== 'running') return { answer, look };
    await pause(BETWEEN_LOOKS_MS);
  }
}

/** What is posted to a supplier's system has to be signed. */
async function secretFindings(webhookSecrets: WebhookSecrets, { messages }: Armed): Promise<ArmedFinding[]> {
  const parties = new Set(
    messages.flatMap(({ channel, partyId }) => (channel === 'webhook' && partyId ? [partyId] : [])),
  );
  const findings: ArmedFinding[] = [];
  for (const partyId of parties) {
    const secrets = await webhookSecrets.of(partyId).catch(() => []);
    if (secrets.length > 0) continue;
    findings.push({
      severity: 'failed',
      what: `There is no secret to sign webhooks to ${partyId} with: what is for it cannot be posted.`,
      fix: `Make one with "leadtime webhook secret ${partyId}", and give it to the supplier.`,
    });
  }
  return findings;
}

function endedFinding({ status }: ArmedAnswer['state']): ArmedFinding[] {
  if (status === 'running') return [];
  const what = `The migration is ${status}: nothing more goes out.`;
  return [{ severity: 'failed', what, fix: 'Nothing needs to be done.' }];
}

function mailFinding({ mailAway }: ArmedAnswer['state']): ArmedFinding[] {
  if (mailAway === undefined) return [];
  const since = new Date(mailAway.sinceMs).toISOString().slice(0, 16).replace('T', ' ');
  return [
    {
      severity: 'failed',
      what: `Mail has not left since ${since} UTC, after ${mailAway.tries} tries.`,
      fix: 'See what "leadtime doctor" says of the way out for mail; it is tried again by itself.',
    },
  ];
}

/** @throws ApiProblem 404 without such a migration, 503 while Temporal or every worker is away */
export async function armedReport(deps: ArmedDependencies, target: MigrationTarget): Promise<ArmedReport> {
  const { answer, look } = await lookAt(deps, target);
  const workers = await orAway(deps.temporal.workers());
  const { state, nowMs, armedWakeAtMs } = answer;
  const armed = armedOf(state, nowMs);
  const { migrationId, directory, rehearsal, status } = state;
  const { odsCode, name: practiceName } = directory.practice;
  return {
    migrationId,
    odsCode,
    practiceName,
    rehearsal,
    status,
    nowMs,
    ...(armedWakeAtMs !== undefined && { wakesAtMs: armedWakeAtMs }),
    rungs: armed.rungs,
    findings: [
      ...endedFinding(state),
      ...workerFindings(workers, Date.now()),
      ...(status === 'running' ? wakeFindings(answer, look, Date.now()) : []),
      ...mailFinding(state),
      // A rehearsal mails what would be posted.
      ...(rehearsal ? [] : await secretFindings(deps.webhookSecrets, armed)),
      ...armed.findings,
      ...(await instanceFindings(deps.migrations, state)),
    ],
    messages: armed.messages,
  };
}
