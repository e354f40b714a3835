import { readKeysFile, type Keys } from '../keysFile.js';

/** Keys that payloads are encrypted with: `current` for new ones, every other for those written before. */
export type CodecKeys = Keys;

/** The file of codec keys is missing, unreadable or wrong. `message` names the file and every wrong field, never a key. */
export class CodecKeysError extends Error {
  override readonly name = 'CodecKeysError';
  constructor(
    readonly file: string,
    problems: string[],
  ) {
    super([`Codec keys in ${file} cannot be used:`, ...problems.map((problem) => `  ${problem}`)].join('\n'));
  }
}

/**
 * Reads `{"current": id, "keys": {id: base64 of 32 bytes}}`.
 *
 * To rotate: add a key, change `current`, restart workers and API. Old keys stay as long as histories written with them.
 *
 * @throws CodecKeysError
 */
export const readCodecKeys = (file: string): CodecKeys =>
  readKeysFile({
    file,
    variable: 'LEADTIME_CODEC_KEYS_FILE',
    unusable: (problems) => new CodecKeysError(file, problems),
  });
