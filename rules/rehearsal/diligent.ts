/** Everybody does their part. */
import type { Rejection } from '../migration/events.js';
import { isActionable, milestoneState } from '../migration/lookup.js';
import type { MessageKind, OutboundMessage } from '../migration/messages.js';
import type { MigrationState } from '../migration/state.js';
import type { PlannedMilestone } from '../plan/types.js';
import type { Actor, OutsideEvent } from './actor.js';
import { isHeard, waysToReport, wordsAfter } from './hopReports.js';
import { judge } from './judge.js';
import { actsAtMs, type Pace } from './pace.js';

export interface DiligentOptions {
  pace: Pace;
  /** Milestones that are never done: nobody acts on them, and the mail that would settle them is refused. */
  except?: ReadonlySet<string>;
}

export interface DiligentActor extends Actor {
  /** By milestone: why it could not be reported when somebody last tried. */
  readonly rejections: ReadonlyMap<string, Rejection>;
}

/** Mails that are the act itself. */
const settlingKinds: ReadonlySet<MessageKind> = new Set<MessageKind>(['request', 'notice', 'contact']);

/** The formal mail goes out first; where nobody has confirmed its date it waits, and so does everybody. */
function awaitsItsMail(state: MigrationState, { id, ladder }: PlannedMilestone): boolean {
  const { rungs } = milestoneState(state, id);
  return ladder.some((rung) => rung.type === 'deliver' && rungs[rung.id] === undefined);
}

/** Go Live is reported once nothing blocks it any more, so days come after everything else. */
function byTurn(milestones: readonly PlannedMilestone[]): PlannedMilestone[] {
  const isDay = ({ kind }: PlannedMilestone): boolean => kind === 'anchor';
  const isConfirmation = ({ kind }: PlannedMilestone): boolean => kind === 'confirmation';
  const others = milestones.filter((each) => !isDay(each) && !isConfirmation(each));
  return [...milestones.filter(isConfirmation), ...others, ...milestones.filter(isDay)];
}

/**
 * Everybody does their part, suppliers by their systems: anchors are confirmed first, then each thing is done as soon as what
 * it waits for is done. Nothing is said that a running migration would refuse.
 */
export function diligent({ pace, except = new Set() }: DiligentOptions): DiligentActor {
  const rejections = new Map<string, Rejection>();

  const toDo = (state: MigrationState): PlannedMilestone[] =>
    state.plan.milestones.filter(
      (each) => !except.has(each.id) && isActionable(state, each) && !awaitsItsMail(state, each),
    );

  const taken = (state: MigrationState, ways: OutsideEvent[], milestoneId: string): OutsideEvent | undefined => {
    for (const way of ways) {
      const rejection = isHeard(state, way) ? undefined : judge(state, way);
      if (rejection === undefined && !isHeard(state, way)) return way;
      if (rejection !== undefined) rejections.set(milestoneId, rejection);
    }
    return undefined;
  };

  const nextReport = (state: MigrationState, nowMs: number): OutsideEvent | undefined => {
    for (const each of byTurn(toDo(state))) {
      if (actsAtMs(state, each, pace, nowMs) > nowMs) continue;
      const report = taken(state, waysToReport(state, each, nowMs), each.id);
      if (report !== undefined) return report;
    }
    return undefined;
  };

  const nextWord = (state: MigrationState, nowMs: number): OutsideEvent | undefined =>
    state.plan.milestones
      .filter(({ id }) => milestoneState(state, id).status === 'done')
      .flatMap((each) => wordsAfter(state, each, nowMs))
      .find((event) => !isHeard(state, event) && judge(state, event) === undefined);

  return {
    rejections,
    nextAtMs: (state, nowMs) => {
      if (state.status !== 'running') return undefined;
      const instants = toDo(state).map((each) => actsAtMs(state, each, pace, nowMs));
      const next = Math.min(...instants.filter((atMs) => atMs > nowMs));
      return next === Infinity ? undefined : next;
    },
    acts: (state, nowMs) => {
      if (state.status !== 'running') return [];
      const event = nextReport(state, nowMs) ?? nextWord(state, nowMs);
      return event === undefined ? [] : [{ act: 'say', event }];
    },
    refuses: ({ kind, settles }: OutboundMessage) =>
      settlingKinds.has(kind) && settles.some(({ milestoneId }) => except.has(milestoneId)),
  };
}
