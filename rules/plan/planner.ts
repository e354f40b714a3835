/** Makes a migration ready once, to be planned on different days: previews of a move, and many at a time. */
import type { CalendarData } from '../calendar/data.js';
import type { Day } from '../calendar/day.js';
import type { Directory } from '../migration/state.js';
import { checkOrder } from '../order/check.js';
import type { Order } from '../order/schema.js';
import { effectiveRules, isEffective, rulesOfMilestone, type EffectiveRules } from '../ruleset/effective.js';
import type { HopName, RuleSet } from '../ruleset/schema.js';
import type { Ladder } from '../ruleset/ladderSchema.js';
import { checkAlreadyDone } from './alreadyDone.js';
import { anchorsOf, draftAnchors } from './anchors.js';
import { ladderOfHop } from './audience.js';
import { BEHAVIOUR_VERSION } from './behaviour.js';
import { draftAuthorisation } from './authorisation.js';
import { draftConfirmations } from './confirmations.js';
import { dateMilestone, type DatedMilestone } from './dating.js';
import { directoryOf } from './directory.js';
import { lastDayOf } from './endsOn.js';
import { checkFeasibility } from './feasibility.js';
import { draftHandshakes } from './handshakes.js';
import { draftItems, itemRulesOf } from './items.js';
import { ladderNamed, type MilestoneDraft, type Planning, type Setting } from './planning.js';
import { checkRecipients } from './recipients.js';
import { recordWorkingTime } from './recordWorkingTime.js';
import { draftRules } from './rules.js';
import { draftOthersAuthorisations, plannedInstance } from './sharedInstance.js';
import type { Plan, PlannedMilestone } from './types.js';

export interface Planner {
  directory: Directory;
  /**
   * The plan on these days of the anchors. Plans of one planner share what no anchor moves: they are to be read, not changed.
   *
   * @param asOf the day from which "already passed" is judged, and on which the migration starts
   */
  planOn(anchors: Order['anchors'], asOf: Day): Plan;
}

/**
 * Does all of the planning that does not hang on the days of the anchors.
 *
 * @param order its own anchors do not count
 * @param rules a rule set, or with its layers over it; checked by `checkRuleSet` and `checkLayer`
 */
export function preparePlan(order: Order, rules: RuleSet | EffectiveRules, calendar: CalendarData): Planner {
  const ruleSet = isEffective(rules) ? rules : effectiveRules(rules, [], order);
  const directory = directoryOf(order);
  const workingTime = recordWorkingTime(order, ruleSet, calendar);
  const setting: Setting = { order, ruleSet, directory, workingTime };
  const drafts = { anchors: draftAnchors(setting), rest: [...draftRules(setting), ...draftItems(setting)] };
  const planOn = (anchors: Order['anchors'], asOf: Day): Plan => {
    const moved = { ...order, anchors };
    const planning: Planning = { anchors: anchorsOf(moved), order: moved, ruleSet, directory, workingTime };
    return planOf(planning, dateAll(planning, drafts), calendar, asOf);
  };
  return { directory, planOn };
}

function planOf(planning: Planning, dated: readonly DatedMilestone[], calendar: CalendarData, asOf: Day): Plan {
  const { order, ruleSet, directory, anchors, workingTime } = planning;
  const milestones = dated.map((each) => each.milestone);
  const items = itemRulesOf(ruleSet);
  const sharedInstance = plannedInstance({ order }, milestones);
  return {
    ruleSet: { id: ruleSet.id, version: ruleSet.version },
    ...(ruleSet.layers.length > 0 && { layers: ruleSet.layers }),
    calendar: { id: calendar.id, version: calendar.version },
    asOf,
    dateVersion: 1,
    behaviourVersion: BEHAVIOUR_VERSION,
    ...callsOf(ruleSet),
    anchors,
    milestones,
    problems: [
      ...checkOrder(order, { ruleSet, calendar, asOf }),
      ...dated.flatMap((each) => each.problems),
      ...checkAlreadyDone(order, milestones, asOf),
      ...checkRecipients(order, milestones),
      ...checkFeasibility({ order, ruleSet, milestones, workingTime, asOf }),
    ],
    workingTime,
    ...hopLaddersOf(ruleSet, directory),
    followLadders: followLadders(ruleSet, milestones),
    counters: countersOf(order, ruleSet),
    ...(items && { items }),
    ...(sharedInstance && { sharedInstance }),
    endsOn: lastDayOf(milestones, asOf),
  };
}

/** What is drafted without the days of the anchors. */
interface Drafts {
  anchors: readonly MilestoneDraft[];
  rest: readonly MilestoneDraft[];
}

/** The hops, the authorisation and the confirmations are drafted anew: their steps hang on the days. */
function dateAll(planning: Planning, { anchors, rest }: Drafts): DatedMilestone[] {
  const date = (draft: MilestoneDraft) => dateMilestone(draft, planning);
  const handshakes = draftHandshakes(planning);
  const own = draftAuthorisation(planning, handshakes);
  const authorisation = [...own, ...draftOthersAuthorisations(own, planning)];
  const dated = [...anchors, ...authorisation, ...handshakes, ...rest].map(date);
  const confirmations = draftConfirmations(
    planning,
    dated.map((each) => each.milestone),
  ).map(date);
  return [...confirmations, ...dated];
}

/** A supplier's ladders are nobody else's. */
function hopLaddersOf(ruleSet: EffectiveRules, directory: Directory): Pick<Plan, 'hopLadders' | 'hopLaddersOf'> {
  const own = Object.entries(ruleSet.byParty).filter(([, { ladders }]) => ladders !== ruleSet.forOthers.ladders);
  return {
    hopLadders: hopLadders(ruleSet.forOthers, directory),
    ...(own.length > 0 && {
      hopLaddersOf: Object.fromEntries(own.map(([party, rules]) => [party, hopLadders(rules, directory)])),
    }),
  };
}

function hopLadders(ruleSet: RuleSet, directory: Directory): Partial<Record<HopName, Ladder>> {
  const { hops } = ruleSet.extracts;
  return Object.fromEntries(hops.map((rule) => [rule.hop, ladderNamed(ruleSet, ladderOfHop(rule, directory))]));
}

/** After how many mails somebody rings: for each party by its own layer. */
function callsOf({ forOthers, byParty }: EffectiveRules): Pick<Plan, 'callAfterChases' | 'callAfterChasesOf'> {
  const all = forOthers.callAfterChases?.amount;
  const own = Object.entries(byParty).flatMap(([party, { callAfterChases }]) =>
    callAfterChases === undefined || callAfterChases.amount === all ? [] : [[party, callAfterChases.amount] as const],
  );
  return {
    ...(all !== undefined && { callAfterChases: all }),
    ...(own.length > 0 && { callAfterChasesOf: Object.fromEntries(own) }),
  };
}

/** By rule: as it counts for the party that it is for, or for the whole migration. */
function followLadders(ruleSet: EffectiveRules, milestones: readonly PlannedMilestone[]): Record<string, Ladder> {
  const following = milestones.filter(({ follows }) => follows !== undefined);
  return Object.fromEntries(
    following.flatMap((milestone) => {
      const rules = rulesOfMilestone(ruleSet, milestone);
      const rule = rules.rules.find(({ id }) => id === milestone.ruleId);
      return rule === undefined ? [] : [[rule.id, ladderNamed(rules, rule.ladder)]];
    }),
  );
}

function countersOf({ countThresholds }: Order, { counters }: RuleSet): NonNullable<Plan['counters']> {
  return counters.map(({ id, title }) => {
    const threshold = countThresholds[id];
    return { id, title, ...(threshold !== undefined && { threshold }) };
  });
}
