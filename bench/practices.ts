import type { Order } from '../rules/order/schema.js';
import { createRandom } from './random.js';
import { movedAnchors } from './examples.js';

const WEEKS = 40;

/** Orders like the given one, each of another practice, on other days, every third with a closure of its own. */
export function practiceOrders(order: Order, count: number): Order[] {
  const random = createRandom(6_300);
  return Array.from({ length: count }, (_, index) => {
    const each = structuredClone(order);
    each.practice.odsCode = `Z${String(index).padStart(5, '0')}`;
    each.anchors = movedAnchors(each, random(WEEKS));
    if (index % 3 === 0) each.closures.push(closureOf(index));
    return each;
  });
}

function closureOf(index: number): Order['closures'][number] {
  const day = String(1 + (index % 24)).padStart(2, '0');
  return { holder: 'practice', from: `2027-02-${day}`, to: `2027-02-${day}`, reason: 'training' };
}
