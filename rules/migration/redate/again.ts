/** What was done for a day that moves, and has to be done again. */
import type { AnchorName } from '../../order/anchorNames.js';
import type { PlannedMilestone } from '../../plan/types.js';
import type { HopName } from '../../ruleset/schema.js';
import { hopsOf, isOpen, milestoneState } from '../lookup.js';
import type { Directory, MigrationState } from '../state.js';

type Milestones = readonly PlannedMilestone[];

/** Mails and forms that name a day. What else people have done stays done. */
export const namesADay = ({ kind }: Pick<PlannedMilestone, 'kind'>): boolean =>
  kind === 'request' || kind === 'notice' || kind === 'contact';

/** The anchors whose days it tells: a third party's notice is counted to the start of cut-over and names Go Live beside it. */
export function toldAnchors({ kind, anchor }: Pick<PlannedMilestone, 'kind' | 'anchor'>): AnchorName[] {
  return kind === 'notice' && anchor === 'finalDataProduction' ? [anchor, 'goLive'] : [anchor];
}

/** The first anchor that it tells of and that moves. */
export const movedOf = (milestone: PlannedMilestone, moved: ReadonlySet<AnchorName>): AnchorName | undefined =>
  toldAnchors(milestone).find((anchor) => moved.has(anchor));

/** Moving a day restarts a party's notice unless the party says otherwise. */
export const restartsNotice = ({ parties }: Directory, partyId: string | undefined): boolean =>
  parties.find(({ id }) => id === partyId)?.noticeRestartsOnMove !== false;

/** The form that the practice completes names the day; so do the booking and what comes of it. */
const afterTheForm: readonly HopName[] = ['formReturned', 'formReceived', 'scheduled', 'delivered', 'received'];
/** The notice of an extract: it begins when the supplier has the form. */
const ofNotice: readonly HopName[] = ['asked', 'formReturned', 'formReceived'];

/** A handshake that a rejected extract has opened again: what came before is over. */
export function isSuperseded(milestones: Milestones, { hop }: PlannedMilestone): boolean {
  if (hop === undefined) return false;
  const stem = hop.handshakeId.replace(/\d+$/, '');
  return milestones.some(({ hop: other }) => other?.handshakeId === `${stem}${hop.iteration + 1}`);
}

/** Whoever has been asked and has not sent the form yet is asked again, for the new day; a form that has come stays. */
function isHopUndone(state: MigrationState, { hop, partyId, heardFrom }: PlannedMilestone): boolean {
  // Another practice's request asked, and asks again where it has to.
  if (hop === undefined || heardFrom !== undefined) return false;
  if (ofNotice.includes(hop.name) && !restartsNotice(state.directory, partyId)) return false;
  if (hop.name !== 'asked') return afterTheForm.includes(hop.name);
  const form = hopsOf(state, hop.handshakeId).find((each) => each.hop?.name === 'formAtPractice');
  return form !== undefined && isOpen(state, form.id);
}

function isUndone(state: MigrationState, milestone: PlannedMilestone, moved: ReadonlySet<AnchorName>): boolean {
  const { kind, anchor, hop, partyId } = milestone;
  const { status } = milestoneState(state, milestone.id);
  if (kind === 'confirmation') return status === 'done' && moved.has(anchor);
  if (status !== 'done' && status !== 'cleared') return false;
  if (!namesADay(milestone) || movedOf(milestone, moved) === undefined) return false;
  return hop === undefined ? restartsNotice(state.directory, partyId) : isHopUndone(state, milestone);
}

/**
 * Settled milestones that the move of anchors undoes: confirmations, notices and contacts that were given, requests that have no
 * answer yet, and of each extract what names its day, from the completed form on. In the order of the plan.
 */
export function undoneBy(state: MigrationState, moved: ReadonlySet<AnchorName>): PlannedMilestone[] {
  const { milestones } = state.plan;
  return milestones.filter((each) => isUndone(state, each, moved) && !isSuperseded(milestones, each));
}
