import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSealing } from '../../config/sealing.js';
import { createEncryptionCodec, PayloadDecryptionError } from '../../config/temporal/encryptionCodec.js';

const asked = { practice: 'Z98001', reason: 'Übergabe – merges with the practice next door' };
const keys = new Map([['k', randomBytes(32)]]);
const codec = createEncryptionCodec({ current: 'k', keys });

describe('what is sealed', () => {
  it.each([
    ['with keys', createSealing({ payloadCodecs: [codec] })],
    ['in development without', createSealing({})],
  ])('can be opened again, %s', async (_how, sealing) => {
    expect(await sealing.open(await sealing.seal(asked))).toEqual(asked);
  });

  it('says nothing to who has no key, and is opened by nobody once it was changed', async () => {
    const sealing = createSealing({ payloadCodecs: [codec] });
    const text = await sealing.seal(asked);
    expect(Buffer.from(text, 'base64').toString('latin1')).not.toContain('merges');
    const bytes = Buffer.from(text, 'base64');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await expect(sealing.open(bytes.toString('base64'))).rejects.toThrow(PayloadDecryptionError);
  });
});
