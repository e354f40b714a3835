/** What is added to a plan that no rule knows of: items of the technical survey, and actions of the meetings. */
import { dayNumber, type Day } from '../calendar/day.js';
import type { Directory } from '../migration/state.js';
import type { Order } from '../order/schema.js';
import type { ItemRule } from '../ruleset/entitySchemas.js';
import type { RuleSet } from '../ruleset/schema.js';
import { ladderForChannel } from './audience.js';
import { dateLadder } from './ladders.js';
import { ladderNamed, type MilestoneDraft, type Setting } from './planning.js';
import type { HolderId, ItemKind, Plan, PlannedItemRule, PlannedMilestone, Step } from './types.js';
import { applyStepsWithin } from './workingTime.js';

/** An item as an order or an operator gives it. */
export interface Item {
  kind: ItemKind;
  id: string;
  title: string;
  owner: HolderId;
  siteId?: string | undefined;
  /** By the rule unless given. */
  dueOn?: Day | undefined;
}

/** `survey.label-printer`, `action.order-cables`: the milestone's id. */
export const itemMilestoneId = ({ kind, id }: Pick<Item, 'kind' | 'id'>): string => `${kind}.${id}`;

const known = new WeakMap<RuleSet, NonNullable<Plan['items']>>();

/**
 * The rules for items with their ladders, as a plan records them; undefined where the rule set has none. Made once for a rule
 * set: the plans share it, and read it only.
 */
export function itemRulesOf(ruleSet: RuleSet): Plan['items'] {
  const { items } = ruleSet;
  if (items === undefined) return undefined;
  const rules = known.get(ruleSet) ?? createItemRules(items, ruleSet);
  known.set(ruleSet, rules);
  return rules;
}

function createItemRules(items: NonNullable<RuleSet['items']>, ruleSet: RuleSet): NonNullable<Plan['items']> {
  const planned = ({ ladders, ...rule }: ItemRule): PlannedItemRule => ({
    ladders: {
      practice: ladderNamed(ruleSet, ladders.practice),
      csu: ladderNamed(ruleSet, ladders.csu),
      party: ladderNamed(ruleSet, ladders.party),
    },
    ...rule,
  });
  return { survey: planned(items.survey), action: planned(items.action) };
}

interface ItemPlanning {
  rules: NonNullable<Plan['items']>;
  directory: Directory;
  orderedOn: Day;
  /** The rule set's id. */
  layer: string;
  /** The day on which it was added; it is asked about from then on. */
  addedOn: Day;
}

/** Single pass, so that braces in a person's title stay what they are. */
function fillIn(text: string, { title }: Item, place: string): string {
  const names: Readonly<Record<string, string>> = { '{item}': title, '{site}': place };
  return text.replaceAll(/\{(?:item|site)\}/g, (name) => names[name] ?? name);
}

/** A day that people have agreed on does not move with any anchor, and is never rolled: so many days from the order. */
function agreedDay(on: Day, orderedOn: Day, why: string): Step {
  const amount = dayNumber(on) - dayNumber(orderedOn);
  const agreed = { why, source: 'agreed on the way', layer: 'order', assumed: false };
  return { amount, unit: 'days', calendarOf: 'everyone', roll: 'none', ...agreed };
}

function wayOf(
  { dueOn, owner }: Item,
  rule: PlannedItemRule,
  { orderedOn, layer }: Pick<ItemPlanning, 'orderedOn' | 'layer'>,
): Pick<PlannedMilestone, 'anchor' | 'steps'> {
  if (dueOn !== undefined) return { anchor: 'order', steps: [agreedDay(dueOn, orderedOn, 'the day that was agreed')] };
  const { due, source, assumed, section: why } = rule;
  const { from: anchor, amount, unit } = due;
  const step: Step = { amount, unit, calendarOf: owner, roll: 'before', why, source, layer, assumed };
  return { anchor, steps: [step] };
}

function draftItem(item: Item, planning: ItemPlanning): MilestoneDraft {
  const { rules, directory, orderedOn, addedOn } = planning;
  const rule = rules[item.kind];
  const party = directory.parties.find(({ id }) => id === item.owner);
  const site = directory.practice.sites.find(({ id }) => id === item.siteId);
  const place = site?.name ?? directory.practice.name;
  const ladder = rule.ladders[item.owner === 'practice' || item.owner === 'csu' ? item.owner : 'party'];
  return {
    milestone: {
      id: itemMilestoneId(item),
      ruleId: item.kind,
      kind: 'task',
      title: fillIn(rule.title, item, place),
      action: fillIn(rule.action, item, place),
      section: rule.section,
      source: rule.source,
      holder: item.owner,
      ...(party && { partyId: party.id }),
      ...(site && { siteId: site.id }),
      ...wayOf(item, rule, planning),
      opens: { anchor: 'order', steps: [agreedDay(addedOn, orderedOn, 'the day on which it was added')] },
      needsConfirmedDate: false,
      waitsFor: [],
    },
    ladder: ladderForChannel(ladder, party),
  };
}

/** The items of the order; none where the rule set cannot plan them, which is an error of the order. */
export function draftItems({ order, ruleSet, directory }: Setting): MilestoneDraft[] {
  const rules = itemRulesOf(ruleSet);
  if (rules === undefined) return [];
  const { orderedOn } = order;
  return itemsOf(order).map((item) =>
    draftItem(item, { rules, directory, orderedOn, layer: ruleSet.id, addedOn: orderedOn }),
  );
}

function itemsOf({ surveyItems, actions }: Order): Item[] {
  return [
    ...surveyItems.map((item): Item => ({ kind: 'survey', ...item })),
    ...actions.map((item): Item => ({ kind: 'action', ...item })),
  ];
}

/**
 * One item as a running migration adds it, from what the plan has recorded. Undated while the day that its rule counts from is
 * absent.
 *
 * @returns undefined where the plan has recorded no rules for items, or its day is outside the calendar
 */
export function planItem(plan: Plan, directory: Directory, item: Item, addedOn: Day): PlannedMilestone | undefined {
  const { items: rules, workingTime, anchors } = plan;
  const orderedOn = anchors.order.on;
  if (rules === undefined || orderedOn === undefined) return undefined;
  const { milestone, ladder } = draftItem(item, { rules, directory, orderedOn, layer: plan.ruleSet.id, addedOn });
  const start = anchors[milestone.anchor].on;
  const dueOn = start === undefined ? undefined : applyStepsWithin(start, milestone.steps, workingTime);
  if (start !== undefined && dueOn === undefined) return undefined;
  const days = { from: dueOn, dueOn, opensOn: addedOn, goLiveOn: anchors.goLive.on };
  return {
    ...milestone,
    opensOn: addedOn,
    ...(dueOn !== undefined && { dueOn }),
    provisional: dueOn !== undefined && anchors[milestone.anchor].status === 'provisional',
    ladder: dateLadder(ladder, days, workingTime).rungs,
  };
}
