import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ImportedOrder } from '../../api/tracker/importLine.js';
import { CommandFailure, WRONG_USE } from '../failure.js';

/** @throws CommandFailure for a folder that holds something */
export async function mustBeFree(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw new CommandFailure(`${folder} cannot be used: name a new folder`, WRONG_USE);
  });
  if (names.length > 0)
    throw new CommandFailure(
      `${folder} is not empty: name a new folder, so that no older order stays in it`,
      WRONG_USE,
    );
}

/** Writes each order as `ODSCODE.yaml`: all of them or, whatever happens on the way, none. */
export async function writeOrders(folder: string, orders: readonly ImportedOrder[]): Promise<void> {
  const place = path.resolve(folder);
  await mkdir(path.dirname(place), { recursive: true });
  // Beside its place, so that a rename is all that is left to do.
  const half = await mkdtemp(`${place}.`);
  try {
    for (const { practice, text } of orders) await writeFile(path.join(half, `${practice}.yaml`), text);
    await rm(place, { recursive: true, force: true });
    await rename(half, place);
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    throw error;
  }
}
