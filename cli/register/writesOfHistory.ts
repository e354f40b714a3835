/** What a migration told the register, read from its history: the very writes that its activities were given. */
import { defaultPayloadConverter, type DataConverter, type Payload } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import type { DeliverInput, DeliverResult } from '../../rules/migration/ports.js';
import type { RegisterWrite } from '../../rules/migration/records.js';
import { withSends } from '../../rules/migration/sentDrafts.js';

export type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

const valueOf = async <Value>(
  payloads: readonly Payload[] | null | undefined,
  { payloadCodecs = [] }: DataConverter,
): Promise<Value> => {
  let plain = [...(payloads ?? [])];
  for (const codec of payloadCodecs.toReversed()) plain = await codec.decode(plain);
  const [payload] = plain;
  if (payload === undefined) throw new TypeError('An activity in the history has neither argument nor result.');
  return defaultPayloadConverter.fromPayload<Value>(payload);
};

/**
 * The writes of one run, in order. A delivery still under way is left out: its records come with a later write.
 *
 * @throws PayloadDecryptionError without the key that the history was written with
 */
export async function* writesOfHistory(
  events: readonly HistoryEvent[],
  converter: DataConverter,
): AsyncGenerator<RegisterWrite> {
  const deliveries = new Map<string, DeliverInput>();
  for (const event of events) {
    const asked = event.activityTaskScheduledEventAttributes;
    const answered = event.activityTaskCompletedEventAttributes;
    const name = asked?.activityType?.name;
    if (name === 'writeRegister') yield await valueOf<RegisterWrite>(asked?.input?.payloads, converter);
    if (name === 'deliverMessages')
      deliveries.set(String(event.eventId), await valueOf(asked?.input?.payloads, converter));
    const delivery = deliveries.get(String(answered?.scheduledEventId));
    if (delivery !== undefined) yield withSends(delivery, await outcomesOf(answered?.result?.payloads, converter));
  }
}

const outcomesOf = async (
  payloads: readonly Payload[] | null | undefined,
  converter: DataConverter,
): Promise<DeliverResult['outcomes']> => (await valueOf<DeliverResult>(payloads, converter)).outcomes;
