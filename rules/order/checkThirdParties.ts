import type { Problem } from '../plan/types.js';
import { error, warning } from './problem.js';
import { thirdPartyKindSchema, type Order } from './schema.js';

/** Every kind of third party of the guide is in the order or confirmed absent, and none is both. */
export function checkThirdParties(order: Order): Problem[] {
  return [...kindsOfParties(order), ...bothWays(order), ...openKinds(order)];
}

function kindsOfParties({ parties }: Order): Problem[] {
  return parties.flatMap(({ name, roles, thirdPartyKind }, index) => {
    const isThirdParty = roles.includes('thirdParty');
    if (isThirdParty && thirdPartyKind === undefined) {
      const choices = thirdPartyKindSchema.options.join(', ');
      const message = `${name} is a third party of no kind; add thirdPartyKind, one of ${choices}`;
      return [error('third-party-kind-missing', ['parties', index], message)];
    }
    if (isThirdParty || thirdPartyKind === undefined) return [];
    const message = `${name} has a thirdPartyKind but not the role thirdParty, so it gets no notice; add the role if it needs one`;
    return [warning('third-party-kind-unused', ['parties', index, 'thirdPartyKind'], message)];
  });
}

const kindsOf = ({ parties }: Order) =>
  parties.flatMap(({ roles, thirdPartyKind }) => (roles.includes('thirdParty') ? (thirdPartyKind ?? []) : []));

function bothWays(order: Order): Problem[] {
  const named = kindsOf(order);
  return order.confirmedAbsent.flatMap((kind, index) => {
    if (!named.includes(kind)) return [];
    const message = `${kind} is confirmed absent, but a party of this kind is in the order; take one of the two out`;
    return [error('third-party-kind-both', ['confirmedAbsent', index], message)];
  });
}

function openKinds(order: Order): Problem[] {
  const known = new Set([...kindsOf(order), ...order.confirmedAbsent]);
  const open = thirdPartyKindSchema.options.filter((kind) => !known.has(kind));
  if (open.length === 0) return [];
  const message = `nobody has said whether the practice uses ${open.join(', ')}; add a party for each, or list it under confirmedAbsent`;
  return [warning('third-party-kinds-open', ['confirmedAbsent'], message)];
}
