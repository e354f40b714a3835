/** What a move would do, before anybody has made it. */
import type { Day } from '../../calendar/day.js';
import { anchorTitles } from '../../order/anchorNames.js';
import type { Order } from '../../order/schema.js';
import type { FeasibleDay } from '../../plan/feasibleDays.js';
import type { Plan, PlannedAnchor, Problem } from '../../plan/types.js';
import { apply } from '../apply.js';
import { isServed as isWithdrawn } from '../applyReports.js';
import { isOpen, milestoneState, todayOf } from '../lookup.js';
import type { MessageKind } from '../messages.js';
import type { MigrationState } from '../state.js';
import { undoneBy } from './again.js';
import { adoptions, doneAgain, hasChanged, isServed, mailsAtOnce, movesBetween, problemsBetween } from './compare.js';
import { droppedBy } from './amend.js';
import { orderFor, orderIfAllMove, planFor } from './planned.js';
import { anchorsAfter, movedAnchors, type AnchorMove, type MovableAnchor, type Redate } from './redate.js';
import { redateVersion } from './version.js';

/** A plan for an order as it stands, with the rules and the calendar that count for it. */
export interface Replanning {
  planOf: (order: Order, asOf: Day) => Plan;
  /** The earliest days that work together. */
  feasibleOf: (order: Order, plan: Plan, asOf: Day) => FeasibleDay[];
}

export interface MovedMilestone {
  milestoneId: string;
  title: string;
  holderName: string;
  from?: Day;
  to?: Day;
}

/** What was done for a day that moves, and has to be done for the new one. */
export interface DoneAgain {
  milestoneId: string;
  title: string;
  holderName: string;
  partyId?: string;
  partyName?: string;
  doneOn?: Day;
  /** The day that it was for. */
  doneFor?: Day;
  dueOn?: Day;
  /** Working days by which it comes too late, given today; absent where there is time. */
  shortWorkingDays?: number;
  /** It waits until somebody has confirmed the new day. */
  waitsForConfirmation: boolean;
}

export interface StaysDone {
  milestoneId: string;
  title: string;
  status: string;
  settledOn?: Day;
}

/** A mail that would go at once, or with the first of the next morning. */
export interface MailAtOnce {
  kind: MessageKind;
  /** A role or `PARTY.role`, never an address. */
  to: string;
  milestoneIds: string[];
}

export interface RedatePreview {
  migrationId: string;
  /** To be sent with the move: it is refused once the migration is at another, see `redateVersion`. */
  version: string;
  /** The migration's own today. */
  asOf: Day;
  anchors: { anchor: MovableAnchor; title: string; before: PlannedAnchor; after: PlannedAnchor }[];
  /** Open milestones on other days, in the order of their new days. */
  moves: MovedMilestone[];
  /** Notices, requests and contacts that have gone out, and go out anew. */
  servedAgain: DoneAgain[];
  /** Forms, bookings, deliveries and confirmations that no longer count. */
  doneAgain: DoneAgain[];
  staysDone: StaysDone[];
  problems: { added: Problem[]; gone: Problem[]; all: Problem[] };
  /** The plan has risks that somebody has to accept by name. */
  needsAcceptance: boolean;
  /** It cannot be made at all: the plan has errors. */
  refused: boolean;
  /** The earliest days that work together, for days that move: what was asked for the days before is asked anew. */
  earliest: FeasibleDay[];
  mails: { atMs: number; messages: MailAtOnce[] };
  /** Rules or calendar are others than those of the plan so far. */
  /** What is different in an order that is amended, by fields and ids. */
  changes: string[];
  /** Not needed any more; what was served of it is withdrawn. */
  dropped: { milestoneId: string; title: string; isWithdrawn: boolean }[];
  adopts: { what: 'ruleSet' | 'layers' | 'calendar'; before: string; after: string }[];
}

export interface PreviewRequest {
  state: MigrationState;
  /** What the migration was started with, or was amended to before. */
  order: Order;
  moves: readonly AnchorMove[];
  way?: Pick<Redate, 'resumes' | 'adopts' | 'amended'>;
  nowMs: number;
}

export interface RedateDraft {
  preview: RedatePreview;
  /** The plan that a commit would carry. */
  plan: Plan;
}

function staysDone(before: MigrationState, after: MigrationState): StaysDone[] {
  return after.plan.milestones
    .filter((milestone) => hasChanged(before, milestone) && !isOpen(after, milestone.id))
    .map(({ id: milestoneId, title }) => {
      const { status, settledOn } = milestoneState(after, milestoneId);
      return { milestoneId, title, status, ...(settledOn && { settledOn }) };
    });
}

/**
 * Plans a move and says what it does. Nothing is touched: the move is made on a copy.
 *
 * @param request moves that `judgeMoves` has let through
 */
export function previewRedate(request: PreviewRequest, replanning: Replanning): RedateDraft {
  const { state, order, moves, nowMs, way = {} } = request;
  const today = todayOf(state, nowMs);
  const moved = orderFor(state, order, { moves, ...way }, today);
  const plan = planFor(moved, replanning, today);
  const anew = orderIfAllMove(state, order, { moves, ...way }, today);
  const staying = way.adopts ? state.plan : planFor(orderFor(state, order, { moves: [] }, today), replanning, today);
  const redate: Redate = {
    version: redateVersion(state),
    plan,
    by: 'preview',
    reason: 'preview',
    acceptRisks: true,
    moves: [...moves],
    ...way,
  };
  const after = apply(state, { type: 'redated', atMs: nowMs, redate });
  const undone = undoneBy(state, movedAnchors(state.plan.anchors, after.plan.anchors));
  const open = undone.filter(({ id }) => isOpen(after, id));
  const again = (milestones: typeof open) => milestones.map((each) => doneAgain(state, after, each, today));
  const anchors = anchorsAfter(state.plan.anchors, moves);
  return {
    plan,
    preview: {
      migrationId: state.migrationId,
      version: redateVersion(state),
      asOf: today,
      anchors: moves.map(({ anchor }) => ({
        anchor,
        title: anchorTitles[anchor],
        before: state.plan.anchors[anchor],
        after: anchors[anchor],
      })),
      moves: movesBetween(state, after),
      servedAgain: again(open.filter(isServed)),
      doneAgain: again(open.filter((each) => !isServed(each))),
      staysDone: staysDone(state, after),
      problems: problemsBetween(staying.problems, plan.problems),
      needsAcceptance: plan.problems.some(({ severity }) => severity === 'risk'),
      refused: plan.problems.some(({ severity }) => severity === 'error'),
      earliest: replanning.feasibleOf(anew, plan, today),
      mails: mailsAtOnce(state, after, nowMs),
      adopts: adoptions(state.plan, plan),
      changes: [...(way.amended?.changes ?? [])],
      dropped: droppedBy(state, redate, today).map((each) => ({
        milestoneId: each.id,
        title: each.title,
        isWithdrawn: isWithdrawn(state, each, today),
      })),
    },
  };
}
