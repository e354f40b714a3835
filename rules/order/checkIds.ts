import type { Problem } from '../plan/types.js';
import { error, type Path } from './problem.js';
import type { Order } from './schema.js';

/** Words that closures and holders use beside the ids of parties. */
const reserved = ['practice', 'csu', 'everyone'];

/** One source and one target supplier; every id once, and none that means somebody else. */
export function checkIds(order: Order): Problem[] {
  const partyIds = order.parties.map(({ id }, index) => ({ id, path: ['parties', index, 'id'] }));
  const siteIds = order.practice.sites.map(({ id }, index) => ({ id, path: ['practice', 'sites', index, 'id'] }));
  return [
    ...oneSupplier(order, 'sourceSupplier'),
    ...oneSupplier(order, 'targetSupplier'),
    ...repeated(partyIds, 'party'),
    ...repeated(siteIds, 'site'),
    ...order.parties.flatMap(({ products = [] }, party) =>
      repeated(
        products.map(({ id }, index) => ({ id, path: ['parties', party, 'products', index, 'id'] })),
        'product of this party',
      ),
    ),
    ...partyIds
      .filter(({ id }) => reserved.includes(id))
      .map(({ id, path }) => error('reserved-id', path, `"${id}" means somebody else here; give the party another id`)),
  ];
}

function oneSupplier({ parties }: Order, role: 'sourceSupplier' | 'targetSupplier'): Problem[] {
  const indexes = parties.flatMap(({ roles }, index) => (roles.includes(role) ? [index] : []));
  const [first, second] = indexes;
  if (first === undefined)
    return [error('supplier-count', ['parties'], `no party has the role ${role}; give it to exactly one`)];
  if (second === undefined) return [];
  const names = indexes.map((index) => parties[index]?.name).join(' and ');
  const message = `${names} both have the role ${role}; a migration has exactly one, so take it from the others`;
  return [error('supplier-count', ['parties', second, 'roles'], message)];
}

function repeated(ids: readonly { id: string; path: Path }[], what: string): Problem[] {
  return ids
    .filter(({ id }, index) => ids.findIndex((other) => other.id === id) < index)
    .map(({ id, path }) => error('duplicate-id', path, `"${id}" is the id of another ${what} too; give each its own`));
}
