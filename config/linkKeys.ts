/** The keys that sign the links in mails: whoever has them can open every page. */
import { randomBytes } from 'node:crypto';
import { link, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { KEY_BYTES, readKeysFile, type Keys } from './keysFile.js';

const PRIVATE_MODE = 0o600;
const SUFFIX_BYTES = 4;

/** The file of link keys is missing, unreadable or wrong. `message` names the file and every wrong field, never a key. */
export class LinkKeysError extends Error {
  override readonly name = 'LinkKeysError';
  constructor(
    readonly file: string,
    problems: string[],
  ) {
    super([`Link keys in ${file} cannot be used:`, ...problems.map((problem) => `  ${problem}`)].join('\n'));
  }
}

/**
 * Reads `{"current": id, "keys": {id: base64 of 32 bytes}}`.
 *
 * To rotate: add a key, change `current`, restart workers and API. Links of a key open until it is taken out.
 *
 * @throws LinkKeysError
 */
export const readLinkKeys = (file: string): Keys =>
  readKeysFile({
    file,
    variable: 'LEADTIME_LINK_KEYS_FILE',
    unusable: (problems) => new LinkKeysError(file, problems),
  });

/** A key is called after the day it was made, which is all that its id says. */
function firstKey(): string {
  const id = new Date().toISOString().slice(0, 10);
  return `${JSON.stringify({ current: id, keys: { [id]: randomBytes(KEY_BYTES).toString('base64') } }, null, 2)}\n`;
}

/** Makes the file where there is none, whole at once: another process may read it in the same moment. */
async function makeIfMissing(file: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const draft = `${file}.${randomBytes(SUFFIX_BYTES).toString('hex')}`;
  await writeFile(draft, firstKey(), { flag: 'wx', mode: PRIVATE_MODE });
  try {
    await link(draft, file);
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (!isThere) throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** The keys of a file that is made where there is none yet. @throws LinkKeysError */
export async function keepLinkKeys(file: string): Promise<Keys> {
  await makeIfMissing(file);
  return readLinkKeys(file);
}
