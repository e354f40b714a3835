import { Command } from 'commander';

/** `leadtime api`: one part of a production installation. */
export function apiCommand(): Command {
  return new Command('api')
    .description('run the API alone: operators and suppliers’ webhooks (needs DATABASE_URL and Temporal)')
    .action(async () => {
      const { serveApi } = await import('../serve/api.js');
      await serveApi();
    });
}
