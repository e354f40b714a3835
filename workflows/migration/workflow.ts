import {
  allHandlersFinished,
  condition,
  continueAsNew,
  setCurrentDetails,
  setWorkflowOptions,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import { instantOf } from '../../rules/calendar/clock.js';
import { decide } from '../../rules/migration/decide.js';
import { startMigration } from '../../rules/migration/start.js';
import type { MigrationStatus } from '../../rules/migration/state.js';
import { planMigration } from './activities.js';
import { createClock, type ClockState } from './clock.js';
import type { RunSoon } from './handleUpdate.js';
import { registerHandlers } from './handlers.js';
import { tellInstance } from './instance.js';
import type { CarriedMigration, MigrationInput } from './messages.js';
import { deliver, happen, tellRegister, type Run } from './run.js';
import { emptyQueue, hasNews, owesRegister } from './registerQueue.js';
import { showPhaseAndStatus } from './showPhase.js';
import { currentDetails, wakeSummary } from './summaries.js';
import { createWakeTimer, type WakeTimer } from './wakeTimer.js';

export interface MigrationResult {
  migrationId: string;
  status: MigrationStatus;
}

/** How long to leave a register alone that was away. */
const registerRetry = '10 minutes';
/** Writes tried at the end before the migration closes without: the register can be rebuilt from the history. */
const lastWrites = 6;

/** What the API sets when it starts a migration. */
const shownAtStart = { phase: 'preMigration', status: 'running' } as const;

// Months go by between start and end: a running migration moves to each new version of this code at its next task.
setWorkflowOptions({ versioningBehavior: 'AUTO_UPGRADE' }, migration);

/** One practice's migration, from the order to the end of the old system's access. */
export async function migration(input: MigrationInput): Promise<MigrationResult> {
  const soon: RunSoon = { timer: createWakeTimer(), order: input.order };
  registerHandlers(soon);
  const run = input.carried === undefined ? await begin(input) : resume(input.carried);
  soon.run = run;
  await runToTheEnd(run, soon.timer, input);
  return { migrationId: run.state.migrationId, status: run.state.status };
}

/** Has the plan computed and recorded, and sets the clock: a rehearsal's at the day it is judged from. */
async function begin({ migrationId, order, asOf, rehearsal }: MigrationInput): Promise<Run> {
  const { plan, directory } = await planMigration.executeWithOptions({ summary: `as of ${asOf}` }, [
    { migrationId, order, asOf },
  ]);
  const { clock: sending, sendAtMinute } = plan.workingTime;
  const realMs = Date.now();
  const atMs = rehearsal === undefined ? realMs : instantOf(sending, asOf, sendAtMinute);
  const clockState: ClockState = { lastWakeVirtualMs: atMs, lastWakeRealMs: realMs, ...rehearsal };
  const state = startMigration({ migrationId, rehearsal: rehearsal !== undefined, order, plan, directory, atMs });
  const clock = createClock(clockState, Date.now);
  const run: Run = { state, queue: emptyQueue(), clock, changed: true, shown: shownAtStart };
  happen(run, { type: 'started', atMs });
  return run;
}

function resume({ state, queue, clock }: CarriedMigration): Run {
  const { phase, status } = state;
  return { state, queue, clock: createClock(clock, Date.now), changed: true, shown: { phase, status } };
}

/** The runbook: look at what is due, send it, tell the register, sleep until the next wake or the next message. */
async function runToTheEnd(run: Run, timer: WakeTimer, input: MigrationInput): Promise<void> {
  for (;;) {
    run.changed = false;
    const nowMs = run.clock.advance(timer.take());
    const { events, messages, wakeAtMs, finished } = decide(run.state, nowMs);
    run.clock.expect(wakeAtMs);
    for (const event of events) happen(run, event);
    showPhaseAndStatus(run);
    if (messages.length > 0) await deliver(run, messages, nowMs);
    else if (await tellInstance(run)) continue;
    else if (finished) break;
    else if (hasNews(run.state)) await tellRegister(run);
    else {
      setCurrentDetails(currentDetails(run.state, wakeAtMs));
      timer.arm(wakeAtMs, (atMs) => ({ sleepMs: run.clock.sleepMs(atMs), summary: wakeSummary(run.state, atMs) }));
      await somethingToDo(run, () => timer.hasFired());
      await continueIfLong(run, input);
    }
  }
  await end(run);
}

async function somethingToDo(run: Run, hasFired: () => boolean): Promise<void> {
  const ready = (): boolean => run.changed || hasFired();
  if (!owesRegister(run.queue)) await condition(ready);
  else if (!(await condition(ready, registerRetry))) await tellRegister(run);
}

/** Only at a quiet moment: nothing in flight, and everything that arrived is in the state that goes along. */
async function continueIfLong(run: Run, input: MigrationInput): Promise<void> {
  if (run.changed || !workflowInfo().continueAsNewSuggested || !allHandlersFinished()) return;
  const { state, queue, clock } = run;
  await continueAsNew<typeof migration>({ ...input, carried: { state, queue, clock: clock.state() } });
}

async function end(run: Run): Promise<void> {
  happen(run, { type: 'ended', atMs: run.clock.nowMs() });
  showPhaseAndStatus(run);
  for (let tries = 1; tries <= lastWrites; tries += 1) {
    await tellRegister(run);
    if (!owesRegister(run.queue)) break;
    if (tries < lastWrites) await sleep(registerRetry, { summary: 'the register is away' });
  }
  await condition(allHandlersFinished);
}
