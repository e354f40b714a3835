import type { Order } from '../rules/order/schema.js';
import { movedAnchors } from './examples.js';

const WEEKS = 40;

/** Orders like the given one, each of another practice, on other days, every third with a closure of its own. */
export function practiceOrders(order: Order, count: number): Order[] {
  return Array.from({ length: count }, (_, index) => practiceOrder(order, index));
}

function practiceOrder(order: Order, number: number): Order {
  const each = structuredClone(order);
  each.practice.odsCode = `Z${String(number).padStart(5, '0')}`;
  each.anchors = movedAnchors(each, (number * 17) % WEEKS);
  if (number % 3 === 0) each.closures.push(closureOf(number));
  return each;
}

function closureOf(number: number): Order['closures'][number] {
  const day = String(1 + (number % 24)).padStart(2, '0');
  return { holder: 'practice', from: `2027-02-${day}`, to: `2027-02-${day}`, reason: 'training' };
}
