/** Three practices on one instance, whose migrations hear each other at once. */
import { apply } from '../../rules/migration/apply.js';
import { instanceCalls } from '../../rules/migration/instance.js';
import type { Order } from '../../rules/order/schema.js';
import { exampleOrder, startedExample } from './examples.js';
import { Story } from './story.js';

export const sharedPractices = [
  { odsCode: 'Z98001', name: 'Millbrook Lane Surgery' },
  { odsCode: 'Z98011', name: 'Weir House Practice' },
  { odsCode: 'Z98012', name: 'Tollgate Surgery' },
];

/** The plain example as the order of one of them; the first asks for all. */
export function sharedOrder(odsCode: string, change: Partial<Order> = {}): Order {
  const order = exampleOrder('plain');
  const name = sharedPractices.find((each) => each.odsCode === odsCode)?.name ?? '';
  const sharedInstance = { id: 'mill-valley', requestsBy: 'Z98001', practices: sharedPractices };
  const { extractAuthorisation: _, ...decisions } = order.decisions;
  return { ...order, practice: { ...order.practice, odsCode, name }, sharedInstance, decisions, ...change };
}

const inEarnest = (order: Order): Story => new Story({ ...startedExample(order), rehearsal: false });

/** Migrations of one instance. A word to a practice without one is lost. */
export class Instance {
  private readonly stories = new Map<string, Story>();

  /** A practice's migration begins. */
  begin(odsCode: string, order: Order = sharedOrder(odsCode)): Story {
    const story = inEarnest(order);
    this.stories.set(odsCode, story);
    this.talk();
    return story;
  }

  /** Until nobody has anything to say any more. */
  talk(): void {
    const speaker = [...this.stories.values()].find(({ state }) => instanceCalls(state).length > 0);
    if (speaker === undefined) return;
    const calls = instanceCalls(speaker.state);
    const { dateVersion } = speaker.state.plan;
    speaker.state = apply(speaker.state, { type: 'instanceTold', atMs: speaker.nowMs, calls, dateVersion });
    for (const { to, word } of calls) {
      const hearer = this.stories.get(to);
      hearer?.happens({ type: 'instanceHeard', atMs: hearer.nowMs, word });
    }
    this.talk();
  }
}
