/** Mails of a real plan: what an order's migration would send, in virtual time. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { instantOf } from '../../rules/calendar/clock.js';
import type { OutboundMessage } from '../../rules/migration/messages.js';
import { startMigration } from '../../rules/migration/start.js';
import { nobody } from '../../rules/rehearsal/actor.js';
import { diligent } from '../../rules/rehearsal/diligent.js';
import { firstDayOf } from '../../rules/rehearsal/firstDay.js';
import { rehearseMigration, type RehearsalOptions } from '../../rules/rehearsal/run.js';
import { makeMigrationId } from '../../workflows/migration/ids.js';
import { loadPlan } from '../plan/load.js';
import { readEvents } from '../rehearse/readEvents.js';

/** An order, and files of events to rehearse it with, beside nobody doing anything and everybody being early. */
export interface OrderWithEvents {
  order: string;
  events: string[];
}

const EXAMPLES: readonly OrderWithEvents[] = [
  {
    order: 'plain.yaml',
    events: ['plain-wrong-day.yaml', 'plain-called-off.yaml', 'plain-bad-week.yaml'],
  },
  { order: 'rich.yaml', events: [] },
];

/** Beside the source, or beside the build that was made from it. */
const folderOfExamples = (): string | undefined =>
  ['../../examples', '../../../examples']
    .map((folder) => fileURLToPath(new URL(folder, import.meta.url)))
    .find((folder) => existsSync(path.join(folder, 'plain.yaml')));

/** The examples that come with the source; none where the build stands alone, as in an image. */
export function exampleOrders(): OrderWithEvents[] {
  const folder = folderOfExamples();
  if (folder === undefined) return [];
  return EXAMPLES.map(({ order, events }) => ({
    order: path.join(folder, order),
    events: events.map((file) => path.join(folder, 'events', file)),
  }));
}

/**
 * Everything that the migration of an order would send, story after story.
 *
 * @throws BadOrder with every problem of a file at its line, CommandFailure for one that cannot be read
 */
export async function messagesOfOrder({ order: file, events }: OrderWithEvents): Promise<OutboundMessage[]> {
  const { order, plan, directory, asOf } = await loadPlan(file, undefined, firstDayOf);
  const idOf = (rehearsal: boolean): string =>
    makeMigrationId(order.practice.odsCode, order.orderedOn, 'sample', rehearsal);
  const atMs = instantOf(plan.workingTime.clock, asOf, plan.workingTime.sendAtMinute);
  const start = startMigration({ migrationId: idOf(true), rehearsal: true, order, plan, directory, atMs });
  const scripts = await Promise.all(events.map((each) => readEvents(each, start)));
  const stories: RehearsalOptions[] = [{ actor: nobody }, { actor: diligent({ pace: 'early' }) }, ...scripts];
  return stories
    .flatMap((story) => rehearseMigration(start, story).sent)
    .map(({ message }) => inEarnest(message, idOf(false)));
}

/** As it would go out, were it no rehearsal. */
const inEarnest = (message: OutboundMessage, migrationId: string): OutboundMessage => ({
  ...message,
  about: { ...message.about, migrationId, rehearsal: false },
});
