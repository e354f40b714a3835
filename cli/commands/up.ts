import { Command } from 'commander';

/** `leadtime up`: everything embedded, for one machine; `npm start` runs it. */
export function upCommand(): Command {
  return new Command('up')
    .description('start everything embedded: Temporal, register, mail catcher, worker and API; Ctrl-C stops it')
    .option('--port <number>', 'of the API; LEADTIME_API_PORT, else 8080')
    .option('--temporal-port <number>', 'of Temporal; LEADTIME_TEMPORAL_PORT, else 7233')
    .option('--temporal-ui-port <number>', 'of Temporal’s page; LEADTIME_TEMPORAL_UI_PORT, else 8233')
    .option('--mail-port <number>', 'of the mail catcher’s SMTP; LEADTIME_MAIL_PORT, else 1025')
    .option('--mail-page-port <number>', 'of the mail catcher’s page; LEADTIME_MAIL_PAGE_PORT, else 1080')
    .option('--data <folder>', 'where everything is kept; LEADTIME_DATA_DIR, else data in this folder’s project')
    .addHelpText('after', '\nWhere TEMPORAL_ADDRESS is set, that Temporal server is used and none is started.')
    .action(async (options: Record<string, string>) => {
      const { up } = await import('../up/up.js');
      await up(options);
    });
}
