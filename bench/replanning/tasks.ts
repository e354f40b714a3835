/** The work of dating a plan, taken out of a plan that the product has made. */
import { ladderOfHop } from '../../rules/plan/audience.js';
import type { Directory } from '../../rules/migration/state.js';
import type { Plan, PlannedMilestone, Rung, Step } from '../../rules/plan/types.js';
import type { Ladder } from '../../rules/ruleset/ladderSchema.js';
import type { RuleSet } from '../../rules/ruleset/schema.js';
import type { AnchorDays, Move, Task } from './dating.js';

/** A plan as work to be done, and the days that it has to come to. */
export interface DatingWork {
  anchors: AnchorDays;
  tasks: Task[];
  /** What the product's own plan says, in the order of `dateTasks`. */
  days: string[];
}

/** Rungs that repeat themselves every so many weeks, or go out at once, need no working days, and are left out. */
export function datingWorkOf(plan: Plan, ruleSet: RuleSet, directory: Directory): DatingWork {
  const dated = plan.milestones.filter(({ dueOn, steps }) => dueOn !== undefined && steps.every(isCounted));
  return {
    anchors: Object.fromEntries(Object.entries(plan.anchors).map(([anchor, { on = '' }]) => [anchor, on])),
    tasks: dated.map((milestone) => taskOf(milestone, ladderOf(milestone, ruleSet, directory))),
    days: dated.flatMap((milestone) => daysOf(milestone, ladderOf(milestone, ruleSet, directory))),
  };
}

function isCounted(step: Step): step is Step & Move {
  return step.unit !== 'hours';
}

function taskOf({ kind, anchor, steps, opens, opensOn }: PlannedMilestone, ladder: Ladder): Task {
  const hasRungs = kind !== 'period' || opensOn !== undefined;
  return {
    anchor,
    steps: steps.filter(isCounted).map(moveOf),
    ...(opens && { opens: { anchor: opens.anchor, steps: opens.steps.filter(isCounted).map(moveOf) } }),
    rungs: hasRungs ? ladder.map(({ workingDays = 0 }) => rungMove(workingDays)) : [],
    rungsFromOpening: kind === 'period',
  };
}

/** The shift alone, without what explains it. */
const moveOf = ({ amount, unit, roll, calendarOf }: Move): Move => ({ amount, unit, roll, calendarOf });

/** 0 is the day itself, or the working day before. */
function rungMove(amount: number): Move {
  return { amount, unit: 'workingDays', roll: amount === 0 ? 'before' : 'none', calendarOf: 'everyone' };
}

function daysOf({ dueOn, opensOn, ladder: rungs }: PlannedMilestone, ladder: Ladder): string[] {
  const dayOf = (id: string): Rung['on'] => rungs.find((rung) => rung.id === id)?.on;
  return [dueOn, opensOn, ...ladder.map(({ id }) => dayOf(id))].filter((day) => day !== undefined);
}

function ladderOf(milestone: PlannedMilestone, ruleSet: RuleSet, directory: Directory): Ladder {
  const ladder = ruleSet.ladders[ladderNameOf(milestone, ruleSet, directory) ?? ''] ?? [];
  return ladder.filter(({ atOnce, everyWeeks }) => atOnce !== true && everyWeeks === undefined);
}

function ladderNameOf({ ruleId, anchor, hop }: PlannedMilestone, ruleSet: RuleSet, directory: Directory) {
  const { anchors, confirmation, extracts, rules } = ruleSet;
  const hopRule = extracts.hops.find(({ hop: name }) => name === hop?.name);
  if (hopRule !== undefined) return ladderOfHop(hopRule, directory);
  if (ruleId === 'anchor') return anchors.find((each) => each.anchor === anchor)?.ladder;
  if (ruleId === 'confirm') return confirmation.ladder;
  if (ruleId === 'authorise-extracts') return extracts.authorisation.ladder;
  return rules.find(({ id }) => id === ruleId)?.ladder;
}
