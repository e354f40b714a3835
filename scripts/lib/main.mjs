import { realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** True in the file that was given to `node`, false where it is imported. */
export function isMain(moduleUrl) {
  const [, file] = process.argv;
  return file !== undefined && pathToFileURL(realpathSync(file)).href === moduleUrl;
}
