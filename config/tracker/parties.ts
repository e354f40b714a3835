/** Which parties of the template a practice has to do with. */
import type { Document } from 'yaml';
import { z } from 'zod';
import { nearest } from '../../rules/text/nearest.js';
import { folded } from './cells.js';
import type { TrackerColumn } from './columnsSchema.js';
import { translated, type Filling } from './filling.js';

const partySchema = z.looseObject({
  id: z.string(),
  name: z.string().optional(),
  roles: z.array(z.string()).default([]),
  thirdPartyKind: z.string().optional(),
});
const templateSchema = z.looseObject({
  parties: z.array(partySchema).default([]),
  confirmedAbsent: z.array(z.string()).default([]),
});
type Party = z.infer<typeof partySchema>;

const readTemplate = (order: Document): z.infer<typeof templateSchema> => {
  const read = templateSchema.safeParse(order.toJS() ?? {});
  return read.success ? read.data : { parties: [], confirmedAbsent: [] };
};

/** The id of the one supplier with a role; undefined where none or several have it. */
export function supplierWith(order: Document, role: 'sourceSupplier' | 'targetSupplier'): string | undefined {
  const [only, ...others] = readTemplate(order).parties.filter(({ roles }) => roles.includes(role));
  return others.length === 0 ? only?.id : undefined;
}

function partyCalled(name: string, column: TrackerColumn, parties: readonly Party[]): string | undefined {
  const called = folded(String(translated(column, name) ?? name));
  return parties.find((party) => folded(party.id) === called || folded(party.name ?? '') === called)?.id;
}

/** The ids that a cell names. */
function idsNamed(filling: Filling, column: TrackerColumn, text: string): string[] {
  const { parties } = readTemplate(filling.order);
  const whole = partyCalled(text, column, parties);
  if (whole !== undefined) return [whole];
  const names = text.split(';').filter((name) => name.trim() !== '');
  return names.flatMap((name) => {
    const id = partyCalled(name, column, parties);
    if (id !== undefined) return [id];
    const known = parties.map((party) => party.name ?? party.id);
    const fix = `the template has ${nearest(name.trim(), known).join(', ')}; add it there, or say under \`values\` which it is`;
    filling.problems.push({ header: column.header, what: `"${name.trim()}" is no party of the template`, fix });
    return [];
  });
}

/** Gives a role to the parties that a cell names, and takes it from every other. An empty cell leaves what the template has. */
export function fillParties(filling: Filling, column: TrackerColumn, role: string): void {
  const { order, cellOf } = filling;
  filling.origins.push({ field: 'parties', header: column.header, alone: true });
  const text = cellOf(column.header);
  if (text === undefined) return;
  const named = idsNamed(filling, column, text);
  const { parties } = readTemplate(order);
  parties.forEach(({ id, roles }, index) => {
    const others = roles.filter((each) => each !== role);
    order.setIn(['parties', index, 'roles'], order.createNode(named.includes(id) ? [...others, role] : others));
  });
}

/**
 * Leaves out the parties without a role, once every column has said who has one.
 *
 * @param areOthersAbsent the line has named its third parties: the kinds of those that are left out are confirmed absent
 */
export function dropWithoutRole(order: Document, areOthersAbsent: boolean): void {
  const { parties, confirmedAbsent } = readTemplate(order);
  const absent = new Set(confirmedAbsent);
  for (const [index, { roles, thirdPartyKind }] of [...parties.entries()].toReversed()) {
    if (roles.length > 0) continue;
    order.deleteIn(['parties', index]);
    if (areOthersAbsent && thirdPartyKind !== undefined) absent.add(thirdPartyKind);
  }
  const there = new Set(parties.filter(({ roles }) => roles.length > 0).map((party) => party.thirdPartyKind));
  const left = [...absent].filter((kind) => !there.has(kind));
  if (left.length > confirmedAbsent.length) order.setIn(['confirmedAbsent'], order.createNode(left));
}
