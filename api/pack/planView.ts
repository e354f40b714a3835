import type { PlannedOrder } from '../../config/planFromText.js';
import { addDays, dayNumber, formatDay, weekdayOfNumber, type Day } from '../../rules/calendar/day.js';
import { describeLength } from '../../rules/calendar/wording.js';
import { anchorNames, anchorTitles, type AnchorName } from '../../rules/order/anchorNames.js';
import type { CriticalChain } from '../../rules/plan/criticalChain.js';
import type { PlannedMilestone } from '../../rules/plan/types.js';
import { judgeFeasibility } from '../../rules/plan/feasibility.js';
import { holderName, supplierWith } from './about.js';
import { byFirstDay, firstDay, rowOf, type Row } from './rows.js';
import { anchorLines, assumptionLines, problemLines } from './shared.js';

interface Week {
  title: string;
  rows: Row[];
}

interface PhaseOfPlan {
  title: string;
  caption: string;
  weeks: Week[];
}

interface CriticalDate {
  latestStart: string;
  title: string;
  who: string;
  anchor: string;
  slack: string;
}

/** What `plan.njk` shows. */
export function planView(planned: PlannedOrder) {
  const { order } = planned;
  return {
    sourceSupplier: supplierWith(order, 'sourceSupplier')?.name ?? 'the present supplier',
    targetSupplier: supplierWith(order, 'targetSupplier')?.name ?? 'the new supplier',
    refused: planned.refusals.length > 0,
    anchors: anchorLines(planned),
    critical: criticalDates(planned),
    problems: problemLines(planned),
    phases: phasesOf(planned),
    holders: holdersOf(planned),
    assumptions: assumptionLines(planned),
  };
}

function criticalDates(planned: PlannedOrder): CriticalDate[] {
  const { order, ruleSet, plan, asOf } = planned;
  const { milestones, workingTime } = plan;
  const chains = judgeFeasibility({ order, ruleSet, milestones, workingTime, asOf })?.chains ?? [];
  return chains.map((chain) => {
    // A chain that leads over another anchor is told with that one; what hangs on the day itself says more.
    const nearest = chain.own ?? chain;
    return {
      latestStart: formatDay(nearest.latestStart),
      title: nearest.title,
      who: holderName(planned.order, nearest.holder),
      anchor: `${anchorTitles[chain.anchor]}, ${formatDay(chain.anchorDay)}`,
      slack: slackText(nearest, planned.asOf),
    };
  });
}

function slackText(
  { latestStart, slackWorkingDays }: Pick<CriticalChain, 'latestStart' | 'slackWorkingDays'>,
  asOf: Day,
): string {
  const days = describeLength({ amount: slackWorkingDays, unit: 'workingDays' });
  return latestStart < asOf ? `late by ${days}` : days;
}

const phaseTitles: Record<AnchorName, string> = {
  order: 'From the order',
  kickOff: 'From the kick-off',
  technicalSurvey: 'From the technical survey: pre-migration tasks',
  initialDataProduction: 'From the Initial data production day: data checking',
  finalDataProduction: 'From the Final data production day: cut-over',
  goLive: 'From Go Live',
};

/** A phase begins on the day of its anchor; what lies before the order belongs to it. */
function phasesOf(planned: PlannedOrder): PhaseOfPlan[] {
  const starts = anchorNames.flatMap((name) => {
    const { on } = planned.plan.anchors[name];
    return on === undefined ? [] : [{ name, on }];
  });
  const phaseOf = (day: Day): AnchorName => starts.findLast(({ on }) => on <= day)?.name ?? 'order';
  const dated = byFirstDay(planned.plan.milestones).flatMap((milestone) => {
    const day = firstDay(milestone);
    return day === undefined ? [] : [{ milestone, day }];
  });
  const phases = anchorNames.flatMap((name): PhaseOfPlan[] => {
    const inPhase = dated.filter(({ day }) => phaseOf(day) === name);
    if (inPhase.length === 0) return [];
    const title = phaseTitles[name];
    return [{ title, caption: `${title}, by week`, weeks: weeksOf(inPhase, planned) }];
  });
  return [...phases, ...undatedPhase(planned)];
}

const mondayOf = (day: Day): Day => addDays(day, 1 - weekdayOfNumber(dayNumber(day)));

function weeksOf(dated: readonly { milestone: PlannedMilestone; day: Day }[], planned: PlannedOrder): Week[] {
  const mondays = [...new Set(dated.map(({ day }) => mondayOf(day)))];
  return mondays.map((monday) => ({
    title: `Week of ${formatDay(monday)}`,
    rows: dated.filter(({ day }) => mondayOf(day) === monday).map(({ milestone }) => rowOf(milestone, planned)),
  }));
}

function undatedPhase(planned: PlannedOrder): PhaseOfPlan[] {
  const rows = planned.plan.milestones
    .filter((each) => firstDay(each) === undefined)
    .map((each) => rowOf(each, planned));
  if (rows.length === 0) return [];
  const caption = 'What cannot be dated until a day is set';
  return [{ title: 'No day yet', caption, weeks: [{ title: 'Waiting for a day', rows }] }];
}

interface HolderOfPlan {
  name: string;
  count: string;
  rows: Row[];
}

/** Practice and CSU first, then the parties in the order of the order. */
function holdersOf(planned: PlannedOrder): HolderOfPlan[] {
  const { order, plan } = planned;
  const ids = ['practice', 'csu', ...order.parties.map(({ id }) => id)];
  return ids.flatMap((id) => {
    const held = byFirstDay(plan.milestones.filter(({ holder }) => holder === id));
    if (held.length === 0) return [];
    const count = held.length === 1 ? '1 thing to do' : `${held.length} things to do`;
    return [{ name: holderName(order, id), count, rows: held.map((milestone) => rowOf(milestone, planned)) }];
  });
}
