import { Command } from 'commander';

/** `leadtime worker`: one part of a production installation. */
export function workerCommand(): Command {
  return new Command('worker')
    .description('run a worker alone: it carries out migrations (needs DATABASE_URL and Temporal)')
    .action(async () => {
      const { serveWorker } = await import('../serve/worker.js');
      await serveWorker();
    });
}
