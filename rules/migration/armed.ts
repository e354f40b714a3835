/**
 * Whether everything that a migration still has to say will be said: by whom each future rung is read, as what, and when.
 *
 * Armed means that every rung of every open milestone has a reader with an address, becomes a message, and goes out at its
 * instant if nobody does anything; or waits for something that is named.
 */
import type { Day } from '../calendar/day.js';
import { anchorTitles } from '../order/anchorNames.js';
import type { PlannedMilestone, Rung } from '../plan/types.js';
import type { Audience } from '../ruleset/ladderSchema.js';
import {
  bounceFindings,
  courseFindings,
  deadAddressFindings,
  horizonFindings,
  readerFindings,
} from './armedFindings.js';
import { readerOf, type Reader } from './armedReader.js';
import { composeMessages } from './compose.js';
import { unfired } from './due.js';
import { heldUpBy, isOpen, milestoneState, todayOf } from './lookup.js';
import type { MessageKind, OutboundMessage } from './messages.js';
import type { MigrationState } from './state.js';
import { inWorkingHours, nextSendingInstant } from './workingHours.js';

/**
 * at: at its instant. soon: it is due, and leaves with the next mail in working hours. afterStep: as soon as an earlier step is
 * done. afterDate: as soon as the date that it names is confirmed. rests: an operator has taken the slip on.
 */
export type GoesOut = 'at' | 'soon' | 'afterStep' | 'afterDate' | 'rests';

/** A rung that has not gone out, of a milestone that is open. */
export interface ArmedRung {
  milestoneId: string;
  title: string;
  rungId: string;
  type: Rung['type'];
  /** Whom the ladder means. */
  to: Audience;
  goesOut: GoesOut;
  /** The day for which it is planned; absent for one that goes out as soon as it can. */
  on?: Day;
  /** The instant for which it is planned, or at which it leaves at the earliest; absent where it waits. */
  atMs?: number;
  /** What it waits for, in words. */
  waitsFor?: string;
  kind: MessageKind;
  reader: Reader;
}

/** What keeps a rung from being heard, or who hears it in somebody's place. `note`: it is heard all the same. */
export interface ArmedFinding {
  severity: 'failed' | 'note';
  what: string;
  /** What to do about it. */
  fix: string;
  milestoneId?: string;
}

export interface Armed {
  /** By instant; those that wait last. */
  rungs: ArmedRung[];
  findings: ArmedFinding[];
  /** One message for each rung, as it would be composed now, in the same order. */
  messages: OutboundMessage[];
}

interface Unsent {
  milestone: PlannedMilestone;
  rung: Rung;
}

/** A period is silent once its last day has passed; nobody is told of it later. */
const isAfterPeriod = ({ kind, dueOn }: PlannedMilestone, day: Day): boolean =>
  kind === 'period' && dueOn !== undefined && day > dueOn;

function unsentRungs(state: MigrationState, today: Day): Unsent[] {
  if (state.status !== 'running' || state.hold !== undefined) return [];
  return state.plan.milestones
    .filter((milestone) => isOpen(state, milestone.id) && !isAfterPeriod(milestone, today))
    .flatMap((milestone) => {
      const { rungs } = milestoneState(state, milestone.id);
      const open = milestone.ladder.filter(
        ({ id, on }) => rungs[id] === undefined && !isAfterPeriod(milestone, on ?? ''),
      );
      return open.map((rung) => ({ milestone, rung }));
    });
}

type Course = Pick<ArmedRung, 'goesOut' | 'atMs' | 'waitsFor'>;

/** Why a rung that has an instant, or is due, may not go out as things stand. */
function holdUp(state: MigrationState, { milestone, rung }: Unsent): Course {
  const { slipAcknowledged } = milestoneState(state, milestone.id);
  const { anchor, needsConfirmedDate } = milestone;
  if (rung.type === 'deliver' && needsConfirmedDate && state.plan.anchors[anchor].status !== 'confirmed')
    return { goesOut: 'afterDate', waitsFor: `the confirmation of the ${anchorTitles[anchor]}` };
  if (slipAcknowledged !== undefined && rung.type !== 'deliver')
    return { goesOut: 'rests', waitsFor: `${slipAcknowledged.by}, who has taken it on` };
  return { goesOut: 'afterStep', waitsFor: heldUpBy(state, milestone).title };
}

/** @param open what may go out as things stand */
function courseOf(state: MigrationState, unsent: Unsent, open: readonly Rung[], nowMs: number): Course {
  const { rung } = unsent;
  if (!open.includes(rung)) return holdUp(state, unsent);
  if (rung.atMs !== undefined && rung.atMs > nowMs) return { goesOut: 'at', atMs: rung.atMs };
  const isNow = rung.type === 'deliver' || inWorkingHours(state, nowMs);
  return { goesOut: 'soon', atMs: isNow ? nowMs : nextSendingInstant(state, nowMs) };
}

/** As it would be composed on its day, or today where that has passed. */
function composed(state: MigrationState, unsent: Unsent, today: Day): OutboundMessage | undefined {
  const { on = today } = unsent.rung;
  return composeMessages(state, [unsent], [], on > today ? on : today)[0];
}

const LAST = Number.MAX_SAFE_INTEGER;

const byInstant = (a: Listed, b: Listed): number => (a.rung.atMs ?? LAST) - (b.rung.atMs ?? LAST);

interface Listed {
  rung: ArmedRung;
  message: OutboundMessage;
}

function listed(state: MigrationState, nowMs: number): { all: Listed[]; mute: ArmedFinding[] } {
  const today = todayOf(state, nowMs);
  const mute: ArmedFinding[] = [];
  const all = unsentRungs(state, today).flatMap((unsent): Listed[] => {
    const { milestone, rung } = unsent;
    const message = composed(state, unsent, today);
    if (message === undefined) {
      mute.push(becomesNothing(unsent));
      return [];
    }
    const { id: rungId, type, to, on } = rung;
    const known = { milestoneId: milestone.id, title: milestone.title, rungId, type, to, ...(on && { on }) };
    const { kind } = message;
    const reader = readerOf(state.directory, unsent, message);
    return [
      {
        rung: { ...known, ...courseOf(state, unsent, unfired(state, milestone, nowMs), nowMs), kind, reader },
        message,
      },
    ];
  });
  return { all: all.toSorted(byInstant), mute };
}

const becomesNothing = ({ milestone, rung }: Unsent): ArmedFinding => ({
  severity: 'failed',
  what: `"${rung.id}" of "${milestone.title}" becomes no message.`,
  fix: 'This is a fault of leadtime: report it with the id of the migration.',
  milestoneId: milestone.id,
});

/** What a running migration still has to say, and what stands in the way. @param nowMs the migration's own now */
export function armedOf(state: MigrationState, nowMs: number): Armed {
  const { all, mute } = listed(state, nowMs);
  const rungs = all.map(({ rung }) => rung);
  return {
    rungs,
    findings: [
      ...mute,
      ...courseFindings(state, rungs, nowMs),
      ...horizonFindings(state),
      ...readerFindings(state.directory, rungs),
      ...deadAddressFindings(state),
      ...bounceFindings(state, rungs),
    ],
    messages: all.map(({ message }) => message),
  };
}
