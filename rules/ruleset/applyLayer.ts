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
  /** Who said so there. */
  source: string;
  replaced: Replaced[];
}

/** Rules with the origin of every value that is not the rule set's own. */
export interface Layered extends RuleSet {
  /**
   * By `rules.ID` for what was last done to a rule, `rules.ID.due` and `rules.ID.opens` for its days, `ladders.NAME`,
   * `noticePeriods.KIND`, `extracts.sourceSupplierNotice`, `extracts.turnaround.PART`, `callAfterChases`, `blackouts.ID` and so on.
   */
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
function ruleText({ due, opens, holder, ladder, blocks }: Rule): string {
  const first = opens === undefined ? '' : `opens ${offsetText(opens)}, `;
  const last = blocks === undefined ? '' : `, blocks ${blocks}`;
  return `${first}due ${offsetText(due)}, held by ${holder}, ladder ${ladder}${last}`;
}

interface By {
  /** Id of the layer, or `order`. */
  layer: string;
  source: string;
}

/** @param was what the value has been so far, and who said so; undefined where there was none */
function withOrigin(rules: Layered, key: string, by: By, was: { value: string; source: string } | undefined): Layered {
  const before = rules.origins[key];
  const old = was === undefined ? [] : [{ layer: before?.layer ?? rules.id, ...was }];
  const origin = { ...by, replaced: [...old, ...(before?.replaced ?? [])] };
  return { ...rules, origins: { ...rules.origins, [key]: origin } };
}

const changesDays = ({ due, opens }: RuleChange): boolean => due !== undefined || opens !== undefined;

/** A change names only what is different; of a day counted from somewhere each part by itself. */
function changedOffset<T extends Offset | undefined>(offset: T, change: RuleChange['due']): T {
  return change === undefined ? offset : Object.assign({}, offset, change);
}

function changedRule({ blocks, ...rule }: Rule, change: RuleChange): Rule {
  const { title, action, holder, ladder, source } = change;
  const isDated = changesDays(change);
  const opens = changedOffset(rule.opens, change.opens);
  const waits = change.blocks ?? blocks;
  return {
    ...rule,
    ...(waits !== undefined && waits !== 'nothing' && { blocks: waits }),
    ...(title !== undefined && { title }),
    ...(action !== undefined && { action }),
    ...(holder !== undefined && { holder }),
    ...(ladder !== undefined && { ladder }),
    due: changedOffset(rule.due, change.due),
    ...(opens !== undefined && { opens }),
    // A source is that of the number: who else is to act or to be told says nothing about it.
    source: isDated || change.assumed !== undefined ? source : rule.source,
    assumed: change.assumed ?? (isDated ? false : rule.assumed),
    alsoSeen: [...rule.alsoSeen, ...(change.alsoSeen ?? [])],
  };
}

function applyChange(rules: Layered, change: RuleChange, layer: string): Layered {
  const rule = rules.rules.find(({ id }) => id === change.rule);
  if (rule === undefined) return rules;
  const others = rules.rules.filter((each) => each !== rule);
  const changed = rules.rules.map((each) => (each === rule ? changedRule(rule, change) : each));
  const result = { ...rules, rules: change.applies === false ? others : changed };
  const key = `rules.${rule.id}`;
  const by = { layer, source: change.source };
  const told = withOrigin(result, key, by, {
    value: ruleText(rule),
    source: rules.origins[key]?.source ?? rule.source,
  });
  return (['due', 'opens'] as const).reduce((next, day) => {
    const old = rule[day];
    if (change[day] === undefined || old === undefined) return next;
    const was = { value: offsetText(old), source: rules.origins[`${key}.${day}`]?.source ?? rule.source };
    return withOrigin(next, `${key}.${day}`, by, was);
  }, told);
}

/** Changes single rules; one that is not there is passed over. @param layer id of the layer, or `order` */
export function applyChanges(rules: Layered, changes: readonly RuleChange[], layer: string): Layered {
  return changes.reduce((next, change) => applyChange(next, change, layer), rules);
}

interface NewValue {
  key: string;
  is: Value | undefined;
  was: Value | undefined;
}

/** Tells of each new value whose it is, and keeps the old one. */
function withValues(rules: Layered, layer: string, values: readonly NewValue[]): Layered {
  return values.reduce((next, { key, is, was }) => {
    if (is === undefined) return next;
    const old = was && { value: describeLength(was), source: was.source };
    return withOrigin(next, key, { layer, source: is.source }, old);
  }, rules);
}

function applyNotices(rules: Layered, { id, noticePeriods }: Layer): Layered {
  const changed = { ...rules, noticePeriods: { ...rules.noticePeriods, ...noticePeriods } };
  const values = thirdPartyKindSchema.options.map((kind) => ({
    key: `noticePeriods.${kind}`,
    is: noticePeriods[kind],
    was: rules.noticePeriods[kind],
  }));
  return withValues(changed, id, values);
}

function applyExtracts(rules: Layered, { id, extracts }: Layer): Layered {
  const { turnaround, ...notices } = extracts;
  const old = rules.extracts;
  const merged = { ...old, ...notices, turnaround: { ...old.turnaround, ...turnaround } };
  const values = [
    ...(['sourceSupplierNotice', 'dataSupplierNotice'] as const).map((name) => ({
      key: `extracts.${name}`,
      is: notices[name],
      was: old[name],
    })),
    ...(['sendsForm', 'returnsForm', 'confirmsForm', 'schedules'] as const).map((part) => ({
      key: `extracts.turnaround.${part}`,
      is: turnaround[part],
      was: old.turnaround[part],
    })),
  ];
  return withValues({ ...rules, extracts: merged }, id, values);
}

/** How many mails come before a call, in words: `3 mails`. */
export const mailsText = ({ amount }: NonNullable<RuleSet['callAfterChases']>): string =>
  amount === 1 ? '1 mail' : `${amount} mails`;

function applyCalls(rules: Layered, { id, callAfterChases: is }: Layer): Layered {
  const was = rules.callAfterChases;
  if (is === undefined) return rules;
  const old = was && { value: mailsText(was), source: was.source };
  return withOrigin({ ...rules, callAfterChases: is }, 'callAfterChases', { layer: id, source: is.source }, old);
}

function applyDurations({ usualDurations, ...rules }: Layered, layer: Layer): Layered {
  const isReplaced = ({ from, to }: (typeof usualDurations)[number]): boolean =>
    layer.usualDurations.some((other) => other.from === from && other.to === to);
  return { ...rules, usualDurations: [...usualDurations.filter((each) => !isReplaced(each)), ...layer.usualDurations] };
}

interface NewEntry {
  key: string;
  source: string;
  was?: { value: string; source: string };
}

const rungsText = (ladder: Layer['ladders'][string]): string => ladder.map(({ id }) => id).join(', ');

/** What a layer adds, and ladders that it puts in the place of others. */
function newEntries({ ladders, origins, title }: Layered, layer: Layer): NewEntry[] {
  return [
    ...layer.rules.flatMap(({ id, source }) =>
      [`rules.${id}`, `rules.${id}.due`, `rules.${id}.opens`].map((key) => ({ key, source })),
    ),
    ...Object.keys(layer.ladders).map((name): NewEntry => {
      const old = ladders[name];
      const key = `ladders.${name}`;
      const was = old && { value: rungsText(old), source: origins[key]?.source ?? title };
      return { key, source: layer.source, ...(was && { was }) };
    }),
    ...layer.blackouts.map(({ id, source }) => ({ key: `blackouts.${id}`, source })),
  ];
}

/** @param layer made for this rule set, and checked by `checkLayer` */
export function applyLayer(rules: Layered, layer: Layer): Layered {
  const added: Layered = {
    ...rules,
    // The same object where nothing changes, so that it can be seen.
    ladders: Object.keys(layer.ladders).length === 0 ? rules.ladders : { ...rules.ladders, ...layer.ladders },
    rules: [...rules.rules, ...layer.rules],
    counters: [...rules.counters, ...layer.counters],
    knownIssues: [...rules.knownIssues, ...layer.knownIssues],
    blackouts: [...rules.blackouts, ...layer.blackouts],
  };
  const told = newEntries(rules, layer).reduce(
    (next, { key, source, was }) => withOrigin(next, key, { layer: layer.id, source }, was),
    added,
  );
  return applyChanges(
    applyDurations(applyCalls(applyExtracts(applyNotices(told, layer), layer), layer), layer),
    layer.changes,
    layer.id,
  );
}
