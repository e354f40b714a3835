/**
 * The rules that count for one order: the rule set, over it the layers of its region and what else it switches on, over those
 * the layers of its suppliers, and last what the order itself changes.
 */
import type { Order, Party } from '../order/schema.js';
import { applyChanges, applyLayer, type Layered } from './applyLayer.js';
import type { Layer } from './layerSchema.js';
import type { RuleSet } from './schema.js';

/** A layer as a plan names it. */
export interface LayerRef {
  id: string;
  version: string;
}

export interface EffectiveRules extends Layered {
  /** Every layer that counts somewhere in this order, in the order in which they count. */
  layers: LayerRef[];
  /** Of the parties that have a layer of their own: what counts for them. */
  byParty: Record<string, Layered>;
  /** What counts for every other party: a supplier's layer is nobody else's. */
  forOthers: Layered;
}

const plain = new WeakMap<RuleSet, EffectiveRules>();

/** Of rules without any layer: every value is their own, and need not be looked up. */
const noOrigins: Layered['origins'] = {};

/** @param rules a rule set, or what `effectiveRules` has made of one */
export function isEffective(rules: RuleSet | EffectiveRules): rules is EffectiveRules {
  return 'byParty' in rules;
}

/** The rules without any layer. */
function unlayered(base: RuleSet): EffectiveRules {
  const known = plain.get(base);
  if (known !== undefined) return known;
  const alone: Layered = { ...base, origins: noOrigins };
  const rules = { ...alone, layers: [], byParty: {}, forOthers: alone };
  plain.set(base, rules);
  return rules;
}

/**
 * What counts in one order.
 *
 * For what is for a party (a rule for each of a kind, its notice, its extracts) the layer of that party counts and no other
 * supplier's. For what is for the whole migration those of the source and then of the target supplier do. Layers that the order
 * names but that are not among `layers` are left out; `checkLayers` says so.
 *
 * @param base checked by `checkRuleSet`
 * @param layers checked by `checkLayer`, in any order
 */
export function effectiveRules(base: RuleSet, layers: readonly Layer[], order: Order): EffectiveRules {
  if (layers.length === 0 && order.ruleChanges.length === 0) return unlayered(base);
  const { forAll, forOthers, byParty } = combinationsOf(layers, order);
  const used = [...new Set([...forOthers, ...Object.values(byParty).flat()])];
  if (used.length === 0 && order.ruleChanges.length === 0) return unlayered(base);
  const withLayers = (combination: readonly Layer[]): Layered =>
    applyChanges(combination.reduce<Layered>(applyLayer, { ...base, origins: {} }), order.ruleChanges, 'order');
  return {
    ...withLayers(forAll),
    layers: used.map(({ id, version }) => ({ id, version })),
    byParty: Object.fromEntries(Object.entries(byParty).map(([party, own]) => [party, withLayers(own)])),
    forOthers: withLayers(forOthers),
  };
}

/** Which layers count together, in the order in which they count. */
export interface Combinations {
  /** For what is for the whole migration. */
  forAll: Layer[];
  /** For parties without a layer of their own. */
  forOthers: Layer[];
  byParty: Record<string, Layer[]>;
}

/** @param layers those that the order names, in any order; what is not among them is left out */
export function combinationsOf(layers: readonly Layer[], { layers: named, parties }: Order): Combinations {
  const byId = new Map(layers.map((layer) => [layer.id, layer]));
  const common = [...new Set(named)].flatMap((id) => byId.get(id) ?? []);
  const ofParty = ({ layer }: Party): Layer[] => (layer === undefined ? [] : [byId.get(layer) ?? []].flat());
  const suppliers = (['sourceSupplier', 'targetSupplier'] as const).flatMap((role) =>
    parties.filter(({ roles }) => roles.includes(role)).flatMap(ofParty),
  );
  const layered = parties.filter((party) => ofParty(party).length > 0);
  return {
    forAll: [...new Set([...common, ...suppliers])],
    forOthers: common,
    byParty: Object.fromEntries(layered.map((party) => [party.id, [...common, ...ofParty(party)]])),
  };
}

/** The rules as they count for one party; for none, as they count for the whole migration. */
export function rulesFor(rules: EffectiveRules, party: Party | undefined): Layered {
  return rulesForId(rules, party?.id);
}

/** The same by the party's id. */
export function rulesForId(rules: EffectiveRules, partyId: string | undefined): Layered {
  if (partyId === undefined) return rules;
  // A party can have a name that every object knows, like `constructor`.
  const own = Object.hasOwn(rules.byParty, partyId) ? rules.byParty[partyId] : undefined;
  return own ?? rules.forOthers;
}

/** The rules as they count for a milestone: for its party where the rule has one for each, else for the whole migration. */
export function rulesOfMilestone(
  rules: EffectiveRules,
  { id, ruleId, partyId }: { id: string; ruleId: string; partyId?: string },
): Layered {
  return rulesForId(rules, partyId !== undefined && id === `${ruleId}.${partyId}` ? partyId : undefined);
}

/** Which layer gave a value, as a step records it: its key only where it is not the rule set's own. */
export function givenBy(rules: Layered, key: string): { layer: string; value?: string } {
  if (rules.origins === noOrigins) return { layer: rules.id };
  const layer = layerOf(rules, key);
  return rules.origins[key] === undefined ? { layer } : { layer, value: key };
}

/** Which layer gave a value: the id of a layer, `order`, or the rule set's own id. @param key as in `Layered.origins` */
export function layerOf(rules: Layered, key: string): string {
  return rules.origins[key]?.layer ?? rules.id;
}
