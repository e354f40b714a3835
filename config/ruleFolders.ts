/** Where rule sets and layers lie: those that ship with the product, and a folder of the deployment's own. */
import { open, readdir } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Beside this code, in the source as in the build. */
const SHIPPED = fileURLToPath(new URL('./rulesets/', import.meta.url));

type Env = Readonly<Record<string, string | undefined>>;
type Kind = 'ruleSets' | 'layers';

/** Two files have the same id, so nobody could say which one counts. */
export class SameIdError extends Error {
  override readonly name = 'SameIdError';

  constructor(id: string, files: readonly string[]) {
    super(`two files have the id "${id}": ${files.join(' and ')}; give the one under LEADTIME_RULE_SETS another id`);
  }
}

/** The folder of the deployment's own rules cannot be read. */
export class RuleFolderError extends Error {
  override readonly name = 'RuleFolderError';

  constructor(folder: string, code: string) {
    const reason = { ENOENT: 'there is no such folder', ENOTDIR: 'it is a file', EACCES: 'it may not be read' }[code];
    super(`LEADTIME_RULE_SETS is ${folder}, and ${reason ?? code}: set it to a folder with rule sets, or unset it`);
  }
}

/**
 * Files by id. A shipped file has its id as its name; one of the deployment's own may have any name, because what counts is
 * the id that it says.
 *
 * @param kind rule sets lie in the folder itself, layers in `layers` inside it
 * @throws SameIdError, RuleFolderError
 */
export async function ruleFiles(kind: Kind, env: Env = process.env): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const own = env['LEADTIME_RULE_SETS']?.trim();
  for (const file of await filesIn(SHIPPED, kind)) files.set(nameOf(file), file);
  for (const file of own ? await filesIn(resolve(own), kind) : []) {
    const id = (await idIn(file)) ?? nameOf(file);
    const other = files.get(id);
    if (other !== undefined) throw new SameIdError(id, [other, file]);
    files.set(id, file);
  }
  return files;
}

const nameOf = (file: string): string => basename(file, extname(file));

/** An id stands near the top; a file that is too large to be read is told of when it is used. */
const LOOKED_AT_BYTES = 65_536;

/** The id that a file says, without reading the rest of it: one broken file is no reason to refuse the others. */
async function idIn(file: string): Promise<string | undefined> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(LOOKED_AT_BYTES), 0, LOOKED_AT_BYTES, 0);
    return /^["']?id["']?[ \t]*:[ \t]*["']?([a-z0-9-]+)/m.exec(buffer.toString('utf8', 0, bytesRead))?.[1];
  } finally {
    await handle.close();
  }
}

async function filesIn(folder: string, kind: Kind): Promise<string[]> {
  const layers = kind === 'layers' ? await entriesOf(join(folder, 'layers')) : undefined;
  if (layers !== undefined) return layers;
  const entries = await entriesOf(folder);
  if (entries === undefined) throw new RuleFolderError(folder, 'ENOENT');
  return kind === 'layers' ? [] : entries;
}

/** Undefined where there is no such folder. */
async function entriesOf(folder: string): Promise<string[] | undefined> {
  try {
    const names = await readdir(folder, { withFileTypes: true });
    const files = names.filter((entry) => !entry.isDirectory() && /\.ya?ml$/.test(entry.name));
    return files.map(({ name }) => join(folder, name)).toSorted();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT') return undefined;
    throw new RuleFolderError(folder, code);
  }
}
