/** Whether a running migration will be woken: its own word, held against what Temporal knows. */
import type { ArmedFinding } from '../../rules/migration/armed.js';
import type { ArmedAnswer } from '../../workflows/migration/messages.js';
import type { ExecutionLook, Poller, WorkersLook } from '../temporalLook.js';

/** Between a migration's arming and Temporal's noting of it lies the length of one step. */
const LATE_AT_MOST_MS = 60_000;
const EARLY_AT_MOST_MS = 2_000;
/** A worker asks at least once a minute. */
const SEEN_WITHIN_MS = 150_000;
const TASK_WAITS_AT_MOST_MS = 60_000;

const failed = (what: string, fix: string): ArmedFinding => ({ severity: 'failed', what, fix });

const instant = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const LOOK_IN_LOG = 'Look into the log of the worker under the id of the migration; a later release may carry it on.';
const START_WORKER = 'Start a worker: "leadtime worker", or "npm start" where everything runs on one machine.';

function ofWork({ activities, task }: ExecutionLook, nowMs: number): ArmedFinding[] {
  const failing = activities
    .filter(({ attempt }) => attempt > 1)
    .map(({ what, attempt, failure = 'no reason is known' }) =>
      failed(
        `"${what}" has been tried ${attempt - 1} times in vain: ${failure}.`,
        'Mend what it names; it is tried again by itself.',
      ),
    );
  if (task === undefined) return failing;
  if (task.attempt > 1)
    return [
      ...failing,
      failed(`The migration cannot be carried on: its step fails, ${task.attempt - 1} times so far.`, LOOK_IN_LOG),
    ];
  const waits = nowMs - task.waitingSinceMs > TASK_WAITS_AT_MOST_MS;
  return waits ? [...failing, failed('A step of the migration waits, and no worker takes it.', START_WORKER)] : failing;
}

const RESTART = 'This is a fault of leadtime: report it with the id of the migration.';

/** The timer that Temporal keeps must be the one that the migration believes in, and that the one its rules ask for. */
function ofTimer(answer: ArmedAnswer, { timers }: ExecutionLook, nowMs: number): ArmedFinding[] {
  const { armedWakeAtMs, armedRealMs, nextWakeAtMs } = answer;
  if (nextWakeAtMs === undefined && armedWakeAtMs === undefined) return [];
  if (armedWakeAtMs === undefined || armedRealMs === undefined)
    return [failed('The migration has no timer, although something is to come.', RESTART)];
  if (nextWakeAtMs !== undefined && armedWakeAtMs > nextWakeAtMs)
    return [
      failed(
        `The timer waits until ${instant(armedWakeAtMs)}, but something is due at ${instant(nextWakeAtMs)}.`,
        RESTART,
      ),
    ];
  const isKept = timers.some(
    ({ firesAtMs }) => firesAtMs >= armedRealMs - EARLY_AT_MOST_MS && firesAtMs <= armedRealMs + LATE_AT_MOST_MS,
  );
  if (!isKept) return [failed(`Temporal keeps no timer for the wake at ${instant(armedRealMs)}.`, RESTART)];
  if (nowMs > armedRealMs + LATE_AT_MOST_MS)
    return [failed(`The wake of ${instant(armedRealMs)} has passed, and nothing has happened.`, START_WORKER)];
  return [];
}

/** True while something is done that arms the timer anew afterwards: a look a moment later tells more. */
export const isBusy = ({ due, armedWakeAtMs }: ArmedAnswer, { activities, task }: ExecutionLook): boolean =>
  task !== undefined || activities.length > 0 || (due > 0 && armedWakeAtMs === undefined);

/** What keeps a migration from waking. @param nowMs the wall clock */
export const wakeFindings = (answer: ArmedAnswer, look: ExecutionLook, nowMs: number): ArmedFinding[] => [
  ...ofWork(look, nowMs),
  // While mail is on its way there is no timer: it is armed once that has come to its end.
  ...(look.activities.length > 0 ? [] : ofTimer(answer, look, nowMs)),
];

const isThere = ({ lastSeenMs }: Poller, nowMs: number): boolean => nowMs - lastSeenMs < SEEN_WITHIN_MS;

/** What keeps every migration from being carried on. */
export function workerFindings({ workflow, activity, currentBuildId }: WorkersLook, nowMs: number): ArmedFinding[] {
  const there = workflow.filter((poller) => isThere(poller, nowMs));
  if (there.length === 0) return [failed('No worker asks Temporal for work.', START_WORKER)];
  if (currentBuildId === undefined)
    return [
      failed(
        'No build is the current one, so nothing runs.',
        'A worker makes its own build current when it starts: restart it.',
      ),
    ];
  const builds = [...new Set(there.map(({ buildId }) => buildId))];
  if (!builds.includes(currentBuildId))
    return [
      failed(
        `Migrations run on build ${currentBuildId}, and the workers that ask for work are of build ${builds.join(', ')}.`,
        'Start a worker of that build, or restart one of the new build: it makes itself current.',
      ),
    ];
  if (!activity.some((poller) => isThere(poller, nowMs)))
    return [failed('No worker asks for mails to send and rows to write.', START_WORKER)];
  return [];
}
