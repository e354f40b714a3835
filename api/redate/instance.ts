/** The practices on one instance of a supplier's system, as a move of their days finds them. */
import type { Rejection } from '../../rules/migration/events.js';
import type { InstancePractice } from '../../rules/plan/types.js';
import { plural } from '../../rules/text/plural.js';
import type { PlanningAnswer } from '../../workflows/migration/messages.js';
import type { Migrations, MigrationTarget, Outcome } from '../migrations.js';
import { draftOf, type RedateDependencies, type Where } from './redate.js';

/**
 * moves: it would move. stays: it has these days. left: it is left where it is. notRunning: it has no migration running. elsewhere:
 * its order does not say that it is on the instance. refused: it cannot move so. moved, failed: what came of a commit.
 */
export const instanceStates = [
  'moves',
  'stays',
  'left',
  'notRunning',
  'elsewhere',
  'refused',
  'moved',
  'failed',
] as const;

/** One practice, as it is shown. */
export interface InstanceRow extends InstancePractice {
  state: (typeof instanceStates)[number];
  /** One line: what would happen, or why not. */
  detail?: string;
}

export interface InstanceAnswer {
  /** What the practices and the supplier call it. */
  instance?: { id: string; practices: InstanceRow[] };
}

/** A practice with a migration that runs on the instance. */
export interface Member extends InstancePractice {
  target: MigrationTarget;
  planning: PlanningAnswer;
}

/** The practice that is asked for first, those that run beside it, and those that do not take part. */
export interface Members {
  /** Absent where the practice has its system to itself, or is rehearsed. */
  id?: string;
  own: Member;
  others: Member[];
  aside: InstanceRow[];
}

const rowOf = ({ odsCode, name }: InstancePractice, state: InstanceRow['state'], detail?: string): InstanceRow => ({
  odsCode,
  name,
  state,
  ...(detail !== undefined && { detail }),
});

/** What is needed to find them. */
interface Looking {
  migrations: Pick<Migrations, 'planning'>;
}

async function lookFor(
  { migrations }: Looking,
  practice: InstancePractice,
  id: string,
): Promise<Outcome<Member | InstanceRow>> {
  const target = { odsCode: practice.odsCode };
  const planning = await migrations.planning(target);
  if (planning.kind === 'absent') return { kind: 'answered', answer: rowOf(practice, 'notRunning') };
  if (planning.kind !== 'answered') return planning;
  const { state } = planning.answer;
  if (state.status !== 'running') return { kind: 'answered', answer: rowOf(practice, 'notRunning') };
  const isOnIt = state.plan.sharedInstance?.id === id;
  const detail = `its order does not say that it is on ${id}`;
  return {
    kind: 'answered',
    answer: isOnIt ? { ...practice, target, planning: planning.answer } : rowOf(practice, 'elsewhere', detail),
  };
}

/** Asks every migration of the instance that a migration is on. */
export async function membersOf(deps: Looking, target: MigrationTarget): Promise<Outcome<Members>> {
  const planning = await deps.migrations.planning(target);
  if (planning.kind !== 'answered') return planning;
  const { plan, rehearsal, directory } = planning.answer.state;
  const { odsCode, name } = directory.practice;
  const members: Members = { own: { odsCode, name, target, planning: planning.answer }, others: [], aside: [] };
  if (plan.sharedInstance === undefined || rehearsal) return { kind: 'answered', answer: members };
  const { id, others } = plan.sharedInstance;
  for (const found of await Promise.all(others.map((practice) => lookFor(deps, practice, id)))) {
    if (found.kind !== 'answered') return found;
    if ('planning' in found.answer) members.others.push(found.answer);
    else members.aside.push(found.answer);
  }
  return { kind: 'answered', answer: { ...members, id } };
}

/** What a move would do to one practice. */
export interface Looked {
  member: Member;
  row: InstanceRow;
  /** Set where it cannot move so. */
  rejection?: Rejection;
  /** Set where it need not move. */
  unmoved?: Rejection;
  needsAcceptance: boolean;
}

const sayingOf = (problems: readonly { severity: string; message: string }[], severity: string): string =>
  problems.flatMap((each) => (each.severity === severity ? [each.message] : [])).join('; ');

/** @throws what `replan` throws */
export async function lookAt({ replan }: RedateDependencies, member: Member, where: Where): Promise<Looked> {
  const drafted = await draftOf(member.planning, where, replan);
  if (drafted.kind === 'rejected') {
    const { rejection } = drafted;
    if (rejection.type === 'NothingMoves')
      return { member, row: rowOf(member, 'stays'), unmoved: rejection, needsAcceptance: false };
    return { member, row: rowOf(member, 'refused', rejection.message), rejection, needsAcceptance: false };
  }
  const { refused, needsAcceptance, problems, moves, servedAgain, doneAgain } = drafted.draft.preview;
  const named = { member, needsAcceptance };
  if (refused) {
    const message = `These days cannot be: ${sayingOf(problems.all, 'error')}.`;
    const rejection: Rejection = { type: 'PlanRefused', message, choices: [] };
    return { ...named, row: rowOf(member, 'refused', message), rejection };
  }
  const again = servedAgain.length + doneAgain.length;
  const risks = needsAcceptance ? `; somebody has to accept: ${sayingOf(problems.all, 'risk')}` : '';
  const detail = `${plural(moves.length, 'milestone')} would move, ${again} would be done again${risks}`;
  return { ...named, row: rowOf(member, 'moves', detail) };
}

export const isAlone = ({ id, others }: Members, onlyThis: boolean): boolean =>
  id === undefined || onlyThis || others.length === 0;

export const inOrder = (rows: readonly InstanceRow[]): InstanceRow[] =>
  rows.toSorted((a, b) => a.odsCode.localeCompare(b.odsCode));

/** Who is left where they are, for the warning that their days no longer agree. */
export function asideOf({ id, others, aside }: Members): InstanceAnswer {
  if (id === undefined) return {};
  const left = others.map(({ odsCode, name }): InstanceRow => ({ odsCode, name, state: 'left' }));
  return { instance: { id, practices: inOrder([...left, ...aside]) } };
}

export const lookAtAll = (deps: RedateDependencies, { own, others }: Members, where: Where): Promise<Looked[]> =>
  Promise.all([own, ...others].map((member) => lookAt(deps, member, where)));
