import type { DataConverter } from '@temporalio/common';
import { CodecKeysError, readCodecKeys } from './codecKeys.js';
import { createEncryptionCodec } from './encryptionCodec.js';

export interface DataConverterOptions {
  /** LEADTIME_CODEC_KEYS_FILE. */
  codecKeysFile?: string | undefined;
  /** True when NODE_ENV is production: payloads hold people's contacts, so they must be encrypted there. */
  production: boolean;
}

/**
 * The data converter of clients and workers alike: encrypted where there are keys, plain in development without.
 *
 * @throws CodecKeysError when the keys are wrong, or missing in production
 */
export function dataConverter({ codecKeysFile, production }: DataConverterOptions): DataConverter {
  if (codecKeysFile !== undefined) return { payloadCodecs: [createEncryptionCodec(readCodecKeys(codecKeysFile))] };
  if (production) {
    throw new CodecKeysError('(no file)', [
      'production needs encrypted payloads: set LEADTIME_CODEC_KEYS_FILE to a file of keys',
    ]);
  }
  return {};
}
