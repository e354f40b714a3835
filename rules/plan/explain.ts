/** How one date came about, day by day, from the plan and the rule set that it was made with. */
import type { Day } from '../calendar/day.js';
import { explainShift, type ShiftStep } from '../calendar/explainShift.js';
import type { AnchorName } from '../order/anchorNames.js';
import type { Layered, Replaced } from '../ruleset/applyLayer.js';
import { isEffective, rulesOfMilestone, type EffectiveRules } from '../ruleset/effective.js';
import { replacedBy } from '../ruleset/replaced.js';
import type { RuleSet } from '../ruleset/schema.js';
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
    steps:
      countedFrom === undefined
        ? []
        : explainSteps(countedFrom, milestone.steps, { plan, rules: valueRules(ruleSet, milestone) }),
    ...(dueOn !== undefined && { dueOn }),
    provisional: milestone.provisional,
    needsConfirmedDate: milestone.needsConfirmedDate,
  };
}

/** The confirmation of an absent date is the one milestone that is counted from the order instead of from its anchor. */
function startOf({ anchors }: Plan, { anchor, kind }: PlannedMilestone): Day | undefined {
  return anchors[anchor].on ?? (kind === 'confirmation' ? anchors.order.on : undefined);
}

/** Notices and turnarounds are those of the party; a day that is counted from the whole migration's has its origin there. */
function valueRules(ruleSet: RuleSet | EffectiveRules, milestone: PlannedMilestone): Layered[] {
  if (!isEffective(ruleSet)) return [{ ...ruleSet, origins: {} }];
  const own = milestone.partyId === undefined ? undefined : ruleSet.byParty[milestone.partyId];
  return [...(own ? [own] : [ruleSet.forOthers]), ruleSet];
}

function opening(
  plan: Plan,
  milestone: PlannedMilestone,
  ruleSet: RuleSet | EffectiveRules,
): Pick<Explanation, 'opensFrom' | 'openingSteps'> {
  const { opens } = milestone;
  const on = opens && plan.anchors[opens.anchor].on;
  if (opens === undefined || on === undefined) return { openingSteps: [] };
  const openingSteps = explainSteps(on, opens.steps, { plan, rules: valueRules(ruleSet, milestone) });
  return { opensFrom: { anchor: opens.anchor, on }, openingSteps };
}

/** By the rules in which the step's layer gave that value. */
function replacedIn(rules: readonly Layered[], { value, layer }: Step): Replaced[] {
  if (value === undefined) return [];
  const own = rules.find(({ origins }) => origins[value]?.layer === layer) ?? rules[0];
  return own === undefined ? [] : replacedBy(own, value, layer);
}

interface Told {
  plan: Plan;
  rules: readonly Layered[];
}

function explainSteps(start: Day, steps: readonly Step[], { plan: { workingTime }, rules }: Told): ExplainedStep[] {
  let from = start;
  return steps.map((step) => {
    const { amount, unit, roll, calendarOf } = step;
    const calendar = calendarFor(workingTime, calendarOf);
    const explained = explainShift(calendar, from, amount, unit, roll === 'none' ? {} : { roll });
    const replaced = replacedIn(rules, step);
    const told = { ...step, from, to: explained.result, days: explained.steps, replaced };
    from = explained.result;
    return told;
  });
}
