import type { Order } from '../order/schema.js';
import type { Rule } from '../ruleset/ruleSchema.js';
import { ladderForChannel } from './audience.js';
import { fillIn, holderId, holdingParty, ladderNamed, type MilestoneDraft, type Planning } from './planning.js';
import { knownIssuesOf } from './knownIssues.js';
import { followedEventOf, wayOfOpening, wayOfRule, type Subject } from './ruleSteps.js';

/** The milestones of the rules, in the order of the rule set: one for each party or site where the rule says so. */
export function draftRules(planning: Planning): MilestoneDraft[] {
  return planning.ruleSet.rules.flatMap((rule) =>
    subjectsOf(rule, planning.order)
      .filter((subject) => applies(rule, subject, planning.order))
      .map((subject) => draftRule(rule, subject, planning)),
  );
}

function subjectsOf({ forEach, kinds, exceptKinds }: Rule, order: Order): Subject[] {
  if (forEach === 'migration') return [{}];
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

function draftRule(rule: Rule, subject: Subject, planning: Planning): MilestoneDraft {
  const { order, ruleSet } = planning;
  const party = subject.party ?? holdingParty(order, rule.holder, undefined);
  const way = wayOfRule(rule, subject, planning);
  const opens = wayOfOpening(rule, subject, planning);
  const suffix = subject.party?.id ?? subject.site?.id;
  return {
    milestone: {
      id: suffix === undefined ? rule.id : `${rule.id}.${suffix}`,
      ...textsOf(rule, subject),
      ruleId: rule.id,
      kind: rule.kind,
      section: rule.section,
      source: rule.source,
      holder: holderId(order, rule.holder, subject.party),
      ...(party && { partyId: party.id }),
      ...(subject.site && { siteId: subject.site.id }),
      // Only the notice of a party can be missing, and such an order is refused.
      anchor: way?.anchor ?? 'order',
      steps: way?.steps ?? [],
      needsConfirmedDate: rule.kind === 'notice' || rule.kind === 'contact',
      waitsFor: [],
      ...(rule.blocks && { blocks: rule.blocks }),
      ...behaviourOf(rule, planning),
      ...(opens && { opens }),
    },
    ladder: ladderForChannel(ladderNamed(ruleSet, rule.ladder), party),
  };
}

/** What a milestone does beside falling due. */
function behaviourOf(rule: Rule, { order, ruleSet }: Planning) {
  const follows = followedEventOf(rule, ruleSet);
  const advice = rule.showsKnownIssues ? knownIssuesOf(order, ruleSet) : [];
  return {
    ...(follows && { follows }),
    ...(rule.counts && { counts: rule.counts }),
    ...(rule.decides && { decides: rule.decides }),
    ...(rule.when === 'reconciliationNeeded' && { restsOn: 'reconciliation' as const }),
    ...(advice.length > 0 && { advice }),
  };
}

function textsOf(rule: Rule, { party, site }: Subject) {
  const names = { ...(party && { party: party.name }), ...(site && { site: site.name }) };
  return { title: fillIn(rule.title, names), action: fillIn(rule.action, names) };
}
