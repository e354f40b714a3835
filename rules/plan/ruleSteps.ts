/** From an anchor to the day of a rule, for one party or site. */
import type { LeadTime } from '../calendar/leadTime.js';
import type { Party } from '../order/schema.js';
import type { AnchorName, FollowedEvent } from '../order/anchorNames.js';
import { isForParty, type MilestoneKind, type Rule } from '../ruleset/ruleSchema.js';
import type { Layered } from '../ruleset/applyLayer.js';
import { givenBy } from '../ruleset/effective.js';
import { anchorNames, anchorOfEvent, followedEvents } from '../order/anchorNames.js';
import { fillIn } from './fillIn.js';
import { handOver, holderId, stepOf, type Given, type Setting } from './planning.js';
import type { Step } from './types.js';

/** The setting with the rules as they count for one subject. */
export interface RuleSetting extends Setting {
  rules: Layered;
}

export interface Subject {
  party?: Party | undefined;
  site?: { id: string; name: string } | undefined;
}

/** An anchor and the steps from it. */
export interface Way {
  anchor: AnchorName;
  steps: Step[];
}

/**
 * How the day of a kind moves off a day that is not worked (rules.md, E.4): what somebody has to do moves to before, what
 * follows Go Live to after, and limits, windows and anchors not at all.
 */
export const rollOfKind: Record<MilestoneKind, Step['roll']> = {
  anchor: 'none',
  request: 'before',
  notice: 'before',
  contact: 'before',
  task: 'before',
  followUp: 'after',
  window: 'none',
  period: 'none',
  expiry: 'none',
  confirmation: 'before',
};

/** The notice of a third party: its own in the order, else what a public source fixes for its kind; never guessed. */
export function noticeOf(party: Party, rules: Layered): Given | undefined {
  const key = `noticePeriods.${party.thirdPartyKind}`;
  if (party.noticePeriod !== undefined)
    return { source: 'the order', layer: 'order', value: key, assumed: false, ...party.noticePeriod };
  const fixed = party.thirdPartyKind === undefined ? undefined : rules.noticePeriods[party.thirdPartyKind];
  return fixed && { ...givenBy(rules, key), ...fixed };
}

/** The way to the day on which a rule is due; undefined where its party's notice is missing, an error of the order. */
export function wayOfRule(rule: Rule, subject: Subject, setting: RuleSetting): Way | undefined {
  const base = startOf(rule.due.from, subject, setting);
  if (base === undefined) return undefined;
  const steps =
    rule.due.unit === 'noticePeriod'
      ? noticeSteps(rule, subject, setting)
      : offsetSteps(rule, { day: 'due', ...rule.due }, subject, setting);
  return steps === undefined ? undefined : { anchor: base.anchor, steps: [...base.steps, ...steps] };
}

/** The way to the first day of a window. */
export function wayOfOpening(rule: Rule, subject: Subject, setting: RuleSetting): Way | undefined {
  if (rule.opens === undefined) return undefined;
  if (rule.opens.unit === 'registrationCutOff') return cutOffWay(rule, rule.opens.from, setting);
  const base = startOf(rule.opens.from, subject, setting);
  const steps = base && offsetSteps(rule, { day: 'opens', ...rule.opens }, subject, setting);
  return base && steps && { anchor: base.anchor, steps: [...base.steps, ...steps] };
}

/** The cut-off that the target supplier has named; its working days are the supplier's own. */
function cutOffWay(rule: Rule, anchor: AnchorName, { order }: Setting): Way | undefined {
  const cutOff = order.registrationCutOff;
  if (cutOff === undefined) return undefined;
  const amount = cutOff.amount === 0 ? 0 : -cutOff.amount;
  const calendarOf = holderId(order, 'targetSupplier', undefined);
  const said = { source: 'the order', layer: 'order', assumed: false, why: 'registration cut-off of the new supplier' };
  return { anchor, steps: [{ amount, unit: cutOff.unit, calendarOf, roll: rollOfKind[rule.kind], ...said }] };
}

/** Counting from a window starts at its first day, the earliest on which the thing can happen (rules.md, E.10, E.12). */
function startOf(from: string, subject: Subject, setting: RuleSetting): Way | undefined {
  const event = followedEvents.find((name) => name === from);
  const anchor = event === undefined ? anchorNames.find((name) => name === from) : anchorOfEvent[event];
  if (anchor !== undefined) return { anchor, steps: [] };
  const base = baseOf(from, setting);
  return base && (wayOfOpening(base.rule, subject, base.setting) ?? wayOfRule(base.rule, subject, base.setting));
}

/** A rule that another is counted from. One for the whole migration has one day, whatever the layer of the party says of it. */
function baseOf(id: string, setting: RuleSetting): { rule: Rule; setting: RuleSetting } | undefined {
  const common = setting.ruleSet.rules.find((rule) => rule.id === id);
  if (common !== undefined && !isForParty(common))
    return { rule: common, setting: { ...setting, rules: setting.ruleSet } };
  const rule = setting.rules.rules.find((each) => each.id === id);
  return rule && { rule, setting };
}

/** The event that a rule is counted from in the end; its own day is then only a guess until that has happened. */
export function followedEventOf({ due, opens }: Rule, setting: RuleSetting): FollowedEvent | undefined {
  const { from } = opens ?? due;
  const event = followedEvents.find((name) => name === from);
  if (event !== undefined || anchorNames.some((name) => name === from)) return event;
  const base = baseOf(from, setting);
  return base && followedEventOf(base.rule, base.setting);
}

function offsetSteps(
  rule: Rule,
  { day, amount, unit }: LeadTime & { day: 'due' | 'opens' },
  subject: Subject,
  { order, rules }: RuleSetting,
): Step[] {
  const { source, assumed } = rule;
  const calendarOf = holderId(order, rule.holder, subject.party);
  const why = fillIn(rule.title, { party: subject.party?.name ?? '', site: subject.site?.name ?? '' });
  const roll = rollOfKind[rule.kind];
  const given = givenBy(rules, `rules.${rule.id}.${day}`);
  return [{ amount, unit, calendarOf, roll, why, source, assumed, ...given }];
}

/** The party's own working days count for its notice; whoever gives the notice has to be at work to do so. */
function noticeSteps(rule: Rule, { party }: Subject, setting: RuleSetting): Step[] | undefined {
  const notice = party === undefined ? undefined : noticeOf(party, setting.rules);
  if (party === undefined || notice === undefined) return undefined;
  const holder = holderId(setting.order, rule.holder, party);
  const why = `notice that ${party.name} needs`;
  return [
    stepOf(notice, -1, { calendarOf: party.id, roll: rollOfKind[rule.kind], why }),
    ...handOver(holder, setting, { why: 'not while the sender is closed' }),
  ];
}
