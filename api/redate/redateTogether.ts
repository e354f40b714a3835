/** Moving the days of all practices on one instance together: all are looked at first, and none moves unless all can. */
import { refuse } from '../../rules/migration/refuse.js';
import type { RedateAnswer } from '../../workflows/migration/messages.js';
import type { Outcome } from '../migrations.js';
import {
  asideOf,
  inOrder,
  isAlone,
  lookAtAll,
  membersOf,
  type InstanceAnswer,
  type InstanceRow,
  type Looked,
  type Member,
  type Members,
} from './instance.js';
import { redate, type RedateCommand, type RedateDependencies } from './redate.js';
import { versionOf, versionsIn } from './versions.js';

/** What is moved: a practice with all on its instance, or it alone. */
type TogetherCommand = RedateCommand & { onlyThis: boolean; version: string };

/** A refusal that says whose it is. */
const withName = <Answer>(outcome: Outcome<Answer>, { name, odsCode }: Member): Outcome<Answer> =>
  outcome.kind === 'rejected'
    ? { ...outcome, rejection: { ...outcome.rejection, message: `${name} (${odsCode}): ${outcome.rejection.message}` } }
    : outcome;

/** Why the days of all cannot move. */
function obstacleOf(looked: readonly Looked[], acceptRisks: boolean): Outcome<never> | undefined {
  const found = looked.find(
    ({ rejection, needsAcceptance }) => rejection !== undefined || (needsAcceptance && !acceptRisks),
  );
  if (found === undefined) return undefined;
  const { rejection, row, member } = found;
  return withName(
    { kind: 'rejected', rejection: rejection ?? refuse('RiskNotAccepted', `${row.detail ?? ''}.`) },
    member,
  );
}

/** One practice of several: an id of its own, made from the one of the whole. */
const moveOne = (
  deps: RedateDependencies,
  { odsCode, target }: Member,
  { own, command }: { own: Member; command: TogetherCommand },
): Promise<Outcome<RedateAnswer>> => {
  const { onlyThis: _, ...said } = command;
  const version = versionsIn(command.version).get(odsCode) ?? '';
  const updateId = odsCode === own.odsCode ? said.updateId : `${said.updateId}-${odsCode}`;
  return redate(deps, { ...said, target, version, updateId });
};

const failed = (outcome: Exclude<Outcome<RedateAnswer>, { kind: 'answered' }>): string =>
  outcome.kind === 'rejected' ? outcome.rejection.message : outcome.detail;

const standing = ({ planning: { state } }: Member): RedateAnswer => ({
  migrationId: state.migrationId,
  dateVersion: state.plan.dateVersion,
  anchors: state.plan.anchors,
});

/**
 * Moves a practice and every other on its instance, or it alone. None is moved where one has changed since the preview, or cannot
 * move. What fails in the middle is reported; a repeat, under the same id or of the same days, moves the rest.
 *
 * @throws what `replan` throws
 */
export async function redateTogether(
  deps: RedateDependencies,
  command: TogetherCommand,
): Promise<Outcome<RedateAnswer & InstanceAnswer>> {
  const found = await membersOf(deps, command.target);
  if (found.kind !== 'answered') return found;
  const members = found.answer;
  if (isAlone(members, command.onlyThis)) {
    const outcome = await redate(deps, command);
    return outcome.kind === 'answered' ? { ...outcome, answer: { ...outcome.answer, ...asideOf(members) } } : outcome;
  }
  return moveAll(deps, members, command);
}

const outdated: Outcome<never> = {
  kind: 'rejected',
  rejection: refuse(
    'PreviewOutdated',
    'Other practices run on the instance than were looked at, or this one alone was. Look at the move again.',
  ),
};

interface Moving {
  members: Members;
  command: TogetherCommand;
  looked: readonly Looked[];
  /** By ODS code: what has been answered to those that have moved. */
  answers: Map<string, RedateAnswer>;
}

/**
 * Has answered those that have changed since the preview. They were moved under this very id and answer as they did then; else they
 * refuse, before anything is moved.
 */
async function answerChanged(deps: RedateDependencies, moving: Moving): Promise<Outcome<never> | undefined> {
  const { members, command, looked, answers } = moving;
  const versions = versionsIn(command.version);
  if (versions.size !== looked.length || looked.some(({ member }) => !versions.has(member.odsCode))) return outdated;
  const changed = looked.filter(({ member }) => versions.get(member.odsCode) !== versionOf(member));
  if (changed.length === 0) return obstacleOf(looked, command.acceptRisks ?? false);
  for (const { member } of changed) {
    const outcome = await moveOne(deps, member, { own: members.own, command });
    if (outcome.kind !== 'answered') return withName(outcome, member);
    answers.set(member.odsCode, outcome.answer);
  }
  return undefined;
}

/** Moves those that have not moved yet, the practice itself first: where it does not move, none does. */
async function moveRest(deps: RedateDependencies, moving: Moving): Promise<Outcome<InstanceRow[]>> {
  const { members, command, looked, answers } = moving;
  const rows: InstanceRow[] = [];
  for (const { member, unmoved } of looked) {
    const { odsCode, name } = member;
    const isToMove = !answers.has(odsCode) && unmoved === undefined;
    const outcome = isToMove ? await moveOne(deps, member, { own: members.own, command }) : undefined;
    if (outcome?.kind === 'answered') answers.set(odsCode, outcome.answer);
    else if (outcome !== undefined && member === members.own) return outcome;
    const state = outcome === undefined && !answers.has(odsCode) ? 'stays' : 'moved';
    const isFailed = outcome !== undefined && outcome.kind !== 'answered';
    rows.push(isFailed ? { odsCode, name, state: 'failed', detail: failed(outcome) } : { odsCode, name, state });
  }
  return { kind: 'answered', answer: rows };
}

async function moveAll(
  deps: RedateDependencies,
  members: Members,
  command: TogetherCommand,
): Promise<Outcome<RedateAnswer & InstanceAnswer>> {
  const { own, id = '', aside } = members;
  const looked = await lookAtAll(deps, members, command.where);
  const moving: Moving = { members, command, looked, answers: new Map() };
  const refused = await answerChanged(deps, moving);
  if (refused !== undefined) return refused;
  const moved = await moveRest(deps, moving);
  if (moved.kind !== 'answered') return moved;
  const practices = inOrder([...moved.answer.filter(({ odsCode }) => odsCode !== own.odsCode), ...aside]);
  const answer = moving.answers.get(own.odsCode) ?? standing(own);
  return { kind: 'answered', answer: { ...answer, instance: { id, practices } } };
}
