import { copyFile, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { install } from './lib/install.mjs';
import { requireNode } from './lib/node.mjs';
import { root } from './lib/root.mjs';
import { mustRun, run } from './lib/run.mjs';
import { sourceFiles } from './lib/sources.mjs';

// Compiled as the product is: a loader that compiles on the way adds calls of its own, and they would be timed, too.
const out = path.join(root, 'run/bench');

requireNode();
await install();
await rm(out, { recursive: true, force: true });
await mustRun(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.bench.json', '--outDir', out]);
for (const file of sourceFiles().filter((name) => name.startsWith('config/') && !name.endsWith('.ts'))) {
  await mkdir(path.dirname(path.join(out, file)), { recursive: true });
  await copyFile(path.join(root, file), path.join(out, file));
}
process.exitCode = await run(process.execPath, [path.join(out, 'bench/main.js'), ...process.argv.slice(2)]);
