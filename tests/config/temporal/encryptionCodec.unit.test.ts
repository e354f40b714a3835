import { randomBytes } from 'node:crypto';
import type { Payload } from '@temporalio/common';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CodecKeys } from '../../../config/temporal/codecKeys.js';
import { createEncryptionCodec, PayloadDecryptionError } from '../../../config/temporal/encryptionCodec.js';

const keysOf = (current: string, ...others: [string, Buffer][]): CodecKeys => ({
  current,
  keys: new Map([[current, randomBytes(32)], ...others]),
});

const jsonPayload = (value: unknown): Payload => ({
  metadata: { encoding: Buffer.from('json/plain') },
  data: Buffer.from(JSON.stringify(value)),
});

const only = (payloads: Payload[]): Payload => {
  const [payload] = payloads;
  if (payload === undefined || payloads.length !== 1) throw new Error(`one payload expected, got ${payloads.length}`);
  return payload;
};

const plainForm = (payload: Payload): unknown => ({
  data: Buffer.from(payload.data ?? []).toString('hex'),
  metadata: Object.fromEntries(
    Object.entries(payload.metadata ?? {}).map(([key, value]) => [key, Buffer.from(value).toString('hex')]),
  ),
});

describe('the encryption codec', () => {
  it('gives back any payload as it was, metadata included', async () => {
    const codec = createEncryptionCodec(keysOf('a'));
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 2_000 }),
        fc.dictionary(fc.string({ minLength: 1 }), fc.uint8Array({ minLength: 1 }), { maxKeys: 5 }),
        async (data, metadata) => {
          const payload = { data, metadata: { ...metadata, encoding: Buffer.from('binary/plain') } };
          const [back] = await codec.decode(await codec.encode([payload]));
          expect(plainForm(back ?? {})).toEqual(plainForm(payload));
        },
      ),
    );
  });

  it('shows nothing of the payload but its length, and never the same bytes twice', async () => {
    const codec = createEncryptionCodec(keysOf('a'));
    const payload = jsonPayload({ email: 'manager@example.org' });
    const first = only(await codec.encode([payload]));
    const second = only(await codec.encode([payload]));
    expect(Buffer.from(first.data ?? []).includes('manager')).toBe(false);
    expect(Buffer.from(first.data ?? []).includes('json/plain')).toBe(false);
    expect(plainForm(first)).not.toEqual(plainForm(second));
  });

  it('refuses a payload with any one byte changed', async () => {
    const codec = createEncryptionCodec(keysOf('a'));
    const sealed = only(await codec.encode([jsonPayload({ odsCode: 'Z90001' })]));
    const bytes = Buffer.from(sealed.data ?? []);
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      await expect(codec.decode([{ ...sealed, data: changed }])).rejects.toThrow(PayloadDecryptionError);
    }
  });

  it('refuses a payload that was cut short', async () => {
    const codec = createEncryptionCodec(keysOf('a'));
    const sealed = only(await codec.encode([jsonPayload('x')]));
    for (const length of [0, 5, 12, 20, 30]) {
      const data = Buffer.from(sealed.data ?? []).subarray(0, length);
      await expect(codec.decode([{ ...sealed, data }])).rejects.toThrow(PayloadDecryptionError);
    }
  });

  it('reads payloads of the previous key after a rotation, and writes with the new one', async () => {
    const before = keysOf('2026-06');
    const oldPayload = await createEncryptionCodec(before).encode([jsonPayload('written in June')]);
    const after = createEncryptionCodec(keysOf('2026-07', ...before.keys));
    expect(plainForm(only(await after.decode(oldPayload)))).toEqual(plainForm(jsonPayload('written in June')));
    const newPayload = only(await after.encode([jsonPayload('x')]));
    expect(Buffer.from(newPayload.metadata?.['encryption-key-id'] ?? []).toString()).toBe('2026-07');
    await expect(createEncryptionCodec(before).decode([newPayload])).rejects.toThrow('No codec key called "2026-07"');
  });

  it('passes payloads of other encodings through unread', async () => {
    const codec = createEncryptionCodec(keysOf('a'));
    const plain = [
      jsonPayload({ a: 1 }),
      { metadata: { encoding: Buffer.from('binary/zlib') }, data: Buffer.from('z') },
    ];
    expect(await codec.decode(plain)).toEqual(plain);
    expect(await codec.decode([{}])).toEqual([{}]);
  });
});
