/** Where rule sets and layers lie: those that ship with the product, and a folder of the deployment's own. */
import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Beside this code, in the source as in the build. */
const SHIPPED = fileURLToPath(new URL('./rulesets/', import.meta.url));

type Env = Readonly<Record<string, string | undefined>>;

/** The shipped folder, and the one that LEADTIME_RULE_SETS names. */
function ruleFolders(env: Env): string[] {
  const own = env['LEADTIME_RULE_SETS']?.trim();
  return own ? [SHIPPED, resolve(own)] : [SHIPPED];
}

/** Two files have the same id, so nobody could say which one counts. */
export class SameIdError extends Error {
  override readonly name = 'SameIdError';

  constructor(id: string, files: readonly string[]) {
    super(
      `"${id}" is the name of two files, ${files.join(' and ')}: give the one under LEADTIME_RULE_SETS another name`,
    );
  }
}

/**
 * Files by id, which is their name without `.yaml`.
 *
 * @param kind rule sets lie in the folder itself, layers in `layers` inside it
 * @throws SameIdError, or the system's error where the folder of the deployment cannot be read
 */
export async function ruleFiles(kind: 'ruleSets' | 'layers', env: Env = process.env): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const folder of ruleFolders(env)) {
    const place = kind === 'layers' ? join(folder, 'layers') : folder;
    for (const name of await namesIn(place, kind)) {
      const [id, file] = [basename(name, '.yaml'), join(place, name)];
      const other = files.get(id);
      if (other !== undefined) throw new SameIdError(id, [other, file]);
      files.set(id, file);
    }
  }
  return files;
}

async function namesIn(folder: string, kind: 'ruleSets' | 'layers'): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.yaml')).toSorted();
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing && kind === 'layers') return [];
    throw error;
  }
}
