import type { Problem } from '../plan/types.js';
import { isEffective, rulesFor, type EffectiveRules } from '../ruleset/effective.js';
import type { RuleSet } from '../ruleset/schema.js';
import { error } from './problem.js';
import type { Order, Party } from './schema.js';

/** A notice that no public source fixes must be given with the order: it is never guessed. */
export function checkNotices({ parties }: Order, ruleSet: RuleSet | EffectiveRules): Problem[] {
  return parties.flatMap((party, index) => {
    const rules = isEffective(ruleSet) ? rulesFor(ruleSet, party) : ruleSet;
    return [
      ...thirdPartyNotice(party, index, rules),
      ...missingProducts(party, index),
      ...extractNotices(party, index, rules),
    ];
  });
}

function thirdPartyNotice(party: Party, index: number, { noticePeriods }: RuleSet): Problem[] {
  const { name, roles, thirdPartyKind, noticePeriod } = party;
  if (!roles.includes('thirdParty') || thirdPartyKind === undefined || noticePeriod !== undefined) return [];
  if (noticePeriods[thirdPartyKind] !== undefined) return [];
  const message = `nobody has said how much notice ${name} needs, and no public source fixes it for ${thirdPartyKind}; ask ${name} and add noticePeriod, like { amount: 4, unit: weeks }`;
  return [error('notice-missing', ['parties', index], message)];
}

const handsOverData = ({ roles }: Party): boolean => roles.includes('sourceSupplier') || roles.includes('dataSupplier');

function missingProducts(party: Party, index: number): Problem[] {
  if (!handsOverData(party) || (party.products ?? []).length > 0) return [];
  const message = `${party.name} hands over data but no product is named; add products, each with an id and a name`;
  return [error('product-missing', ['parties', index], message)];
}

/** The source supplier's notice can come from the rule set; that of other data suppliers only where a layer has one. */
function extractNotices(party: Party, index: number, { extracts }: RuleSet): Problem[] {
  if (extracts.dataSupplierNotice !== undefined) return [];
  if (!party.roles.includes('dataSupplier') || party.roles.includes('sourceSupplier')) return [];
  return (party.products ?? []).flatMap((product, at) => {
    if (product.extractNotice !== undefined) return [];
    const message = `nobody has said how much notice ${party.name} needs for an extract of ${product.name}; ask ${party.name} and add extractNotice, like { amount: 3, unit: weeks }`;
    return [error('notice-missing', ['parties', index, 'products', at], message)];
  });
}
