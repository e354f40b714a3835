/** Files of keys: `{"current": id, "keys": {id: base64 of 32 bytes}}`. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

export const KEY_BYTES = 32;

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

/** `current` for what is made from now on, every other for what was made before. */
export interface Keys {
  current: string;
  keys: ReadonlyMap<string, Buffer>;
}

/** Whose keys they are, for messages. */
export interface KeysFile {
  file: string;
  /** The setting that names the file. */
  variable: string;
  /** Makes the error. `problems`: one for each wrong field; never a key. */
  unusable: (problems: string[]) => Error;
}

function readText({ file, variable, unusable }: KeysFile): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw unusable([`the file cannot be read: check ${variable} and its permissions`]);
  }
}

function readJson(from: KeysFile): unknown {
  const text = readText(from);
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, and the text holds keys.
    throw from.unusable(['it is not JSON: write {"current": "2026-07", "keys": {"2026-07": "<base64>"}}']);
  }
}

/** Reads a file of keys. @throws what `unusable` makes */
export function readKeysFile(from: KeysFile): Keys {
  const { data, error } = fileSchema.safeParse(readJson(from));
  if (data === undefined) throw from.unusable(error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  return { current: data.current, keys: new Map(Object.entries(data.keys)) };
}
