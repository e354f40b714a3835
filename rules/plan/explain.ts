/** How one date came about, day by day, from the plan and the rule set that it was made with. */
import type { Day } from '../calendar/day.js';
import { explainShift, type ShiftStep } from '../calendar/explainShift.js';
import { anchorOfEvent, type AnchorName, type FollowedEvent } from '../order/anchorNames.js';
import type { Layered, Replaced } from '../ruleset/applyLayer.js';
import { isEffective, rulesOfMilestone, type EffectiveRules } from '../ruleset/effective.js';
import type { RuleSet } from '../ruleset/schema.js';
import { replacedInStep } from './replacedInStep.js';
import type { Plan, PlannedMilestone, Step } from './types.js';
import { calendarFor } from './workingTime.js';

/** One step with the day it starts from, the day it ends on, and every day on the way that was passed over. */
export interface ExplainedStep extends Step {
  from: Day;
  to: Day;
  days: ShiftStep[];
  /** What the number took the place of, the newest first. */
  replaced: Replaced[];
}

/** Something whose day is known only once it has happened. */
export interface FollowedDay {
  event: FollowedEvent;
  /** Until then it is planned on the day of this anchor. */
  plannedOn: AnchorName;
  on?: Day;
  /** What is dated anew once it has happened; the other is counted from a day that does not follow it. */
  dates: ('opensOn' | 'dueOn')[];
}

/** A day that is not worked and stays all the same: days that everything hangs on, ends, and the days of windows and periods. */
export interface DayLeftAlone {
  which: 'opensOn' | 'dueOn';
  day: Day;
  /** Why it is not worked: `Saturday`, a bank holiday, a closure of whoever holds the milestone. */
  why: string;
}

export interface Explanation {
  milestoneId: string;
  title: string;
  action: string;
  ruleId: string;
  kind: PlannedMilestone['kind'];
  section: string;
  source: string;
  /** What other sources say. */
  alsoSeen: string[];
  ruleSet: { id: string; version: string };
  /** Layers over the rule set. */
  layers: { id: string; version: string }[];
  /** Which of them the rule comes from or was changed by; the rule set's id where none. Each step names that of its number. */
  layer: string;
  layerSource: string;
  /** What the rule was before, the newest first. */
  replaced: Replaced[];
  /** Some number on the way is fixed by no public source. */
  assumed: boolean;
  calendar: { id: string; version: string };
  anchor: AnchorName;
  anchorStatus: Plan['anchors'][AnchorName]['status'];
  /** The day counting starts from; absent where the anchor has none. */
  countedFrom?: Day;
  /** A window's or period's first day, and how it came about from the anchor that it is counted from. */
  opensOn?: Day;
  opensFrom?: { anchor: AnchorName; on: Day };
  openingSteps?: ExplainedStep[];
  steps: ExplainedStep[];
  dueOn?: Day;
  follows?: FollowedDay;
  leftAlone: DayLeftAlone[];
  provisional: boolean;
  needsConfirmedDate: boolean;
}

/** Retraces the days of a milestone, so that its steps end on its due day. */
export function explainMilestone(
  plan: Plan,
  ruleSet: RuleSet | EffectiveRules,
  milestone: PlannedMilestone,
): Explanation {
  const { id, title, action, ruleId, kind, section, source, anchor, opensOn, dueOn } = milestone;
  const rules: Layered = isEffective(ruleSet) ? rulesOfMilestone(ruleSet, milestone) : { ...ruleSet, origins: {} };
  const origin = rules.origins[`rules.${ruleId}`];
  const countedFrom = dueOn === undefined ? undefined : startOf(plan, milestone);
  return {
    milestoneId: id,
    title,
    action,
    ruleId,
    kind,
    section,
    source,
    alsoSeen: rules.rules.find((rule) => rule.id === ruleId)?.alsoSeen ?? [],
    ruleSet: plan.ruleSet,
    layers: plan.layers ?? [],
    layer: origin?.layer ?? plan.ruleSet.id,
    layerSource: origin?.source ?? source,
    replaced: origin?.replaced ?? [],
    assumed:
      milestone.steps.some((step) => step.assumed) || (milestone.opens?.steps ?? []).some((step) => step.assumed),
    calendar: plan.calendar,
    anchor,
    anchorStatus: plan.anchors[anchor].status,
    ...(countedFrom !== undefined && { countedFrom }),
    ...(opensOn !== undefined && { opensOn, ...opening(plan, milestone, ruleSet) }),
    steps: countedFrom === undefined ? [] : explainSteps(countedFrom, milestone.steps, { plan, ruleSet, milestone }),
    ...(dueOn !== undefined && { dueOn }),
    ...followed(plan, milestone),
    leftAlone: daysLeftAlone(plan, milestone),
    provisional: milestone.provisional,
    needsConfirmedDate: milestone.needsConfirmedDate,
  };
}

/** The confirmation of an absent date is the one milestone that is counted from the order instead of from its anchor. */
function startOf({ anchors }: Plan, { anchor, kind }: PlannedMilestone): Day | undefined {
  return anchors[anchor].on ?? (kind === 'confirmation' ? anchors.order.on : undefined);
}

function followed({ anchors }: Plan, { follows: event, anchor, opens }: PlannedMilestone): { follows?: FollowedDay } {
  if (event === undefined) return {};
  const plannedOn = anchorOfEvent[event];
  const { on } = anchors[plannedOn];
  const dates = [
    ...(opens?.anchor === plannedOn ? (['opensOn'] as const) : []),
    ...(anchor === plannedOn ? (['dueOn'] as const) : []),
  ];
  return { follows: { event, plannedOn, ...(on !== undefined && { on }), dates } };
}

/** Days that no step moves and that whoever holds the milestone does not work. */
function daysLeftAlone({ workingTime }: Plan, milestone: PlannedMilestone): DayLeftAlone[] {
  const { holder, steps, opens, opensOn, dueOn } = milestone;
  const calendar = calendarFor(workingTime, holder);
  const days = [
    { which: 'opensOn', day: opensOn, last: opens?.steps.at(-1) },
    { which: 'dueOn', day: dueOn, last: steps.at(-1) },
  ] as const;
  return days.flatMap(({ which, day, last }) => {
    const why = day === undefined || (last?.roll ?? 'none') !== 'none' ? undefined : calendar.reasonNotWorking(day);
    return day === undefined || why === undefined ? [] : [{ which, day, why }];
  });
}

function opening(
  plan: Plan,
  milestone: PlannedMilestone,
  ruleSet: RuleSet | EffectiveRules,
): Pick<Explanation, 'opensFrom' | 'openingSteps'> {
  const { opens } = milestone;
  const on = opens && plan.anchors[opens.anchor].on;
  if (opens === undefined || on === undefined) return { openingSteps: [] };
  const openingSteps = explainSteps(on, opens.steps, { plan, ruleSet, milestone });
  return { opensFrom: { anchor: opens.anchor, on }, openingSteps };
}

interface Told {
  plan: Plan;
  ruleSet: RuleSet | EffectiveRules;
  milestone: PlannedMilestone;
}

function explainSteps(start: Day, steps: readonly Step[], { plan, ruleSet, milestone }: Told): ExplainedStep[] {
  let from = start;
  return steps.map((step) => {
    const { amount, unit, roll, calendarOf } = step;
    const calendar = calendarFor(plan.workingTime, calendarOf);
    const explained = explainShift(calendar, from, amount, unit, roll === 'none' ? {} : { roll });
    const replaced = replacedInStep(step, milestone, plan, ruleSet);
    const told = { ...step, from, to: explained.result, days: explained.steps, replaced };
    from = explained.result;
    return told;
  });
}
