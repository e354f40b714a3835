import { build } from './build.mjs';
import { install } from './lib/install.mjs';
import { requireNode } from './lib/node.mjs';

requireNode();
try {
  await install();
  await build();
} catch (error) {
  console.error(error.message);
  process.exit(2);
}

// In this very process, so that there is none between a terminal, or a service manager, and the one that stops everything.
const { run } = await import('../dist/cli/run.js');
process.exitCode = await run(['up', ...process.argv.slice(2)]);
