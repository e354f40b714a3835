/** Notices, turnarounds and how many mails come before a call as they are shown: those of the rules, then what counts for each party of an order. */
import { describeLength } from '../calendar/wording.js';
import type { Order, Party } from '../order/schema.js';
import { extractNotice, turnaround, type Turnaround } from '../plan/handshakeSteps.js';
import type { Given } from '../plan/planning.js';
import { isSupplierOfData } from '../plan/handshakes.js';
import { noticeOf } from '../plan/ruleSteps.js';
import { mailsText, type Layered, type Replaced } from './applyLayer.js';
import { layerOf, rulesFor, type EffectiveRules } from './effective.js';
import { replacedBy, valuesOf } from './replaced.js';

export interface ValueEntry {
  /** `noticePeriods.eps` or `callAfterChases` of the rules; `noticePeriod`, `turnaround.sendsForm` or `products.core.extractNotice` of a party. */
  value: string;
  party?: string;
  length: string;
  source: string;
  layer: string;
  replaced: Replaced[];
  assumed: boolean;
}

/** @param order without it, no party */
export function valueEntries(rules: EffectiveRules, order: Order | undefined): ValueEntry[] {
  const { forOthers } = rules;
  const ofRules = valuesOf(forOthers).map(([key, given]): ValueEntry => {
    const { source, assumed } = given;
    const [layer, replaced] = [layerOf(forOthers, key), forOthers.origins[key]?.replaced ?? []];
    return { value: key, length: describeLength(given), source, layer, replaced, assumed };
  });
  const ofParties = order?.parties.flatMap((party) => partyEntries(party, rules, order)) ?? [];
  return [...ofRules, ...callEntries(rules), ...ofParties];
}

function callEntry(rules: Layered, party?: string): ValueEntry[] {
  const { callAfterChases: given, origins } = rules;
  if (given === undefined) return [];
  const { source, assumed } = given;
  const [layer, replaced] = [layerOf(rules, 'callAfterChases'), origins['callAfterChases']?.replaced ?? []];
  const value = { value: 'callAfterChases', ...(party !== undefined && { party }) };
  return [{ ...value, length: mailsText(given), source, layer, replaced, assumed }];
}

/** How many mails come before a call: in general, and of each party whose own layer says otherwise. */
function callEntries({ forOthers, byParty }: EffectiveRules): ValueEntry[] {
  const common = layerOf(forOthers, 'callAfterChases');
  const own = Object.entries(byParty).filter(([, theirs]) => layerOf(theirs, 'callAfterChases') !== common);
  return [...callEntry(forOthers), ...own.flatMap(([party, theirs]) => callEntry(theirs, party))];
}

const turnarounds: readonly Turnaround[] = ['sendsForm', 'returnsForm', 'confirmsForm', 'schedules'];

function partyEntries(party: Party, ruleSet: EffectiveRules, order: Order): ValueEntry[] {
  const rules = rulesFor(ruleSet, party);
  const notice = party.roles.includes('thirdParty') ? noticeOf(party, rules) : undefined;
  const products = isSupplierOfData(party) ? (party.products ?? []) : [];
  const values: [string, Given | undefined][] = [
    ['noticePeriod', notice],
    ...products.map((product): [string, Given | undefined] => [
      `products.${product.id}.extractNotice`,
      extractNotice({ order, ruleSet }, { party, product }),
    ]),
    ...(products.length === 0 ? [] : turnarounds).map((part): [string, Given] => [
      `turnaround.${part}`,
      turnaround({ order, ruleSet }, party, part),
    ]),
  ];
  return values.flatMap(([value, given]) => (given === undefined ? [] : [partyEntry(value, given, party, rules)]));
}

function partyEntry(value: string, given: Given, party: Party, rules: Layered): ValueEntry {
  const { source, layer, assumed } = given;
  const replaced = given.value === undefined ? [] : replacedBy(rules, given.value, layer);
  return { value, party: party.id, length: describeLength(given), source, layer, replaced, assumed };
}
