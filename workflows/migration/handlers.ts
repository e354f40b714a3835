/** What can be said to a running migration. */
import { ApplicationFailure, setHandler } from '@temporalio/workflow';
import { bouncedMilestone, judgeBounce } from '../../rules/migration/bounce.js';
import { migrationCalendar } from '../../rules/calendarEntries/ofMigration.js';
import { trendsOf } from '../../rules/migration/counts.js';
import { decisionOf, doneByDecision } from '../../rules/migration/decision.js';
import type { DecisionReport, ItemReport } from '../../rules/migration/events.js';
import { judgeAmendment, judgeCancel, judgeDone, judgeSupplierEvent, judgeWaive } from '../../rules/migration/judge.js';
import { judgeCounts } from '../../rules/migration/judgeCounts.js';
import { judgeDecision } from '../../rules/migration/judgeDecision.js';
import { judgeItem } from '../../rules/migration/judgeItem.js';
import { judgeHelp, judgeRevocation } from '../../rules/migration/judgePage.js';
import { hasPage, pageOf } from '../../rules/migration/page.js';
import { milestoneState, plannedMilestone } from '../../rules/migration/lookup.js';
import { judgeHold } from '../../rules/migration/redate/hold.js';
import { judgeRedate } from '../../rules/migration/redate/judge.js';
import type { MigrationState } from '../../rules/migration/state.js';
import { judgeSlipAcknowledgement } from '../../rules/migration/slipAcknowledged.js';
import { decide } from '../../rules/migration/decide.js';
import { timelineOf } from '../../rules/migration/timeline.js';
import { itemMilestoneId } from '../../rules/plan/items.js';
import { handleUpdate, type RunSoon } from './handleUpdate.js';
import { handleInstance } from './instance.js';
import * as messages from './messages.js';
import { writtenHead } from './registerQueue.js';
import type { Run } from './run.js';
import type { WakeTimer } from './wakeTimer.js';

function milestoneAnswer(state: MigrationState, { milestoneId }: { milestoneId: string }): messages.MilestoneAnswer {
  return { milestoneId, status: milestoneState(state, milestoneId).status };
}

function decisionAnswer(state: MigrationState, { decision }: DecisionReport): messages.DecisionAnswer {
  const { id = '' } = decisionOf(state, decision) ?? {};
  const resting = state.plan.milestones.filter(({ restsOn }) => restsOn === decision);
  return {
    ...milestoneAnswer(state, { milestoneId: id }),
    resting: resting.map((each) => milestoneAnswer(state, { milestoneId: each.id })),
  };
}

function itemAnswer(state: MigrationState, { item }: ItemReport): messages.ItemAnswer {
  const milestoneId = itemMilestoneId(item);
  const { dueOn } = plannedMilestone(state, milestoneId) ?? {};
  return { ...milestoneAnswer(state, { milestoneId }), ...(dueOn && { dueOn }) };
}

/** What becomes known or is added while a migration runs. */
function handleElements(soon: RunSoon): void {
  handleUpdate(soon, messages.reportCountsUpdate, {
    judge: judgeCounts,
    event: (report, atMs) => ({ type: 'countsReported', atMs, report }),
    answer: (state) => ({ counts: trendsOf(state) }),
  });
  handleUpdate(soon, messages.decideUpdate, {
    judge: judgeDecision,
    event: (report, atMs, state) => {
      const { id = '' } = decisionOf(state, report.decision) ?? {};
      return { type: 'milestoneDone', atMs, report: doneByDecision(id, report) };
    },
    answer: decisionAnswer,
  });
  handleUpdate(soon, messages.addItemUpdate, {
    judge: judgeItem,
    event: (report, atMs) => ({ type: 'itemAdded', atMs, ...report }),
    answer: itemAnswer,
  });
}

/** Days that move, with the plan that was made for them outside. */
function handleRedates(soon: RunSoon): void {
  handleUpdate(soon, messages.redateUpdate, {
    judge: judgeRedate,
    event: (redate, atMs) => ({ type: 'redated', atMs, redate }),
    answer: ({ migrationId, plan: { dateVersion, anchors } }) => ({ migrationId, dateVersion, anchors }),
  });
}

/** A migration that rests. */
function handleHold(soon: RunSoon): void {
  handleUpdate(soon, messages.holdUpdate, {
    judge: judgeHold,
    event: (request, atMs) => ({ type: 'held', atMs, ...request }),
    answer: ({ migrationId, hold }) => ({ migrationId, on: hold?.on ?? '' }),
  });
}

/** Mails that came back. */
function handleBounces(soon: RunSoon): void {
  handleUpdate(soon, messages.reportBounceUpdate, {
    judge: judgeBounce,
    event: (report, atMs) => ({ type: 'mailBounced', atMs, report }),
    answer: (state, { messageId }) => milestoneAnswer(state, { milestoneId: bouncedMilestone(state, messageId) }),
  });
}

/** What comes from the pages that mails link to. */
function handlePages(soon: RunSoon): void {
  handleUpdate(soon, messages.askHelpUpdate, {
    judge: judgeHelp,
    event: (request, atMs) => ({ type: 'helpAsked', atMs, request }),
    answer: (_state, { milestoneId }) => ({ milestoneId }),
  });
  handleUpdate(soon, messages.revokeLinksUpdate, {
    judge: judgeRevocation,
    event: (revocation, atMs) => ({ type: 'linksRevoked', atMs, ...revocation }),
    answer: ({ linkGenerations }, { role }) => ({ role, generation: linkGenerations?.[role] ?? 0 }),
  });
}

function armedAnswer({ state, clock }: Run, timer: WakeTimer, realNowMs: number): messages.ArmedAnswer {
  const nowMs = clock.nowAt(realNowMs);
  const { messages: due, wakeAtMs } = decide(state, nowMs);
  const armedWakeAtMs = timer.armedFor();
  return {
    state,
    nowMs,
    due: due.length,
    ...(wakeAtMs !== undefined && { nextWakeAtMs: wakeAtMs }),
    ...(armedWakeAtMs !== undefined && { armedWakeAtMs, armedRealMs: clock.realAt(armedWakeAtMs) }),
  };
}

function handleQueries(soon: RunSoon): void {
  const runNow = (): Run => {
    if (soon.run === undefined) throw ApplicationFailure.retryable('the migration is not planned yet', 'NotPlanned');
    return soon.run;
  };
  const stateNow = (): MigrationState => runNow().state;
  setHandler(messages.stateQuery, stateNow);
  setHandler(messages.auditHeadQuery, () => writtenHead(runNow().queue));
  setHandler(messages.timelineQuery, () => timelineOf(stateNow()));
  setHandler(messages.planningQuery, (realNowMs) => {
    const { state, clock } = runNow();
    return { state, order: state.order ?? soon.order, nowMs: clock.nowAt(realNowMs) };
  });
  setHandler(messages.armedQuery, (realNowMs) => armedAnswer(runNow(), soon.timer, realNowMs));
  setHandler(messages.calendarQuery, (role) =>
    hasPage(stateNow(), role) ? migrationCalendar(stateNow(), role) : undefined,
  );
  setHandler(messages.pageQuery, (role, realNowMs) => {
    const { state, clock } = runNow();
    const nowMs = realNowMs === undefined ? clock.nowMs() : clock.nowAt(realNowMs);
    return hasPage(state, role) ? pageOf(state, role, nowMs) : undefined;
  });
}

/** Registers every update and query. At once, before anything is awaited: an update that finds no handler is refused. */
export function registerHandlers(soon: RunSoon): void {
  handleUpdate(soon, messages.supplierEventUpdate, {
    judge: judgeSupplierEvent,
    event: (event, atMs) => ({ type: 'supplierEventReceived', atMs, event }),
    answer: (state, { webhookId }) => {
      const answer = state.ledger[webhookId];
      if (answer === undefined) throw ApplicationFailure.nonRetryable('the event was not applied', 'NotApplied');
      return answer;
    },
  });
  handleUpdate(soon, messages.doneUpdate, {
    judge: judgeDone,
    event: (report, atMs) => ({ type: 'milestoneDone', atMs, report }),
    answer: milestoneAnswer,
  });
  handleUpdate(soon, messages.waiveUpdate, {
    judge: judgeWaive,
    event: (request, atMs) => ({ type: 'milestoneWaived', atMs, ...request }),
    answer: milestoneAnswer,
  });
  handleUpdate(soon, messages.acknowledgeSlipUpdate, {
    judge: judgeSlipAcknowledgement,
    event: (acknowledgement, atMs) => ({ type: 'slipAcknowledged', atMs, acknowledgement }),
    answer: milestoneAnswer,
  });
  handleUpdate(soon, messages.cancelUpdate, {
    judge: judgeCancel,
    event: (request, atMs) => ({ type: 'cancelled', atMs, ...request }),
    answer: () => ({ status: 'cancelled' as const }),
  });
  handleUpdate(soon, messages.amendContactUpdate, {
    judge: judgeAmendment,
    event: (amendment, atMs) => ({ type: 'contactAmended', atMs, amendment }),
    answer: (_state, { target }) => ({ target }),
  });
  handleElements(soon);
  handleRedates(soon);
  handleHold(soon);
  handlePages(soon);
  handleBounces(soon);
  handleInstance(soon);
  handleQueries(soon);
}
