/** The hops that a rejected extract opens, counted forwards. Used inside workflows: recorded data alone. */
import type { Day } from '../calendar/day.js';
import type { Directory } from '../migration/state.js';
import type { HopName } from '../ruleset/schema.js';
import { ladderForHop } from './audience.js';
import { bookingWay, dayBeforeExtract } from './booking.js';
import { dateLadder } from './ladders.js';
import type { HandshakePart, Plan, PlannedMilestone, Step } from './types.js';
import { applyStepsWithin } from './workingTime.js';

/** The periods that pass from the day on which the iteration opens to each hop. */
const partsBefore: Record<HopName, readonly HandshakePart[]> = {
  asked: [],
  formAtPractice: ['sendsForm'],
  formReturned: ['sendsForm', 'returnsForm'],
  formReceived: ['sendsForm', 'returnsForm', 'confirmsForm'],
  scheduled: ['sendsForm', 'returnsForm', 'confirmsForm', 'schedules'],
  delivered: ['sendsForm', 'returnsForm', 'confirmsForm', 'notice'],
  received: ['sendsForm', 'returnsForm', 'confirmsForm', 'notice'],
};

/**
 * The hops of the next iteration of a handshake: asked on `fromDay`, and each later hop after the same periods as in the
 * first iteration, rolled to after, so that nobody has less time than agreed.
 *
 * The anchor stays the handshake's, but the steps count from `fromDay`, and say so.
 *
 * @returns no hops where the plan has no such handshake
 */
export function planNextIteration(
  plan: Plan,
  directory: Directory,
  handshakeId: string,
  iteration: number,
  fromDay: Day,
): PlannedMilestone[] {
  const first = firstIteration(plan, handshakeId);
  const periods = new Map(first.flatMap((hop) => hop.steps).map((step) => [step.part, step]));
  const nextId = `${stem(handshakeId)}.${iteration}`;
  return first.map((hop, index) => {
    const before = first[index - 1]?.hop?.name;
    const waitsFor = before === undefined ? [] : [`${nextId}.${before}`];
    return reopened({ hop, plan, directory, periods, nextId, iteration, fromDay, waitsFor });
  });
}

const stem = (handshakeId: string): string => handshakeId.replace(/\.\d+$/, '');

function firstIteration({ milestones }: Plan, handshakeId: string): PlannedMilestone[] {
  return milestones.filter(({ hop }) => hop?.handshakeId === `${stem(handshakeId)}.1`);
}

interface Reopening {
  hop: PlannedMilestone;
  plan: Plan;
  directory: Directory;
  periods: ReadonlyMap<HandshakePart | undefined, Step>;
  nextId: string;
  iteration: number;
  fromDay: Day;
  waitsFor: string[];
}

function reopened(reopening: Reopening): PlannedMilestone {
  const { hop, plan, directory, nextId, iteration, fromDay, waitsFor } = reopening;
  // What is asked for again is asked for this practice alone.
  const { hop: was, dueOn: _dueOn, ladder: _ladder, heardFrom: _heardFrom, asksFor: _asksFor, ...rest } = hop;
  if (was === undefined) return hop;
  const steps = forwardSteps(reopening, was.name);
  const dueOn = applyStepsWithin(fromDay, steps, plan.workingTime);
  const party = directory.parties.find(({ id }) => id === hop.partyId);
  const ladders = plan.hopLaddersOf?.[hop.partyId ?? ''] ?? plan.hopLadders;
  const ladder = ladderForHop(ladders[was.name] ?? [], was.name, directory, party);
  return {
    ...rest,
    id: `${nextId}.${was.name}`,
    title: `${hop.title}, iteration ${iteration}`,
    hop: { ...was, iteration, handshakeId: nextId },
    steps,
    ...(dueOn !== undefined && { dueOn }),
    waitsFor,
    ladder: dateLadder(ladder, { from: dueOn, dueOn, goLiveOn: plan.anchors.goLive.on }, plan.workingTime).rungs,
  };
}

/** Asked: on the day itself, or the next that is worked. */
function forwardSteps({ hop, periods, fromDay, plan }: Reopening, name: HopName): Step[] {
  const steps = [opening(fromDay), ...partsBefore[name].flatMap((part) => forward(periods, part))];
  return name === 'scheduled' ? bookingSteps(steps, { hop, periods, fromDay, plan }) : steps;
}

function opening(fromDay: Day): Step {
  return {
    amount: 0,
    unit: 'days',
    calendarOf: 'everyone',
    roll: 'after',
    why: `counted from ${fromDay}, the day on which the extract was rejected`,
    source: 'the rejection',
    layer: 'order',
    assumed: false,
  };
}

function forward(periods: Reopening['periods'], part: HandshakePart): Step[] {
  const step = periods.get(part);
  return step === undefined ? [] : [{ ...step, amount: Math.abs(step.amount), roll: 'after' }];
}

type Booking = Pick<Reopening, 'hop' | 'periods' | 'fromDay' | 'plan'>;

/** As in the first iteration: by the working day before the extract, however long booking may usually take. */
function bookingSteps(usual: Step[], { hop, periods, fromDay, plan }: Booking): Step[] {
  const formReceived = [opening(fromDay), ...partsBefore.formReceived.flatMap((part) => forward(periods, part))];
  const delivered = [opening(fromDay), ...partsBefore.delivered.flatMap((part) => forward(periods, part))];
  const dayBefore = [...delivered, dayBeforeExtract(hop.partyId ?? 'everyone')];
  const dayOf = (steps: Step[]) => applyStepsWithin(fromDay, steps, plan.workingTime) ?? '';
  // Where the first iteration could not wait for the usual time, it did not record it.
  const isUsualKnown = periods.has('schedules');
  return bookingWay({ usual: isUsualKnown ? usual : delivered, dayBefore, formReceived }, dayOf);
}
