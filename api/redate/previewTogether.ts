/** What a move of days would do to all practices on one instance, or to one of them alone. */
import type { RedatePreview } from '../../rules/migration/redate/preview.js';
import type { Rejection } from '../../rules/migration/events.js';
import type { MigrationTarget, Outcome } from '../migrations.js';
import {
  asideOf,
  inOrder,
  isAlone,
  lookAtAll,
  membersOf,
  type InstanceAnswer,
  type Looked,
  type Members,
} from './instance.js';
import { draftOf, type RedateDependencies, type Where } from './redate.js';
import { versionsText } from './versions.js';

interface TogetherLook {
  target: MigrationTarget;
  where: Where;
  onlyThis: boolean;
}

/** Every practice has these days. */
const nothingMoves = (looked: readonly Looked[]): Rejection | undefined =>
  looked.every(({ unmoved }) => unmoved !== undefined) ? looked[0]?.unmoved : undefined;

/** What it would do to the practice alone. */
async function previewAlone(deps: RedateDependencies, members: Members, where: Where) {
  const drafted = await draftOf(members.own.planning, where, deps.replan);
  if (drafted.kind === 'rejected') return drafted;
  return { kind: 'answered' as const, answer: { ...drafted.draft.preview, ...asideOf(members) } };
}

/** What it would do to the practice, and beside it to every other on its instance. @throws what `replan` throws */
export async function previewTogether(
  deps: RedateDependencies,
  command: TogetherLook,
): Promise<Outcome<RedatePreview & InstanceAnswer>> {
  const found = await membersOf(deps, command.target);
  if (found.kind !== 'answered') return found;
  const members = found.answer;
  const { own, others, aside, id = '' } = members;
  if (isAlone(members, command.onlyThis)) return previewAlone(deps, members, command.where);
  const looked = await lookAtAll(deps, members, command.where);
  const nothing = nothingMoves(looked);
  if (nothing !== undefined) return { kind: 'rejected', rejection: nothing };
  const drafted = await draftOf(own.planning, command.where, deps.replan, true);
  if (drafted.kind === 'rejected') return drafted;
  const answer = {
    ...drafted.draft.preview,
    version: versionsText([own, ...others]),
    refused: looked.some(({ rejection }) => rejection !== undefined),
    needsAcceptance: looked.some(({ needsAcceptance }) => needsAcceptance),
    instance: { id, practices: inOrder([...looked.slice(1).map(({ row }) => row), ...aside]) },
  };
  return { kind: 'answered', answer };
}
