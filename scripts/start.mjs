import { spawn } from 'node:child_process';
import path from 'node:path';
import { build } from './build.mjs';
import { install } from './lib/install.mjs';
import { requireNode } from './lib/node.mjs';
import { root } from './lib/root.mjs';

requireNode();
try {
  await install();
  await build();
} catch (error) {
  console.error(error.message);
  process.exit(2);
}

const app = spawn(process.execPath, [path.join(root, 'dist/cli/main.js'), 'up', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
// Ctrl-C in a terminal reaches the whole group already: a second signal would cut the orderly stop short.
process.on('SIGINT', () => {
  if (!process.stdin.isTTY) app.kill('SIGINT');
});
process.on('SIGTERM', () => app.kill('SIGTERM'));
app.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
