/** Whether days can be moved as somebody asks. */
import { isDay } from '../../calendar/day.js';
import { anchorNames, anchorTitles } from '../../order/anchorNames.js';
import { isOpen, milestoneState, todayOf } from '../lookup.js';
import type { Rejection } from '../events.js';
import { closed, refuse } from '../refuse.js';
import type { MigrationState } from '../state.js';
import { isPlannedAnew } from './amend.js';
import { judgeResuming } from './hold.js';
import { anchorsAfter, movableAnchors, type AnchorMove, type Redate } from './redate.js';
import { redateVersion } from './version.js';

/** The same day with the same standing is no move. */
const isMove = ({ plan }: MigrationState, { anchor, to, confirmed }: AnchorMove): boolean =>
  plan.anchors[anchor].on !== to || (plan.anchors[anchor].status === 'confirmed') !== confirmed;

function judgeMove(state: MigrationState, move: AnchorMove, today: string): Rejection | undefined {
  const { anchor, to } = move;
  const { from, horizon } = state.plan.workingTime;
  if (!movableAnchors.includes(anchor))
    return refuse('NothingMoves', `"${anchor}" is no day that can be moved.`, movableAnchors);
  const title = anchorTitles[anchor];
  const { status, settledOn } = milestoneState(state, `anchor.${anchor}`);
  if (status === 'done')
    return refuse('AnchorHappened', `The ${title} has happened, on ${settledOn}: it cannot be moved.`);
  if (!isDay(to) || to < from || to > horizon)
    return refuse('DayPassed', `${to} is outside ${from} to ${horizon}, the days whose bank holidays are known.`);
  if (to < today) return refuse('DayPassed', `The ${title} cannot be moved to ${to}: it is ${today}.`, [today]);
  return undefined;
}

/** A day that came while the migration was on hold has not happened: it has to be said when it is. */
function unsaid(state: MigrationState, moves: readonly AnchorMove[], today: string): Rejection | undefined {
  const { hold, plan } = state;
  const anchor = movableAnchors.find((name) => {
    const { on } = plan.anchors[name];
    const isMoved = moves.some((move) => move.anchor === name);
    return hold && on !== undefined && on >= hold.on && on < today && !isMoved && isOpen(state, `anchor.${name}`);
  });
  if (anchor === undefined) return undefined;
  const came = `The ${anchorTitles[anchor]}, ${plan.anchors[anchor].on}, came while the migration was on hold`;
  return refuse('DayPassed', `${came}: say its new day, too.`, [anchor]);
}

/** Another practice or another order's day is another migration. */
function judgeOrder({ directory, plan }: MigrationState, { amended }: Pick<Redate, 'amended'>): Rejection | undefined {
  if (amended === undefined) return undefined;
  const { practice, orderedOn, parties } = amended.order;
  const isSame = practice.odsCode === directory.practice.odsCode && orderedOn === plan.anchors.order.on;
  if (isSame && parties.length > 0) return undefined;
  const own = `${directory.practice.odsCode}, ordered on ${plan.anchors.order.on}`;
  return refuse('OrderOfAnother', `This order is of another migration: this one is of ${own}.`);
}

/**
 * Refuses moves that cannot be, whatever plan is made for them.
 *
 * @param way how: a migration on hold goes on, also with the days that it had; a plan that is made anew need move none
 */
export function judgeMoves(
  state: MigrationState,
  moves: readonly AnchorMove[],
  atMs: number,
  way: Pick<Redate, 'resumes' | 'adopts' | 'amended'> = {},
): Rejection | undefined {
  if (state.status !== 'running') return closed(state);
  const names = moves.map(({ anchor }) => anchor);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) return refuse('NothingMoves', `${twice} is to be moved twice: say once where to.`);
  const today = todayOf(state, atMs);
  const wrong =
    judgeResuming(state, way.resumes === true) ??
    moves.map((move) => judgeMove(state, move, today)).find((each) => each !== undefined) ??
    unsaid(state, moves, today) ??
    judgeOrder(state, way);
  if (wrong !== undefined) return wrong;
  if (isPlannedAnew(way)) return undefined;
  const moving = way.resumes ? moves.length > 0 : moves.some((move) => isMove(state, move));
  return moving ? undefined : refuse('NothingMoves', 'Every day named is where it was, and stands as it did.');
}

const fieldOf = (value: unknown, field: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, field) : undefined;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const areLists = (value: unknown, fields: readonly string[]): boolean =>
  fields.every((field) => Array.isArray(fieldOf(value, field)));

const isMilestone = (value: unknown): boolean =>
  isText(fieldOf(value, 'id')) && areLists(value, ['ladder', 'steps', 'waitsFor']);

/** What a plan has to have so that a migration can go on with it: it comes from outside, and stays for months. */
function isPlan(plan: unknown): boolean {
  const [milestones, workingTime, anchors] = ['milestones', 'workingTime', 'anchors'].map((field) =>
    fieldOf(plan, field),
  );
  if (!Array.isArray(milestones) || milestones.length === 0 || !milestones.every(isMilestone)) return false;
  const ids = new Set(milestones.map((each) => fieldOf(each, 'id')));
  const hasTime =
    typeof fieldOf(workingTime, 'sendAtMinute') === 'number' && areLists(workingTime, ['holidays', 'closures']);
  const hasAnchors = anchorNames.every((name) => isText(fieldOf(fieldOf(anchors, name), 'status')));
  return ids.size === milestones.length && hasTime && hasAnchors && areLists(plan, ['problems']);
}

function judgePlan(state: MigrationState, { plan, moves, acceptRisks }: Redate): Rejection | undefined {
  const days = anchorsAfter(state.plan.anchors, moves);
  const isForThem = isPlan(plan) && movableAnchors.every((anchor) => plan.anchors[anchor].on === days[anchor].on);
  if (!isForThem) return refuse('PlanInvalid', 'The plan that came with the move is not one for these days.');
  const errors = plan.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    return refuse('PlanRefused', `These days cannot be: ${errors.map(({ message }) => message).join('; ')}.`);
  const risks = plan.problems.filter(({ severity }) => severity === 'risk');
  if (risks.length === 0 || acceptRisks) return undefined;
  return refuse(
    'RiskNotAccepted',
    `Somebody has to accept by name: ${risks.map(({ message }) => message).join('; ')}.`,
  );
}

/**
 * Why a migration would not move its days so; undefined where it would. One of several moves that were previewed against the same
 * version is taken, whichever comes first; the others are refused.
 */
export function judgeRedate(state: MigrationState, redate: Redate, atMs: number): Rejection | undefined {
  if (state.status !== 'running') return closed(state);
  const version = redateVersion(state);
  if (redate.version !== version) {
    const since = `Since version ${redate.version} a day has moved, or something has been done or sent`;
    return refuse('PreviewOutdated', `${since}. Look at the move again, and send it with the version of then.`, [
      version,
    ]);
  }
  return judgeMoves(state, redate.moves, atMs, redate) ?? judgePlan(state, redate);
}
