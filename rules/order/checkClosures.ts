import type { Problem } from '../plan/types.js';
import { nearest } from '../text/nearest.js';
import { error } from './problem.js';
import type { Order } from './schema.js';

/** Closures belong to somebody in this order, and neither they nor blackouts end before they start. */
export function checkClosures(order: Order): Problem[] {
  return [...checkHolders(order), ...order.blackouts.flatMap((blackout, index) => backwards(blackout, index))];
}

function backwards({ from, to }: Order['blackouts'][number], index: number): Problem[] {
  if (from <= to) return [];
  const message = `the last day, ${to}, is before the first, ${from}; swap them or correct one`;
  return [error('blackout-backwards', ['blackouts', index, 'to'], message)];
}

function checkHolders({ closures, parties }: Order): Problem[] {
  const holders = [...new Set(['practice', 'csu', 'everyone', ...parties.map(({ id }) => id)])];
  return closures.flatMap(({ holder, from, to }, index) => [
    ...(holders.includes(holder)
      ? []
      : [
          error(
            'unknown-holder',
            ['closures', index, 'holder'],
            `nobody here is called "${holder}"; use one of ${nearest(holder, holders, holders.length).join(', ')}`,
          ),
        ]),
    ...(from <= to
      ? []
      : [
          error(
            'closure-backwards',
            ['closures', index, 'to'],
            `the last day closed, ${to}, is before the first, ${from}; swap them or correct one`,
          ),
        ]),
  ]);
}
