import type { PlannedOrder } from '../../config/planFromText.js';
import type { Day } from '../../rules/calendar/day.js';
import { formatProblem } from '../../rules/files/problem.js';
import { anchorTitles } from '../../rules/order/anchorNames.js';
import type { HolderId, PlannedMilestone } from '../../rules/plan/types.js';
import { rulesOfMilestone } from '../../rules/ruleset/effective.js';
import { table } from '../table.js';
import { feasibleLines } from './feasibleText.js';
import { shortDay } from './shortDay.js';

/** Milestones by due day, a window by its first; those without a day last; in the order of the plan within a day. */
export function byDay(milestones: readonly PlannedMilestone[]): PlannedMilestone[] {
  const dayOf = ({ opensOn, dueOn }: PlannedMilestone): Day => opensOn ?? dueOn ?? '9999';
  return milestones.toSorted((a, b) => dayOf(a).localeCompare(dayOf(b)));
}

/** The plan for people: a table by day, then the problems, then the earliest day that would work. */
export function planText(planned: PlannedOrder): string {
  const { plan, order, asOf } = planned;
  const head = `${order.practice.name} (${order.practice.odsCode}), as of ${asOf}, rule set ${plan.ruleSet.id} ${plan.ruleSet.version}, bank holidays ${plan.calendar.version}`;
  return [
    head,
    ...layerLines(planned),
    '',
    milestoneTable(planned),
    ...assumedLines(planned),
    ...problemLines(planned),
    ...feasibleLines(planned),
  ].join('\n');
}

function milestoneTable(planned: PlannedOrder): string {
  const { plan, directory } = planned;
  const nameOf = (holder: HolderId): string =>
    holder === 'practice'
      ? 'practice'
      : holder === 'csu'
        ? 'CSU'
        : (directory.parties.find(({ id }) => id === holder)?.name ?? holder);
  const rows = byDay(plan.milestones).map((milestone) => [
    `${dueText(milestone)}${isAssumed(milestone) ? ' *' : ''}${sourcesDiffer(planned, milestone) ? ' †' : ''}`,
    nameOf(milestone.holder),
    milestone.title,
    milestone.id,
  ]);
  return table(['Due', 'Held by', 'What', 'Milestone'], rows);
}

function dueText({ opensOn, dueOn, provisional, anchor }: PlannedMilestone): string {
  if (dueOn === undefined) return `no ${anchorTitles[anchor]} yet`;
  const days = opensOn === undefined ? shortDay(dueOn) : `${shortDay(opensOn)} to ${shortDay(dueOn)}`;
  return provisional ? `${days} (provisional)` : days;
}

function layerLines({ plan: { layers = [] } }: PlannedOrder): string[] {
  return layers.length === 0
    ? []
    : [`Layers over it: ${layers.map(({ id, version }) => `${id} ${version}`).join(', ')}`];
}

const isAssumed = ({ steps, opens }: PlannedMilestone): boolean =>
  [...steps, ...(opens?.steps ?? [])].some(({ assumed }) => assumed);

/** What other sources say of a milestone's rule. */
function alsoSeenOf({ ruleSet }: PlannedOrder, milestone: PlannedMilestone): string[] {
  const { rules } = rulesOfMilestone(ruleSet, milestone);
  return rules.find(({ id }) => id === milestone.ruleId)?.alsoSeen ?? [];
}

const sourcesDiffer = (planned: PlannedOrder, milestone: PlannedMilestone): boolean =>
  alsoSeenOf(planned, milestone).length > 0;

/** Numbers to agree before anybody relies on them, and what other sources say: both in full by `leadtime rules show`. */
function assumedLines(planned: PlannedOrder): string[] {
  const { milestones } = planned.plan;
  const differing = milestones.filter((milestone) => sourcesDiffer(planned, milestone));
  const lines = differing.map((each) => `  ${each.ruleId}: also seen ${alsoSeenOf(planned, each).join('; ')}`);
  return [
    ...(milestones.some(isAssumed)
      ? ['* a number on the way is assumed: no public source fixes it. Agree it, and put it into the order or a layer.']
      : []),
    ...(lines.length > 0 ? ['† sources differ:'] : []),
    ...new Set(lines),
  ];
}

function problemLines({ problems, refusals }: PlannedOrder): string[] {
  if (problems.length === 0) return ['', 'No problems.'];
  const lines = problems.map((problem) => `${problem.severity}: ${formatProblem(problem)}`);
  const end =
    refusals.length > 0
      ? ['', 'This order would be refused: a latest start has passed, and nobody has accepted the risk.']
      : [];
  return ['', ...lines, ...end];
}
