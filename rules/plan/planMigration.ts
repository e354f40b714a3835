import type { CalendarData } from '../calendar/data.js';
import type { Day } from '../calendar/day.js';
import type { Directory } from '../migration/state.js';
import { checkOrder } from '../order/check.js';
import type { Order } from '../order/schema.js';
import type { HopName, RuleSet } from '../ruleset/schema.js';
import type { Ladder } from '../ruleset/ladderSchema.js';
import { checkAlreadyDone } from './alreadyDone.js';
import { anchorsOf, draftAnchors } from './anchors.js';
import { ladderOfHop } from './audience.js';
import { draftAuthorisation } from './authorisation.js';
import { draftConfirmations } from './confirmations.js';
import { dateMilestone, type DatedMilestone } from './dating.js';
import { directoryOf } from './directory.js';
import { lastDayOf } from './endsOn.js';
import { checkFeasibility } from './feasibility.js';
import { draftHandshakes } from './handshakes.js';
import { draftItems, itemRulesOf } from './items.js';
import { ladderNamed, type MilestoneDraft, type Planning } from './planning.js';
import { checkRecipients } from './recipients.js';
import { recordWorkingTime } from './recordWorkingTime.js';
import { draftRules } from './rules.js';
import type { Plan, PlannedMilestone } from './types.js';

export interface PlannedMigration {
  plan: Plan;
  directory: Directory;
}

/**
 * Every dated milestone of a migration and every problem with it, from plain data alone: the same arguments give the same
 * plan, on every machine and in every time zone.
 *
 * @param ruleSet checked by `checkRuleSet`
 * @param asOf the day from which "already passed" is judged, and on which the migration starts
 */
export function planMigration(order: Order, ruleSet: RuleSet, calendar: CalendarData, asOf: Day): PlannedMigration {
  const directory = directoryOf(order);
  const workingTime = recordWorkingTime(order, ruleSet, calendar);
  const planning: Planning = { order, ruleSet, directory, anchors: anchorsOf(order), workingTime };
  const dated = dateAll(planning);
  const milestones = dated.map((each) => each.milestone);
  const items = itemRulesOf(ruleSet);
  const plan: Plan = {
    ruleSet: { id: ruleSet.id, version: ruleSet.version },
    calendar: { id: calendar.id, version: calendar.version },
    asOf,
    dateVersion: 1,
    anchors: planning.anchors,
    milestones,
    problems: [
      ...checkOrder(order, { ruleSet, calendar, asOf }),
      ...dated.flatMap((each) => each.problems),
      ...checkAlreadyDone(order, milestones, asOf),
      ...checkRecipients(order, milestones),
      ...checkFeasibility({ order, ruleSet, milestones, workingTime, asOf }),
    ],
    workingTime,
    hopLadders: hopLadders(ruleSet, directory),
    followLadders: followLadders(ruleSet, milestones),
    counters: countersOf(order, ruleSet),
    ...(items && { items }),
    endsOn: lastDayOf(milestones, asOf),
  };
  return { plan, directory };
}

function dateAll(planning: Planning): DatedMilestone[] {
  const date = (draft: MilestoneDraft) => dateMilestone(draft, planning);
  const handshakes = draftHandshakes(planning);
  const authorisation = draftAuthorisation(planning, handshakes);
  const drafts = [
    ...draftAnchors(planning),
    ...authorisation,
    ...handshakes,
    ...draftRules(planning),
    ...draftItems(planning),
  ];
  const dated = drafts.map(date);
  const confirmations = draftConfirmations(
    planning,
    dated.map((each) => each.milestone),
  ).map(date);
  return [...confirmations, ...dated];
}

function hopLadders(ruleSet: RuleSet, directory: Directory): Partial<Record<HopName, Ladder>> {
  const { hops } = ruleSet.extracts;
  return Object.fromEntries(hops.map((rule) => [rule.hop, ladderNamed(ruleSet, ladderOfHop(rule, directory))]));
}

function followLadders(ruleSet: RuleSet, milestones: readonly PlannedMilestone[]): Record<string, Ladder> {
  const following = new Set(milestones.flatMap(({ follows, ruleId }) => (follows === undefined ? [] : [ruleId])));
  const rules = ruleSet.rules.filter(({ id }) => following.has(id));
  return Object.fromEntries(rules.map(({ id, ladder }) => [id, ladderNamed(ruleSet, ladder)]));
}

function countersOf({ countThresholds }: Order, { counters }: RuleSet): NonNullable<Plan['counters']> {
  return counters.map(({ id, title }) => {
    const threshold = countThresholds[id];
    return { id, title, ...(threshold !== undefined && { threshold }) };
  });
}
