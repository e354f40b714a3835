import { dayNumber, type Day } from '../calendar/day.js';
import type { AnchorName } from '../order/anchorNames.js';
import { dateLadder, type LadderDays } from './ladders.js';
import type { MilestoneDraft, Planning } from './planning.js';
import type { PlannedMilestone, Problem, Step } from './types.js';
import { applyStepsWithin, calendarFor } from './workingTime.js';

export interface DatedMilestone {
  milestone: PlannedMilestone;
  problems: readonly Problem[];
}

/** Counts the days of a milestone. Undated where its anchor is absent. */
export function dateMilestone(draft: MilestoneDraft, planning: Planning): DatedMilestone {
  const { milestone } = draft;
  const start = draft.countedFrom ?? planning.anchors[milestone.anchor].on;
  const dueOn = dayOf(start, milestone.steps, planning);
  const opensOn =
    milestone.opens && dayOf(planning.anchors[milestone.opens.anchor].on, milestone.opens.steps, planning);
  const days = ladderDays(draft, planning, { dueOn, opensOn });
  const { rungs, dropped } = dateLadder(draft.ladder, days, planning.workingTime);
  // Node 20 is slow to add to an object that starts as a copy: what is new comes before what is copied.
  const dated: PlannedMilestone = {
    provisional: dueOn !== undefined && planning.anchors[milestone.anchor].status === 'provisional',
    ladder: rungs,
    ...milestone,
  };
  if (opensOn !== undefined) dated.opensOn = opensOn;
  if (dueOn !== undefined) dated.dueOn = dueOn;
  return { milestone: dated, problems: problemsOf(dated, start, dropped, planning) };
}

/** @param start the day from which it is counted */
function problemsOf(
  dated: PlannedMilestone,
  start: Day | undefined,
  dropped: string[],
  planning: Planning,
): readonly Problem[] {
  const { from, horizon } = planning.workingTime;
  // An anchor that is itself outside the calendar is an error of its own, which says it all.
  const isKnown = start !== undefined && start >= from && start <= horizon;
  const problems: Problem[] = [];
  if (isKnown && dated.dueOn === undefined) problems.push(outsideCalendar(dated, planning));
  if (isKnown && dropped.length > 0) problems.push(droppedRungs(dated, dropped, planning));
  if (isEmptyWindow(dated, planning)) problems.push(emptyWindow(dated));
  return problems;
}

/** The ladder of a period is counted from its first day: that is when people need to know. */
function ladderDays(
  { milestone }: MilestoneDraft,
  { anchors }: Planning,
  { dueOn, opensOn }: Pick<LadderDays, 'dueOn' | 'opensOn'>,
): LadderDays {
  return { from: milestone.kind === 'period' ? opensOn : dueOn, dueOn, opensOn, goLiveOn: anchors.goLive.on };
}

function dayOf(start: Day | undefined, steps: readonly Step[], { workingTime }: Planning): Day | undefined {
  return start === undefined ? undefined : applyStepsWithin(start, steps, workingTime);
}

export const anchorPath = (anchor: AnchorName): (string | number)[] =>
  anchor === 'order' ? ['orderedOn'] : ['anchors', anchor, 'on'];

function outsideCalendar({ id, title, anchor }: PlannedMilestone, { workingTime }: Planning): Problem {
  const { from, horizon } = workingTime;
  return {
    severity: 'error',
    code: 'outside-calendar',
    message: `"${title}" falls outside ${from} to ${horizon}, the days whose bank holidays are known; move the date it is counted from, or use a calendar that reaches further`,
    path: anchorPath(anchor),
    milestoneId: id,
  };
}

function droppedRungs({ id, title, anchor }: PlannedMilestone, dropped: string[], { workingTime }: Planning): Problem {
  return {
    severity: 'warning',
    code: 'reminder-outside-calendar',
    message: `"${title}": ${dropped.join(', ')} would go out outside ${workingTime.from} to ${workingTime.horizon}, the days whose bank holidays are known, and will not`,
    path: anchorPath(anchor),
    milestoneId: id,
  };
}

/** No day of it is worked by its holder. In a period nothing has to be done. */
function isEmptyWindow({ kind, opensOn, dueOn, holder }: PlannedMilestone, { workingTime }: Planning): boolean {
  if (opensOn === undefined || dueOn === undefined) return false;
  if (kind === 'period') return dueOn < opensOn;
  const { numbers } = calendarFor(workingTime, holder);
  const last = dayNumber(dueOn);
  for (let day = dayNumber(opensOn); day <= last; day += 1) if (numbers.isWorked(day)) return false;
  return true;
}

/** A window without a working day, or a window or period without a day, is named, never moved (rules.md, E.5). */
function emptyWindow({ id, title, opensOn, dueOn, anchor }: PlannedMilestone): Problem {
  const isBackwards = opensOn !== undefined && dueOn !== undefined && dueOn < opensOn;
  const message = isBackwards
    ? `"${title}" would end on ${dueOn}, before it begins on ${opensOn}: there is no time left for it; move the dates that it lies between`
    : `"${title}": no day from ${opensOn} to ${dueOn} is worked; agree with those who do it that they work then, or move the date it is counted from`;
  return {
    severity: 'warning',
    code: 'window-without-working-day',
    message,
    path: anchorPath(anchor),
    milestoneId: id,
  };
}
