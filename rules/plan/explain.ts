/** How one date came about, day by day, from the plan and the rule set that it was made with. */
import type { Day } from '../calendar/day.js';
import { explainShift, type ShiftStep } from '../calendar/explainShift.js';
import type { AnchorName } from '../order/anchorNames.js';
import type { Layered, Replaced } from '../ruleset/applyLayer.js';
import { isEffective, type EffectiveRules } from '../ruleset/effective.js';
import type { RuleSet } from '../ruleset/schema.js';
import type { Plan, PlannedMilestone, Step } from './types.js';
import { calendarFor } from './workingTime.js';

/** One step with the day it starts from, the day it ends on, and every day on the way that was passed over. */
export interface ExplainedStep extends Step {
  from: Day;
  to: Day;
  days: ShiftStep[];
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
  /** Which of them the rule comes from or was changed by; the rule set's id where none. */
  layer: string;
  /** What the rule was before, the newest first. */
  replaced: Replaced[];
  /** Some number on the way is fixed by no public source. */
  assumed: boolean;
  calendar: { id: string; version: string };
  anchor: AnchorName;
  anchorStatus: Plan['anchors'][AnchorName]['status'];
  /** The day counting starts from; absent where the anchor has none. */
  countedFrom?: Day;
  /** A window's or period's first day, and how it came about. */
  opensOn?: Day;
  openingSteps?: ExplainedStep[];
  steps: ExplainedStep[];
  dueOn?: Day;
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
  const rules = isEffective(ruleSet) ? rulesOf(ruleSet, milestone) : ruleSet;
  const origin = isEffective(ruleSet) ? rulesOf(ruleSet, milestone).origins[`rules.${ruleId}`] : undefined;
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
    replaced: origin?.replaced ?? [],
    assumed:
      milestone.steps.some((step) => step.assumed) || (milestone.opens?.steps ?? []).some((step) => step.assumed),
    calendar: plan.calendar,
    anchor,
    anchorStatus: plan.anchors[anchor].status,
    ...(countedFrom !== undefined && { countedFrom }),
    ...(opensOn !== undefined && { opensOn, openingSteps: openingSteps(plan, milestone) }),
    steps: countedFrom === undefined ? [] : explainSteps(countedFrom, milestone.steps, plan),
    ...(dueOn !== undefined && { dueOn }),
    provisional: milestone.provisional,
    needsConfirmedDate: milestone.needsConfirmedDate,
  };
}

/** The confirmation of an absent date is the one milestone that is counted from the order instead of from its anchor. */
function startOf({ anchors }: Plan, { anchor, kind }: PlannedMilestone): Day | undefined {
  return anchors[anchor].on ?? (kind === 'confirmation' ? anchors.order.on : undefined);
}

/** A rule for a party is explained as it counts for that party. */
function rulesOf(rules: EffectiveRules, { id, ruleId, partyId }: PlannedMilestone): Layered {
  return id === `${ruleId}.${partyId}` ? (rules.byParty[partyId ?? ''] ?? rules.forOthers) : rules;
}

function openingSteps(plan: Plan, { opens }: PlannedMilestone): ExplainedStep[] {
  const start = opens && plan.anchors[opens.anchor].on;
  return start === undefined ? [] : explainSteps(start, opens?.steps ?? [], plan);
}

function explainSteps(start: Day, steps: readonly Step[], { workingTime }: Plan): ExplainedStep[] {
  let from = start;
  return steps.map((step) => {
    const { amount, unit, roll, calendarOf } = step;
    const calendar = calendarFor(workingTime, calendarOf);
    const explained = explainShift(calendar, from, amount, unit, roll === 'none' ? {} : { roll });
    const told = { ...step, from, to: explained.result, days: explained.steps };
    from = explained.result;
    return told;
  });
}
