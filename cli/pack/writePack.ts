import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CommandFailure, WRONG_USE } from '../failure.js';
import type { PackFile } from './files.js';

/**
 * Writes the files of a pack into a folder, which is made where it is missing.
 *
 * @param force also into a folder that holds something; other files in it stay
 * @throws CommandFailure (2) for a folder that holds something, or that cannot be written to
 */
export async function writePack(folder: string, files: readonly PackFile[], force: boolean): Promise<void> {
  if (!force && (await holdsSomething(folder)))
    throw new CommandFailure(
      `${folder} is not empty; give another folder with --to, or --force to write over it`,
      WRONG_USE,
    );
  try {
    await mkdir(folder, { recursive: true });
    await Promise.all(files.map(({ name, text }) => writeFile(path.join(folder, name), text)));
  } catch (error) {
    throw cannotWrite(folder, error);
  }
}

async function holdsSomething(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length > 0;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw cannotWrite(folder, error);
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

function cannotWrite(folder: string, error: unknown): CommandFailure {
  const code = codeOf(error);
  const reason = code === 'ENOTDIR' || code === 'EEXIST' ? 'this is a file, not a folder' : code;
  return new CommandFailure(`${folder} cannot be written to (${reason}); give another folder with --to`, WRONG_USE);
}
