import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The templates that ship with the product, in the source as in the build. */
const SHIPPED = fileURLToPath(new URL('.', import.meta.url));

/** The folder of the deployment's own templates cannot be read. */
export class MessageFolderError extends Error {
  override readonly name = 'MessageFolderError';

  constructor(folder: string) {
    super(`LEADTIME_MESSAGES is ${folder}, and there is no such folder: set it to one with templates, or unset it`);
  }
}

/**
 * Where templates are looked for, in this order: the deployment's own, which LEADTIME_MESSAGES names, then the shipped ones. So a
 * folder need hold only what is different.
 *
 * @throws MessageFolderError
 */
export function messageFolders(own = process.env['LEADTIME_MESSAGES']?.trim()): string[] {
  if (!own) return [SHIPPED];
  const folder = resolve(own);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw new MessageFolderError(folder);
  return [folder, SHIPPED];
}
