import { readFile } from 'node:fs/promises';
import { CommandFailure, WRONG_USE } from './failure.js';

const reasons: Readonly<Record<string, string>> = { ENOENT: 'there is no such file', EISDIR: 'this is a folder' };

/**
 * Reads a text file that a person wrote.
 *
 * @param what it should be, for who has named something else
 * @throws CommandFailure for a file that cannot be read, or that is not UTF-8: a name must not be damaged in silence
 */
export async function readTextFile(file: string, what = 'an order file'): Promise<string> {
  const bytes = await readFile(file).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new CommandFailure(`${file}: ${reasons[code] ?? String(error)}; give the path of ${what}`, WRONG_USE);
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CommandFailure(
      `${file} is not UTF-8 text: save it as UTF-8, so that names keep their letters`,
      WRONG_USE,
    );
  }
}
