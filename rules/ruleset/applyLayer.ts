/** Lays one layer over the rules, and keeps what it took the place of. */
import { describeLength } from '../calendar/wording.js';
import type { RuleChange } from '../order/ruleChange.js';
import { thirdPartyKindSchema } from '../order/schema.js';
import type { Layer } from './layerSchema.js';
import type { Rule } from './ruleSchema.js';
import type { RuleSet } from './schema.js';

/** What a value took the place of. */
export interface Replaced {
  layer: string;
  /** In words: `5 weeks`, `due -6 weeks from finalDataProduction`. */
  value: string;
  source: string;
}

/** Where a value comes from, with what it took the place of, the newest first. */
export interface Origin {
  layer: string;
  replaced: Replaced[];
}

/** Rules with the origin of every value that is not the rule set's own. */
export interface Layered extends RuleSet {
  /** By `rules.ID`, `ladders.NAME`, `noticePeriods.KIND`, `extracts.sourceSupplierNotice`, `extracts.turnaround.PART` and so on. */
  origins: Record<string, Origin>;
}

interface Value {
  amount: number;
  unit: 'weeks' | 'days' | 'workingDays' | 'months' | 'hours';
  source: string;
}

type Offset = Rule['due'] | NonNullable<Rule['opens']>;

/** A day counted from another, as the file says it: `-5 workingDays from finalDataProduction`. */
export function offsetText(offset: Offset): string {
  if (offset.unit === 'noticePeriod' || offset.unit === 'registrationCutOff')
    return `${offset.unit} before ${offset.from}`;
  return `${offset.amount} ${offset.unit} from ${offset.from}`;
}

/** The parts of a rule that a change can take the place of, in words. */
function ruleText({ due, opens, holder, ladder }: Rule): string {
  const first = opens === undefined ? '' : `opens ${offsetText(opens)}, `;
  return `${first}due ${offsetText(due)}, held by ${holder}, ladder ${ladder}`;
}

function withOrigin(
  rules: Layered,
  key: string,
  layer: string,
  replaced: Omit<Replaced, 'layer'> | undefined,
): Layered {
  const before = rules.origins[key];
  const old = replaced === undefined ? [] : [{ layer: before?.layer ?? rules.id, ...replaced }];
  const origin = { layer, replaced: [...old, ...(before?.replaced ?? [])] };
  return { ...rules, origins: { ...rules.origins, [key]: origin } };
}

/** A change names only what is different; of a day counted from somewhere each part by itself. */
function changedOffset<T extends Offset | undefined>(offset: T, change: RuleChange['due']): T {
  return change === undefined ? offset : Object.assign({}, offset, change);
}

function changedRule(rule: Rule, change: RuleChange): Rule {
  const { title, action, holder, ladder, source } = change;
  const isDated = change.due !== undefined || change.opens !== undefined;
  const opens = changedOffset(rule.opens, change.opens);
  return {
    ...rule,
    ...(title !== undefined && { title }),
    ...(action !== undefined && { action }),
    ...(holder !== undefined && { holder }),
    ...(ladder !== undefined && { ladder }),
    due: changedOffset(rule.due, change.due),
    ...(opens !== undefined && { opens }),
    source,
    assumed: change.assumed ?? (isDated ? false : rule.assumed),
    alsoSeen: isDated ? [...rule.alsoSeen, `${ruleText(rule)} (${rule.source})`] : rule.alsoSeen,
  };
}

function applyChange(rules: Layered, change: RuleChange, layer: string): Layered {
  const rule = rules.rules.find(({ id }) => id === change.rule);
  if (rule === undefined) return rules;
  const others = rules.rules.filter((each) => each !== rule);
  const changed = rules.rules.map((each) => (each === rule ? changedRule(rule, change) : each));
  const result = { ...rules, rules: change.applies === false ? others : changed };
  const key = `rules.${rule.id}`;
  const told = withOrigin(result, key, layer, { value: ruleText(rule), source: rule.source });
  const isDated = change.due !== undefined || change.opens !== undefined;
  return isDated ? withOrigin(told, `${key}.due`, layer, undefined) : told;
}

/** Changes single rules; one that is not there is passed over. @param layer id of the layer, or `order` */
export function applyChanges(rules: Layered, changes: readonly RuleChange[], layer: string): Layered {
  return changes.reduce((next, change) => applyChange(next, change, layer), rules);
}

/** Gives a period its new value, and keeps the old one. */
function withValue(rules: Layered, key: string, layer: string, old: Value | undefined): Layered {
  const replaced = old && { value: describeLength(old), source: old.source };
  return withOrigin(rules, key, layer, replaced);
}

function applyNotices(rules: Layered, { id, noticePeriods }: Layer): Layered {
  const kinds = thirdPartyKindSchema.options.filter((kind) => noticePeriods[kind] !== undefined);
  return kinds.reduce((next, kind) => withValue(next, `noticePeriods.${kind}`, id, rules.noticePeriods[kind]), {
    ...rules,
    noticePeriods: { ...rules.noticePeriods, ...noticePeriods },
  });
}

function applyExtracts(rules: Layered, { id, extracts }: Layer): Layered {
  const { turnaround, ...notices } = extracts;
  const old = rules.extracts;
  const merged = { ...old, ...notices, turnaround: { ...old.turnaround, ...turnaround } };
  const changed: Layered = { ...rules, extracts: merged };
  const keys = [
    ...(['sourceSupplierNotice', 'dataSupplierNotice'] as const).flatMap((name) =>
      notices[name] === undefined ? [] : [{ key: `extracts.${name}`, was: old[name] }],
    ),
    ...(['sendsForm', 'returnsForm', 'confirmsForm', 'schedules'] as const).flatMap((part) =>
      turnaround[part] === undefined ? [] : [{ key: `extracts.turnaround.${part}`, was: old.turnaround[part] }],
    ),
  ];
  return keys.reduce((next, { key, was }) => withValue(next, key, id, was), changed);
}

function applyDurations({ usualDurations, ...rules }: Layered, layer: Layer): Layered {
  const isReplaced = ({ from, to }: (typeof usualDurations)[number]): boolean =>
    layer.usualDurations.some((other) => other.from === from && other.to === to);
  return { ...rules, usualDurations: [...usualDurations.filter((each) => !isReplaced(each)), ...layer.usualDurations] };
}

/** @param layer made for this rule set, and checked by `checkLayer` */
export function applyLayer(rules: Layered, layer: Layer): Layered {
  const added: Layered = {
    ...rules,
    ladders: { ...rules.ladders, ...layer.ladders },
    rules: [...rules.rules, ...layer.rules],
    counters: [...rules.counters, ...layer.counters],
    knownIssues: [...rules.knownIssues, ...layer.knownIssues],
    blackouts: [...rules.blackouts, ...layer.blackouts],
  };
  const keys = [
    ...layer.rules.flatMap(({ id }) => [`rules.${id}`, `rules.${id}.due`]),
    ...Object.keys(layer.ladders).map((name) => `ladders.${name}`),
    ...layer.blackouts.map(({ id }) => `blackouts.${id}`),
  ];
  const told = keys.reduce((next, key) => withOrigin(next, key, layer.id, undefined), added);
  return applyChanges(applyDurations(applyExtracts(applyNotices(told, layer), layer), layer), layer.changes, layer.id);
}
