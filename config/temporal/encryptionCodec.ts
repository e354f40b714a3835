import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { CodecKeys } from './codecKeys.js';

const ENCODING = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const AUTH = { authTagLength: TAG_BYTES };

const { Payload: payloadMessage } = proto.temporal.api.common.v1;

/** A payload cannot be decrypted: unknown key, or changed since it was written. */
export class PayloadDecryptionError extends Error {
  override readonly name = 'PayloadDecryptionError';
}

const text = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('utf8');

const keyOf = (keys: CodecKeys, id: string): Buffer => {
  const key = keys.keys.get(id);
  if (key === undefined) {
    throw new PayloadDecryptionError(
      `No codec key called "${id}": add it back to the codec keys file, old keys are needed to read old payloads`,
    );
  }
  return key;
};

const encrypt = (keys: CodecKeys, payload: Payload): Payload => {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(keys, keys.current), iv, AUTH);
  const plain = payloadMessage.encode(payload).finish();
  return {
    metadata: { encoding: Buffer.from(ENCODING), [KEY_ID]: Buffer.from(keys.current) },
    data: Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]),
  };
};

const decryptBytes = (key: Buffer, sealed: Buffer): Buffer => {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES), AUTH);
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    throw new PayloadDecryptionError('A payload does not match its key: it was changed or cut after it was written');
  }
};

const decrypt = (keys: CodecKeys, payload: Payload): Payload => {
  if (text(payload.metadata?.['encoding']) !== ENCODING) return payload;
  const key = keyOf(keys, text(payload.metadata?.[KEY_ID]));
  return payloadMessage.decode(decryptBytes(key, Buffer.from(payload.data ?? [])));
};

/**
 * Encrypts whole payloads, metadata included, with AES-256-GCM.
 *
 * Wire form: encoding `binary/encrypted`, `encryption-key-id`, data = 12-byte nonce, ciphertext, 16-byte tag; the same as
 * other Temporal codecs use, so that a codec server in another language can read it. Payloads of any other encoding pass
 * through unread, so histories from before encryption stay readable.
 */
export const createEncryptionCodec = (keys: CodecKeys): PayloadCodec => ({
  encode: async (payloads) => payloads.map((payload) => encrypt(keys, payload)),
  decode: async (payloads) => payloads.map((payload) => decrypt(keys, payload)),
});
