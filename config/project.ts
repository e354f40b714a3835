import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const MANIFEST = 'package.json';
const manifestSchema = z.object({ version: z.string() });

/** The top of the checkout or of the installed package: the nearest folder above this code that has a package.json. */
export const projectFolder: string = above(path.dirname(fileURLToPath(import.meta.url)));

function above(folder: string): string {
  const parent = path.dirname(folder);
  if (existsSync(path.join(folder, MANIFEST)) || parent === folder) return folder;
  return above(parent);
}

/** The product's version, as package.json has it: `0.1.0`. */
export function productVersion(): string {
  const text = readFileSync(path.join(projectFolder, MANIFEST), 'utf8');
  return manifestSchema.parse(JSON.parse(text)).version;
}
