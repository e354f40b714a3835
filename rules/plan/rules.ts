import type { Order } from '../order/schema.js';
import { isForParty, type Rule } from '../ruleset/ruleSchema.js';
import { ladderForChannel } from './audience.js';
import type { Layered } from '../ruleset/applyLayer.js';
import { rulesFor } from '../ruleset/effective.js';
import { fillIn } from './fillIn.js';
import { holderId, holdingParty, ladderNamed, type MilestoneDraft, type Setting } from './planning.js';
import { knownIssuesOf } from './knownIssues.js';
import { share, sharedDraft } from './sharedDrafts.js';
import { followedEventOf, wayOfOpening, wayOfRule, type RuleSetting, type Subject } from './ruleSteps.js';

/** The milestones of the rules, in the order of the rule set: one for each party or site where the rule says so. */
export function draftRules(setting: Setting): MilestoneDraft[] {
  const { order, ruleSet } = setting;
  const drafts: MilestoneDraft[] = [];
  const all = rulesOfAll(setting);
  for (const rule of all)
    for (const subject of subjectsOf(rule, order)) {
      const rules = rulesFor(ruleSet, subject.party);
      const isCommon = all === ruleSet.rules && rules.rules === all;
      const own = isCommon ? rule : ownRule(rules, rule, subject);
      if (own !== undefined && applies(own, subject, order))
        drafts.push(sharedDraft(own, rules) ?? share(draftRule(own, subject, { rules, ...setting }), own, rules));
    }
  return drafts;
}

/** The rules of the whole migration, and after them those for a party that only its own layer has. */
export function rulesOfAll({ ruleSet }: Pick<Setting, 'ruleSet'>): Rule[] {
  const layered = [ruleSet.forOthers, ...Object.values(ruleSet.byParty)].filter(({ rules }) => rules !== ruleSet.rules);
  if (layered.length === 0) return ruleSet.rules;
  const known = new Set(ruleSet.rules.map(({ id }) => id));
  const more = layered.flatMap(({ rules }) => rules);
  const own = more.filter((rule) => isForParty(rule) && !known.has(rule.id));
  const others = new Map(own.map((rule) => [rule.id, rule]));
  return others.size === 0 ? ruleSet.rules : [...ruleSet.rules, ...others.values()];
}

/** A rule as it counts for its subject; undefined where it does not. A rule for no party counts as the whole migration has it. */
function ownRule(rules: Layered, rule: Rule, { party }: Subject): Rule | undefined {
  return party === undefined || rules.rules.includes(rule) ? rule : rules.rules.find(({ id }) => id === rule.id);
}

const wholeMigration: readonly Subject[] = [{}];

/** The parties or sites that a rule is for; one without either where it is for the whole migration. `when` is not looked at. */
export function subjectsOf({ forEach, kinds, exceptKinds }: Rule, order: Order): readonly Subject[] {
  if (forEach === 'migration') return wholeMigration;
  if (forEach === 'site') return order.practice.sites.map((site) => ({ site }));
  const parties = order.parties.filter((party) => party.roles.includes(forEach)).map((party) => ({ party }));
  return parties.filter(({ party: { thirdPartyKind: kind } }) => {
    const isWanted = kinds === undefined || (kind !== undefined && kinds.includes(kind));
    return isWanted && !(kind !== undefined && exceptKinds?.includes(kind));
  });
}

function applies({ when }: Rule, { party }: Subject, { practice, decisions }: Order): boolean {
  switch (when) {
    case undefined:
      return true;
    case 'dispensing':
      return practice.dispensing;
    case 'reconciliationNeeded':
      return decisions.reconciliation?.needed !== false;
    case 'reconciliationUndecided':
      return decisions.reconciliation === undefined;
    case 'patientsReRegisterOnline':
      return decisions.patientsReRegisterOnline === true;
    case 'reconfiguresAfterGoLive':
      return party?.reconfiguresAfterGoLive === true;
    case 'firstSelectionWithCsu':
      return decisions.firstSelectionWith === 'csu';
    case 'firstSelectionWithTargetSupplier':
      return decisions.firstSelectionWith !== 'csu';
    case 'thirdCheckingPhase':
      return decisions.dataCheckingPhases === 3;
    default: {
      const unknown: never = when;
      return unknown;
    }
  }
}

function draftRule(rule: Rule, subject: Subject, setting: RuleSetting): MilestoneDraft {
  const { order, rules } = setting;
  const party = subject.party ?? holdingParty(order, rule.holder, undefined);
  const way = wayOfRule(rule, subject, setting);
  const opens = wayOfOpening(rule, subject, setting);
  const suffix = subject.party?.id ?? subject.site?.id;
  const names = { party: subject.party?.name, site: subject.site?.name };
  const milestone: MilestoneDraft['milestone'] = {
    id: suffix === undefined ? rule.id : `${rule.id}.${suffix}`,
    ruleId: rule.id,
    kind: rule.kind,
    title: fillIn(rule.title, names),
    action: fillIn(rule.action, names),
    section: rule.section,
    source: rule.source,
    holder: holderId(order, rule.holder, subject.party),
    // Only the notice of a party can be missing, and such an order is refused.
    anchor: way?.anchor ?? 'order',
    steps: way?.steps ?? [],
    needsConfirmedDate: rule.kind === 'notice' || rule.kind === 'contact',
    waitsFor: [],
  };
  if (party !== undefined) milestone.partyId = party.id;
  if (subject.site !== undefined) milestone.siteId = subject.site.id;
  if (opens !== undefined) milestone.opens = opens;
  addBehaviour(milestone, rule, setting);
  return { milestone, ladder: ladderForChannel(ladderNamed(rules, rule.ladder), party) };
}

/** What a milestone does beside falling due. */
function addBehaviour(milestone: MilestoneDraft['milestone'], rule: Rule, setting: RuleSetting): void {
  const { order, rules } = setting;
  const follows = followedEventOf(rule, setting);
  const advice = rule.showsKnownIssues ? knownIssuesOf(order, rules) : [];
  if (rule.blocks !== undefined) milestone.blocks = rule.blocks;
  if (follows !== undefined) milestone.follows = follows;
  if (rule.counts !== undefined) milestone.counts = rule.counts;
  if (rule.decides !== undefined) milestone.decides = rule.decides;
  if (rule.when === 'reconciliationNeeded') milestone.restsOn = 'reconciliation';
  if (advice.length > 0) milestone.advice = advice;
}
