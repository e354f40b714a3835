import { readFileSync } from 'node:fs';
import { z } from 'zod';

const KEY_BYTES = 32;

const keySchema = z
  .base64('must be base64')
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((key) => key.length === KEY_BYTES, `must be ${KEY_BYTES} bytes: make one with "openssl rand -base64 32"`);

const fileSchema = z
  .strictObject({
    current: z.string().min(1),
    keys: z.record(z.string().min(1), keySchema),
  })
  .refine((file) => Object.hasOwn(file.keys, file.current), {
    message: 'names a key that is not under "keys"',
    path: ['current'],
  });

/** Keys that payloads are encrypted with: `current` for new ones, every other for those written before. */
export interface CodecKeys {
  current: string;
  keys: ReadonlyMap<string, Buffer>;
}

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

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new CodecKeysError(file, ['the file cannot be read: check LEADTIME_CODEC_KEYS_FILE and its permissions']);
  }
};

const readJson = (file: string): unknown => {
  const text = readText(file);
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, and the text holds keys.
    throw new CodecKeysError(file, ['it is not JSON: write {"current": "2026-07", "keys": {"2026-07": "<base64>"}}']);
  }
};

/**
 * Reads `{"current": id, "keys": {id: base64 of 32 bytes}}`.
 *
 * To rotate: add a key, change `current`, restart workers and API. Old keys stay as long as histories written with them.
 *
 * @throws CodecKeysError
 */
export function readCodecKeys(file: string): CodecKeys {
  const parsed = fileSchema.safeParse(readJson(file));
  if (!parsed.success) {
    throw new CodecKeysError(
      file,
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    );
  }
  return { current: parsed.data.current, keys: new Map(Object.entries(parsed.data.keys)) };
}
