/** The rules that count, flat, as they are shown. */
import { describeLength } from '../../rules/calendar/wording.js';
import type { LeadTime } from '../../rules/calendar/leadTime.js';
import type { Party } from '../../rules/order/schema.js';
import { offsetText, type Layered, type Replaced } from '../../rules/ruleset/applyLayer.js';
import { layerOf, type EffectiveRules, type LayerRef } from '../../rules/ruleset/effective.js';
import type { Blackout } from '../../rules/ruleset/entitySchemas.js';
import type { Rule } from '../../rules/ruleset/ruleSchema.js';

export interface RuleEntry {
  rule: string;
  /** Set where it counts for this party alone. */
  party?: string;
  kind: Rule['kind'];
  holder: Rule['holder'];
  opens?: string;
  due: string;
  ladder: string;
  source: string;
  layer: string;
  replaced: Replaced[];
  assumed: boolean;
  /** What other sources say. */
  alsoSeen: string[];
}

/** A notice or a turnaround. */
export interface ValueEntry {
  value: string;
  party?: string;
  length: string;
  source: string;
  layer: string;
  replaced: Replaced[];
  assumed: boolean;
}

export interface RulesShown {
  ruleSet: LayerRef;
  layers: LayerRef[];
  rules: RuleEntry[];
  values: ValueEntry[];
  blackouts: (Blackout & { layer: string })[];
}

function ruleEntry(rules: Layered, rule: Rule, party?: string): RuleEntry {
  const { id, kind, holder, opens, due, ladder, source, assumed, alsoSeen } = rule;
  return {
    rule: id,
    ...(party !== undefined && { party }),
    kind,
    holder,
    ...(opens && { opens: offsetText(opens) }),
    due: offsetText(due),
    ladder,
    source,
    layer: layerOf(rules, `rules.${id}`),
    replaced: rules.origins[`rules.${id}`]?.replaced ?? [],
    assumed,
    alsoSeen,
  };
}

const isForParty = ({ forEach }: Rule): boolean => forEach !== 'migration' && forEach !== 'site';

type Given = LeadTime & { source: string; assumed: boolean };

function valueEntries(rules: Layered, party?: string): ValueEntry[] {
  const { extracts, noticePeriods } = rules;
  const { sourceSupplierNotice, dataSupplierNotice, turnaround } = extracts;
  const all: [string, Given | undefined][] = [
    ...Object.entries(noticePeriods).map(([kind, value]): [string, Given] => [`noticePeriods.${kind}`, value]),
    ['extracts.sourceSupplierNotice', sourceSupplierNotice],
    ['extracts.dataSupplierNotice', dataSupplierNotice],
    ...Object.entries(turnaround).map(([part, value]): [string, Given] => [`extracts.turnaround.${part}`, value]),
  ];
  return all.flatMap(([key, value]) => {
    if (value === undefined) return [];
    const replaced = rules.origins[key]?.replaced ?? [];
    const { source, assumed } = value;
    const entry = { value: key, length: describeLength(value), source, layer: layerOf(rules, key), replaced, assumed };
    return [party === undefined ? entry : { ...entry, party }];
  });
}

/** What the order itself says of a party goes before everything else. */
function orderEntries({ id: party, noticePeriod, turnaround = {}, products = [] }: Party): ValueEntry[] {
  const given: [string, LeadTime | undefined][] = [
    ['noticePeriod', noticePeriod],
    ...Object.entries(turnaround).map(([part, value]): [string, LeadTime | undefined] => [`turnaround.${part}`, value]),
    ...products.map(({ id, extractNotice }): [string, LeadTime | undefined] => [
      `products.${id}.extractNotice`,
      extractNotice,
    ]),
  ];
  return given.flatMap(([value, length]) => {
    if (length === undefined) return [];
    const said = { source: 'the order', layer: 'order', replaced: [], assumed: false };
    return [{ value, party, length: describeLength(length), ...said }];
  });
}

/** Rules and values of the whole migration, and of each party what is different there. */
export function entriesOf(rules: EffectiveRules, parties: readonly Party[]): RulesShown {
  const own = Object.entries(rules.byParty);
  const isOwn = ({ layer }: { layer: string }, { layers }: EffectiveRules): boolean =>
    layers.some(({ id }) => id === layer);
  return {
    ruleSet: { id: rules.id, version: rules.version },
    layers: rules.layers,
    rules: [
      ...rules.rules.filter((rule) => !isForParty(rule)).map((rule) => ruleEntry(rules, rule)),
      ...rules.forOthers.rules.filter(isForParty).map((rule) => ruleEntry(rules.forOthers, rule)),
      ...own.flatMap(([party, theirs]) =>
        theirs.rules
          .filter(isForParty)
          .map((rule) => ruleEntry(theirs, rule, party))
          .filter((entry) => isOwn(entry, rules)),
      ),
    ],
    values: [
      ...valueEntries(rules.forOthers),
      ...own.flatMap(([party, theirs]) => valueEntries(theirs, party).filter((entry) => isOwn(entry, rules))),
      ...parties.flatMap(orderEntries),
    ],
    blackouts: rules.blackouts.map((each) => ({ ...each, layer: layerOf(rules, `blackouts.${each.id}`) })),
  };
}
