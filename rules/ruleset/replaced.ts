/** What a notice, a turnaround or a day of a rule took the place of. */
import type { LeadTime } from '../calendar/leadTime.js';
import { describeLength } from '../calendar/wording.js';
import { thirdPartyKindSchema } from '../order/schema.js';
import type { Layered, Replaced } from './applyLayer.js';
import { layerOf } from './effective.js';
import type { RuleSet } from './schema.js';

/** A length with who said so. */
export type GivenValue = LeadTime & { source: string; assumed: boolean };

/** Every notice and turnaround that the rules have, by its key in `Layered.origins`. */
export function valuesOf({ noticePeriods, extracts }: RuleSet): [key: string, value: GivenValue][] {
  const { sourceSupplierNotice, dataSupplierNotice, turnaround } = extracts;
  const all: [string, GivenValue | undefined][] = [
    ...thirdPartyKindSchema.options.map((kind): [string, GivenValue | undefined] => [
      `noticePeriods.${kind}`,
      noticePeriods[kind],
    ]),
    ['extracts.sourceSupplierNotice', sourceSupplierNotice],
    ['extracts.dataSupplierNotice', dataSupplierNotice],
    ...Object.entries(turnaround).map(([part, value]): [string, GivenValue] => [`extracts.turnaround.${part}`, value]),
  ];
  return all.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));
}

/**
 * What a value took the place of, the newest first.
 *
 * @param key as in `Layered.origins`
 * @param layer who gave the value that counts; `order` also where it is a field of a party, of which the rules know nothing
 */
export function replacedBy(rules: Layered, key: string, layer: string): Replaced[] {
  const origin = rules.origins[key];
  const replaced = origin?.replaced ?? [];
  if (layerOf(rules, key) === layer) return replaced;
  const [, old] = valuesOf(rules).find(([name]) => name === key) ?? [];
  if (old === undefined) return replaced;
  return [{ layer: layerOf(rules, key), value: describeLength(old), source: old.source }, ...replaced];
}
