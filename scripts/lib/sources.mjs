import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';

/** Folders that are compiled to `dist/`, with the data that lies beside the code. */
export const SOURCE_FOLDERS = ['rules', 'workflows', 'activities', 'register', 'workers', 'api', 'cli', 'config'];

const ALSO_DECIDING = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];

/** Every file under the source folders, relative to the top, sorted. */
export function sourceFiles() {
  return SOURCE_FOLDERS.filter((folder) => existsSync(path.join(root, folder)))
    .flatMap(filesUnder)
    .sort();
}

function filesUnder(folder) {
  const entries = readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)));
}

/** Changes when a source file, or a file that decides how they are built, changes, comes or goes. */
export function fingerprint() {
  const hash = createHash('sha256');
  const builders = [
    'scripts/build.mjs',
    ...readdirSync(path.join(root, 'scripts/lib')).map((name) => `scripts/lib/${name}`),
  ];
  for (const file of [...ALSO_DECIDING, ...builders, ...sourceFiles()]) {
    const content = readFileSync(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
