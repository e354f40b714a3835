/** What has to be started in time: the open milestones that give notice, or ask for something that takes its time. */
import type { Day } from '../calendar/day.js';
import { anchorNames, type AnchorName } from '../order/anchorNames.js';
import type { Order } from '../order/schema.js';
import type { RuleSet } from '../ruleset/schema.js';
import type { PlannedMilestone, Step, WorkingTime } from './types.js';

/** What feasibility is judged from. */
export interface Judged {
  order: Order;
  ruleSet: Pick<RuleSet, 'usualDurations'>;
  milestones: readonly PlannedMilestone[];
  workingTime: WorkingTime;
  /** The day from which "already passed" is judged. */
  asOf: Day;
}

/** A way from an anchor back to a latest start; the anchor has to lie so that it ends on `startedOn` or later. */
export interface Constraint {
  anchor: AnchorName;
  steps: readonly Step[];
  milestone: PlannedMilestone;
  /** The day from which it is judged, because it can be started on it; or, for notice that is given, the day on which it was. */
  startedOn: Day;
  isGiven: boolean;
}

/** Hops by which the notice of an extract is given; what comes after is the supplier's to keep, and chased. */
const noticeHops: readonly string[] = ['asked', 'formAtPractice', 'formReturned', 'formReceived'];

const authorisationId = 'authorise-extracts';

/**
 * The latest starts that are still to come: the practice's authorisation, of each handshake its first open hop until the notice
 * is given, every notice, and every request, as that of a reconciliation. Other tasks are not: their day is a reminder.
 *
 * Those of an anchor that has already happened are no longer of use; the order's own day cannot be moved.
 *
 * @param settled as `settledIds` gives it
 */
export function latestStarts(
  { milestones }: Pick<Judged, 'milestones'>,
  settled: ReadonlySet<string>,
): PlannedMilestone[] {
  const toCome = new Set(anchorNames.filter((name) => name !== 'order' && !settled.has(`anchor.${name}`)));
  const starts: Record<'authorisation' | 'hops' | 'notices' | 'requests', PlannedMilestone[]> = {
    authorisation: [],
    hops: [],
    notices: [],
    requests: [],
  };
  for (const milestone of milestones) {
    const { id, kind, hop, anchor, steps } = milestone;
    if (steps.length === 0 || !toCome.has(anchor) || settled.has(id)) continue;
    if (id === authorisationId) starts.authorisation.push(milestone);
    if (hop !== undefined) starts.hops.push(milestone);
    if (kind === 'notice') starts.notices.push(milestone);
    if (isRequest(milestone)) starts.requests.push(milestone);
  }
  return [...starts.authorisation, ...firstHops(starts.hops), ...starts.notices, ...starts.requests];
}

/** Of each handshake the first open hop, where its notice is still to be given. @param open the hops that are open */
function firstHops(open: readonly PlannedMilestone[]): PlannedMilestone[] {
  const openIds = new Set(open.map(({ id }) => id));
  return open.filter(
    ({ hop, waitsFor }) =>
      hop !== undefined && noticeHops.includes(hop.name) && !waitsFor.some((id) => openIds.has(id)),
  );
}

/** A request outside the handshakes. Of a reconciliation what blocks Go Live is its end; what is left is the request. */
function isRequest({ kind, hop, restsOn, blocks, opens }: PlannedMilestone): boolean {
  if (hop !== undefined || kind === 'notice') return false;
  const startsReconciliation = restsOn === 'reconciliation' && blocks === undefined && opens === undefined;
  return kind === 'request' || startsReconciliation;
}

/**
 * Each latest start as a way from its anchor, and all notice that has been given: it runs from its own day, not from before.
 *
 * The authorisation comes before the first request of all, and which one that is changes when one anchor moves and another does
 * not; so it has a way by each open request.
 */
export function constraintsOf(judged: Judged, settled: ReadonlySet<string>): Constraint[] {
  const starts = latestStarts(judged, settled);
  const asked = starts.filter(({ hop }) => hop?.name === 'asked');
  const open = starts.flatMap((milestone): Pick<Constraint, 'anchor' | 'steps' | 'milestone'>[] => {
    const { id, anchor, steps } = milestone;
    if (id !== authorisationId) return [{ anchor, steps, milestone }];
    const last = steps.at(-1);
    const handOver = last?.calendarOf === 'practice' && last.part === undefined ? [last] : [];
    return [
      { anchor, steps, milestone },
      ...asked.map((each) => ({ anchor: each.anchor, steps: [...each.steps, ...handOver], milestone })),
    ];
  });
  return [...open.map((way) => ({ ...way, startedOn: judged.asOf, isGiven: false })), ...noticeGiven(judged, settled)];
}

function noticeGiven({ order, milestones }: Judged, settled: ReadonlySet<string>): Constraint[] {
  const doneOn = new Map(order.alreadyDone.map(({ milestone, on }) => [milestone, on]));
  if (doneOn.size === 0) return [];
  return milestones.flatMap((milestone): Constraint[] => {
    const { id, anchor, steps, hop, kind } = milestone;
    const isNotice = hop?.name === 'formReceived' || kind === 'notice' || isRequest(milestone);
    if (!isNotice || steps.length === 0 || !settled.has(id) || settled.has(`anchor.${anchor}`)) return [];
    const startedOn = doneOn.get(id) ?? formDay(hop?.handshakeId, doneOn);
    return startedOn === undefined ? [] : [{ anchor, steps, milestone, startedOn, isGiven: true }];
  });
}

/** Where only a later hop is listed, the supplier had the form by then. */
function formDay(handshakeId: string | undefined, doneOn: ReadonlyMap<string, Day>): Day | undefined {
  return ['scheduled', 'delivered', 'received']
    .flatMap((hop) => doneOn.get(`${handshakeId}.${hop}`) ?? [])
    .toSorted((a, b) => a.localeCompare(b))[0];
}
