#!/usr/bin/env node
import { run } from './run.js';

// Whoever reads our output has read enough (`leadtime … | head`): that is an end, not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

process.exitCode = await run(process.argv.slice(2));
