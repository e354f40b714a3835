/** Who hears that a day has moved: the practice, the operator, and every party that was told of the day before. */
import { shownAnchors } from '../page.js';
import type { AnchorName } from '../../order/anchorNames.js';
import { tellMoved } from '../dateMoved.js';
import { withPending, withoutPending } from '../edit.js';
import { milestoneState, plannedMilestone } from '../lookup.js';
import type { MigrationState, PendingNotice } from '../state.js';
import type { PlannedMilestone } from '../../plan/types.js';
import { movedOf, namesADay, toldAnchors } from './again.js';
import { movedAnchors, type AnchorMove } from './redate.js';

type Reader = Pick<PendingNotice, 'audience' | 'partyId'>;

const isParty = (partyId: string, { partyId: of, holder }: PlannedMilestone): boolean =>
  of === partyId || holder === partyId;

/** Something about it has gone to the party, or was given to it by hand. */
function wasTold(state: MigrationState, milestone: PlannedMilestone): boolean {
  const { status, rungs } = milestoneState(state, milestone.id);
  const isGiven = namesADay(milestone) && (status === 'done' || status === 'cleared');
  const isOutside = ({ type, to }: PlannedMilestone['ladder'][number]): boolean =>
    type === 'deliver' || to === 'partyContact';
  return isGiven || milestone.ladder.some((rung) => isOutside(rung) && rungs[rung.id] === 'sent');
}

/** The days that a party was told of, of those that move. */
function toldTo(state: MigrationState, partyId: string, moved: ReadonlySet<AnchorName>): AnchorName[] {
  const told = state.plan.milestones
    .filter((each) => isParty(partyId, each) && movedOf(each, moved) !== undefined && wasTold(state, each))
    .flatMap(toldAnchors);
  return shownAnchors.filter((name) => moved.has(name) && told.includes(name));
}

/** One day to one reader. Whoever has not heard of the last move yet hears of one, or of none where the day has come back. */
function tellAnchor(before: MigrationState, state: MigrationState, anchor: AnchorName, reader: Reader): MigrationState {
  const { audience, partyId } = reader;
  const milestoneId = `anchor.${anchor}`;
  if (plannedMilestone(state, milestoneId) === undefined) return state;
  const isEarlier = (notice: PendingNotice): boolean =>
    notice.kind === 'dateMoved' &&
    notice.milestoneId === milestoneId &&
    notice.audience === audience &&
    notice.partyId === partyId;
  const earlier = state.pending.find(isEarlier);
  const movedFrom = earlier === undefined ? before.plan.anchors[anchor].on : earlier.movedFrom;
  const current = withoutPending(state, isEarlier);
  if (earlier !== undefined && movedFrom === state.plan.anchors[anchor].on) return current;
  const rungId = `moved-v${state.plan.dateVersion}-${partyId ?? audience}`;
  return withPending(current, { kind: 'dateMoved', milestoneId, rungId, ...reader, ...(movedFrom && { movedFrom }) });
}

/** What goes out by itself on its new day needs no word to those who would send it. */
const goesOutAnew = (milestone: PlannedMilestone): boolean => namesADay(milestone) && milestone.holder === 'csu';

/** The days first, then what people have been asked to do. All to one person is one mail. */
export function tellRedated(
  before: MigrationState,
  state: MigrationState,
  moves: readonly AnchorMove[],
): MigrationState {
  const moved = movedAnchors(before.plan.anchors, state.plan.anchors);
  const changed = moves
    .map(({ anchor }) => anchor)
    .filter((name) => before.plan.anchors[name].on !== state.plan.anchors[name].on);
  const readers: { reader: Reader; anchors: AnchorName[] }[] = [
    { reader: { audience: 'practice' }, anchors: changed },
    { reader: { audience: 'operator' }, anchors: changed },
    ...state.directory.parties.map(({ id: partyId }) => ({
      reader: { audience: 'party' as const, partyId },
      anchors: toldTo(before, partyId, moved),
    })),
  ];
  const told = readers.reduce(
    (next, { reader, anchors }) => anchors.reduce((each, anchor) => tellAnchor(before, each, anchor, reader), next),
    state,
  );
  const pairs = before.plan.milestones.flatMap((was) => {
    const is = plannedMilestone(told, was.id);
    return is === undefined || is.kind === 'anchor' || goesOutAnew(is) ? [] : [{ before: was, after: is }];
  });
  return tellMoved(told, pairs);
}
