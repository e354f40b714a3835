import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CommandFailure, WRONG_USE } from '../failure.js';
import type { PackFile } from '../../api/pack/files.js';

/**
 * Writes the files of a pack into a folder, which is made where it is missing.
 *
 * @param force also into a folder that holds something; other files in it stay
 * @throws CommandFailure (2) for a folder that holds something, or that cannot be written to
 */
export async function writePack(
  folder: string,
  files: readonly Pick<PackFile, 'name' | 'text'>[],
  force: boolean,
): Promise<void> {
  if (!force && (await holdsSomething(folder)))
    throw new CommandFailure(
      `${folder} is not empty; give another folder with --to, or --force to write over it`,
      WRONG_USE,
    );
  try {
    await makeFolder(path.resolve(folder));
    await Promise.all(files.map(({ name, text }) => writeFile(path.join(folder, name), text)));
  } catch (error) {
    throw cannotWrite(folder, error);
  }
}

/** Folder by folder: Node's own `recursive` never comes back where a folder says that it is there and takes no other, like `/proc`. */
async function makeFolder(folder: string): Promise<void> {
  if (existsSync(folder)) return;
  const parent = path.dirname(folder);
  if (!existsSync(parent)) await makeFolder(parent);
  await mkdir(folder);
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

const reasons: Readonly<Record<string, string>> = {
  ENOTDIR: 'this is a file, not a folder',
  EEXIST: 'this is a file, not a folder',
  ENOENT: 'no folder can be made there',
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'it can only be read',
  ENOSPC: 'the disk is full',
};

function cannotWrite(folder: string, error: unknown): CommandFailure {
  const code = codeOf(error);
  const reason = reasons[code] ?? code;
  return new CommandFailure(`${folder} cannot be written to (${reason}); give another folder with --to`, WRONG_USE);
}
