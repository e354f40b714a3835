import { describe, expect, it } from 'vitest';
import { checkSharedInstance } from '../../../rules/order/checkSharedInstance.js';
import type { Order } from '../../../rules/order/schema.js';
import { orderWith } from '../plan/fixtures.js';

const practices = [
  { odsCode: 'Z98001', name: 'Millbrook Lane' },
  { odsCode: 'Z98002', name: 'Weir House' },
];
const shared = { id: 'mill-valley', requestsBy: 'Z98002', practices };
const problemsOf = (change: Partial<Order>) =>
  checkSharedInstance({ ...orderWith(), sharedInstance: shared, ...change }).map(({ path, message }) => [
    path?.join('.'),
    message,
  ]);

describe('an order on a shared instance', () => {
  it('is in order where it names its own practice, and asks through one of them', () => {
    expect(problemsOf({})).toEqual([]);
    expect(checkSharedInstance(orderWith())).toEqual([]);
  });

  it('is refused without its own practice, with one twice, and with a stranger who asks', () => {
    const strangers = [
      { odsCode: 'Z98002', name: 'Weir House' },
      { odsCode: 'Z98002', name: 'Weir House again' },
    ];
    const sharedInstance = { id: 'mill-valley', requestsBy: 'Z98009', practices: strangers };
    expect(problemsOf({ sharedInstance })).toEqual([
      ['sharedInstance.practices.1.odsCode', 'Z98002 is there twice; list it once'],
      ['sharedInstance.practices', 'Z98001, the practice of this order, is not among them; add it'],
      ['sharedInstance.requestsBy', 'Z98009 is not among the practices; name one of Z98002, Z98002'],
    ]);
  });

  it('is refused where practices send their requests themselves', () => {
    const [[path] = []] = problemsOf({ decisions: { extractRequestSentBy: 'practice' } });
    expect(path).toBe('decisions.extractRequestSentBy');
  });
});
