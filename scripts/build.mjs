import { chmod, copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { install } from './lib/install.mjs';
import { requireNode } from './lib/node.mjs';
import { root } from './lib/root.mjs';
import { mustRun } from './lib/run.mjs';
import { fingerprint, sourceFiles } from './lib/sources.mjs';
import { bundleWorkflows } from './lib/workflowBundle.mjs';

const dist = path.join(root, 'dist');
const STAMP = '.built-from';

/** Builds `dist/` where it is missing or older than its sources. It replaces the old one whole, or not at all. */
export async function build() {
  const wanted = fingerprint();
  if (await isBuiltFrom(wanted)) return;
  console.error('Building …');
  const next = `${dist}.next-${process.pid}`;
  try {
    await buildInto(next);
    await writeFile(path.join(next, STAMP), wanted);
    await rm(dist, { recursive: true, force: true });
    await rename(next, dist);
  } finally {
    await rm(next, { recursive: true, force: true });
  }
}

async function isBuiltFrom(wanted) {
  return (await readFile(path.join(dist, STAMP), 'utf8').catch(() => '')) === wanted;
}

async function buildInto(folder) {
  await mustRun(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', folder]);
  await copyData(folder);
  await bundleWorkflows(path.join(folder, 'workflows/index.js'), path.join(folder, 'workflow-bundle.js'));
  await writeSchemas(folder);
  await chmod(path.join(folder, 'cli/main.js'), 0o755);
}

/** Rule sets, calendars, SQL and templates keep their place beside the code that reads them. */
async function copyData(folder) {
  for (const file of sourceFiles().filter((name) => !name.endsWith('.ts'))) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await copyFile(path.join(root, file), path.join(folder, file));
  }
}

/** The published JSON Schemas come from the same zod schemas that read the files. */
async function writeSchemas(folder) {
  const generator = path.join(folder, 'cli/schemas/write.js');
  if (existsSync(generator)) await mustRun(process.execPath, [generator, path.join(root, 'schemas')]);
}

if (process.argv[1] && path.resolve(process.argv[1]) === path.join(root, 'scripts/build.mjs')) {
  requireNode();
  await install();
  await build();
}
