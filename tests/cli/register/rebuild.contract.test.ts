import { defaultPayloadConverter, type PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writesOfHistory, type HistoryEvent } from '../../../cli/register/writesOfHistory.js';
import { createEncryptionCodec } from '../../../config/temporal/encryptionCodec.js';
import { openRegister } from '../../../register/open.js';
import type { Register } from '../../../register/types.js';
import { emptyHead, sealRecords, verifyChain } from '../../../rules/migration/auditChain.js';
import type { DeliverInput, DeliverResult } from '../../../rules/migration/ports.js';
import type { RegisterWrite } from '../../../rules/migration/records.js';
import { messageLike } from '../../activities/support/messages.js';
import { pglitePlaces, type Places } from '../../register/places.js';
import { draft, migration, milestone, MORNING_MS, write } from '../../register/registerWrites.js';

const codec = createEncryptionCodec({ current: 'k', keys: new Map([['k', Buffer.alloc(32, 7)]]) });

const payloadsOf = async (value: unknown, codecs: PayloadCodec[]) => {
  let payloads = [defaultPayloadConverter.toPayload(value)];
  for (const each of codecs) payloads = await each.encode(payloads);
  return { payloads };
};

const { HistoryEvent: historyEvent } = proto.temporal.api.history.v1;

const row = migration();
const sealed = sealRecords(emptyHead, [draft(), draft({ type: 'phase.entered' })]);
const first = write({ migration: row, audit: sealed.records, asOfSeq: 2, messages: [] });
const message = messageLike();
const settled = milestone({ status: 'done', settledOn: '2027-01-07', settledBy: 'leadtime' });
const delivery: DeliverInput = {
  messages: [message],
  write: write({ migration: row, audit: [], asOfSeq: 2, messages: [], milestones: [settled] }),
  head: sealed.head,
  atMs: MORNING_MS,
};
const result: DeliverResult = {
  outcomes: [{ key: message.key, outcome: 'sent', mayHaveRepeated: false, messageId: 'one@csu.example' }],
  registerWritten: false,
};

/** A history in which the register was away while a message was sent, and another delivery is under way. */
async function history(codecs: PayloadCodec[]): Promise<HistoryEvent[]> {
  const asked = async (eventId: number, name: string, input: unknown): Promise<HistoryEvent> =>
    historyEvent.fromObject({
      eventId,
      activityTaskScheduledEventAttributes: { activityType: { name }, input: await payloadsOf(input, codecs) },
    });
  return [
    await asked(5, 'planMigration', {}),
    await asked(7, 'writeRegister', first),
    await asked(9, 'deliverMessages', delivery),
    historyEvent.fromObject({
      eventId: 11,
      activityTaskCompletedEventAttributes: { scheduledEventId: 9, result: await payloadsOf(result, codecs) },
    }),
    await asked(13, 'deliverMessages', delivery),
  ];
}

async function writesOf(events: HistoryEvent[], codecs: PayloadCodec[]): Promise<RegisterWrite[]> {
  const writes: RegisterWrite[] = [];
  for await (const each of writesOfHistory(events, { payloadCodecs: codecs })) writes.push(each);
  return writes;
}

describe('a register made anew from a history', () => {
  let places: Places;
  let register: Register;

  beforeAll(async () => {
    places = await pglitePlaces();
    register = await openRegister(await places.fresh());
  });

  afterAll(async () => {
    await register.close();
    await places.stop();
  });

  it.each([
    ['plain', []],
    ['encrypted', [codec]],
  ])('has trail, message and last state, from a %s history', async (_how, codecs) => {
    const writes = await writesOf(await history(codecs), codecs);
    expect(writes).toHaveLength(2);
    for (const each of writes) await register.write(each);
    const trail = await register.history(row.migrationId);
    expect(trail.map(({ type }) => type)).toEqual(['started', 'phase.entered', 'message.sent']);
    expect(verifyChain(trail)).toEqual({ ok: true });
    expect(await register.messages(row.migrationId)).toMatchObject([{ messageId: 'one@csu.example' }]);
    expect(await register.show(row.migrationId)).toMatchObject({
      migration: { asOfSeq: 3 },
      milestones: [{ milestoneId: 'clean-up', status: 'done' }],
    });
  });

  it('is the same when everything is written again, the newest first', async () => {
    const writes = await writesOf(await history([]), []);
    const standing = async () => [await register.show(row.migrationId), await register.history(row.migrationId)];
    for (const each of writes) await register.write(each);
    const before = await standing();
    for (const each of writes.toReversed()) await register.write(each);
    expect(await standing()).toEqual(before);
  });

  it('does not begin without the key that the history was written with', async () => {
    const other = createEncryptionCodec({ current: 'o', keys: new Map([['o', Buffer.alloc(32, 8)]]) });
    await expect(writesOf(await history([codec]), [other])).rejects.toThrow('No codec key called "k"');
  });
});
