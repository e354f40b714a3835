#!/usr/bin/env node
import { existsSync } from 'node:fs';

const main = new URL('../dist/cli/main.js', import.meta.url);
if (!existsSync(main)) {
  console.error(
    'leadtime is not built yet. Run "npm start" to build and start everything, or "npm run build" to build alone.',
  );
  process.exit(2);
}
await import(main.href);
