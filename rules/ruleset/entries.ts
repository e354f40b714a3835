/** The rules that count, flat, as they are shown. */
import type { Order } from '../order/schema.js';
import { rulesOfAll, subjectsOf } from '../plan/rules.js';
import { offsetText, type Layered, type Replaced } from './applyLayer.js';
import { layerOf, type EffectiveRules, type LayerRef } from './effective.js';
import type { Blackout } from './entitySchemas.js';
import type { Ladder } from './ladderSchema.js';
import { isForParty, type Rule } from './ruleSchema.js';
import { valueEntries, type ValueEntry } from './valueEntries.js';

export interface RuleEntry {
  rule: string;
  /** Set where it counts for this party alone. */
  party?: string;
  kind: Rule['kind'];
  forEach: Rule['forEach'];
  when?: Rule['when'];
  holder: Rule['holder'];
  opens?: string;
  due: string;
  ladder: string;
  blocks?: Rule['blocks'];
  source: string;
  /** Who had the last word on the rule; the next two on its days alone. */
  layer: string;
  dueLayer: string;
  opensLayer?: string;
  replaced: Replaced[];
  assumed: boolean;
  /** What other sources say. */
  alsoSeen: string[];
}

/** A rule that a layer or the order leaves out. */
export interface LeftOut {
  rule: string;
  party?: string;
  layer: string;
  source: string;
  replaced: Replaced[];
}

export interface LadderEntry {
  ladder: string;
  party?: string;
  layer: string;
  rungs: Ladder;
  replaced: Replaced[];
}

export interface RulesShown {
  ruleSet: LayerRef;
  layers: LayerRef[];
  rules: RuleEntry[];
  leftOut: LeftOut[];
  values: ValueEntry[];
  ladders: LadderEntry[];
  blackouts: (Blackout & { layer: string })[];
}

function ruleEntry(rules: Layered, rule: Rule, party?: string): RuleEntry {
  const { id, kind, forEach, when, holder, opens, due, ladder, blocks, source, assumed, alsoSeen } = rule;
  return {
    rule: id,
    ...(party !== undefined && { party }),
    kind,
    forEach,
    ...(when && { when }),
    holder,
    ...(opens && { opens: offsetText(opens) }),
    due: offsetText(due),
    ladder,
    ...(blocks && { blocks }),
    source,
    layer: layerOf(rules, `rules.${id}`),
    dueLayer: layerOf(rules, `rules.${id}.due`),
    ...(opens && { opensLayer: layerOf(rules, `rules.${id}.opens`) }),
    replaced: rules.origins[`rules.${id}`]?.replaced ?? [],
    assumed,
    alsoSeen,
  };
}

const ruleOf = ({ rules }: Layered, id: string): Rule | undefined => rules.find((rule) => rule.id === id);

/** Parties with a layer of their own that a rule is for. */
function partiesOf(rule: Rule, { byParty }: EffectiveRules, order: Order | undefined): [string, Layered][] {
  const ids = order === undefined ? [] : subjectsOf(rule, order).flatMap(({ party }) => party?.id ?? []);
  return Object.entries(byParty).filter(([id]) => ids.includes(id));
}

/** A rule as it counts in general, and for each party for which its own layer has another. */
function entriesOfRule(rule: Rule, rules: EffectiveRules, order: Order | undefined): RuleEntry[] {
  if (!isForParty(rule)) return [ruleEntry(rules, rule)];
  const { forOthers } = rules;
  const common = ruleOf(forOthers, rule.id);
  const last = layerOf(forOthers, `rules.${rule.id}`);
  const own = partiesOf(rule, rules, order).flatMap(([party, theirs]) => {
    const ownRule = ruleOf(theirs, rule.id);
    const isSame = common !== undefined && layerOf(theirs, `rules.${rule.id}`) === last;
    return ownRule === undefined || isSame ? [] : [ruleEntry(theirs, ownRule, party)];
  });
  return [...(common ? [ruleEntry(forOthers, common)] : []), ...own];
}

const LEFT_OUT = /^rules\.([^.]+)$/;

function leftOutOf(rules: Layered, party?: string): LeftOut[] {
  return Object.entries(rules.origins).flatMap(([key, { layer, source, replaced }]) => {
    const rule = LEFT_OUT.exec(key)?.[1];
    if (rule === undefined || ruleOf(rules, rule) !== undefined) return [];
    return [{ rule, ...(party !== undefined && { party }), layer, source, replaced }];
  });
}

/** What only the layer of a party leaves out, of the rules that are for it. */
function leftOutForParties(rules: EffectiveRules, order: Order | undefined): LeftOut[] {
  const { forOthers } = rules;
  return Object.entries(rules.byParty).flatMap(([party, theirs]) =>
    leftOutOf(theirs, party).filter((left) => {
      const rule = ruleOf(forOthers, left.rule);
      return rule !== undefined && partiesOf(rule, rules, order).some(([id]) => id === party);
    }),
  );
}

function ladderEntries(rules: Layered, party?: string): LadderEntry[] {
  return Object.entries(rules.ladders).map(([ladder, rungs]) => ({
    ladder,
    ...(party !== undefined && { party }),
    layer: layerOf(rules, `ladders.${ladder}`),
    rungs,
    replaced: rules.origins[`ladders.${ladder}`]?.replaced ?? [],
  }));
}

/** Ladders as they count in general, and those that a party's own layer puts in their place. */
function laddersOf({ forOthers, byParty }: EffectiveRules): LadderEntry[] {
  const isOwn = ({ ladder, layer }: LadderEntry): boolean => layer !== layerOf(forOthers, `ladders.${ladder}`);
  const own = Object.entries(byParty).flatMap(([party, theirs]) => ladderEntries(theirs, party).filter(isOwn));
  return [...ladderEntries(forOthers), ...own];
}

/**
 * Rules and values in the order of the rule set, and of each party what is different there.
 *
 * @param order without it, the rules as they stand alone
 */
export function entriesOf(rules: EffectiveRules, order?: Order): RulesShown {
  return {
    ruleSet: { id: rules.id, version: rules.version },
    layers: rules.layers,
    rules: rulesOfAll({ ruleSet: rules }).flatMap((rule) => entriesOfRule(rule, rules, order)),
    leftOut: [...leftOutOf(rules), ...leftOutForParties(rules, order)],
    values: valueEntries(rules, order),
    ladders: laddersOf(rules),
    blackouts: rules.blackouts.map((each) => ({ ...each, layer: layerOf(rules, `blackouts.${each.id}`) })),
  };
}
