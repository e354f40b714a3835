import { Command } from 'commander';

/** `leadtime app`, hidden: the process that `up` starts for worker, API and embedded register. */
export function appCommand(): Command {
  return new Command('app')
    .description('worker, API and embedded register in one process; "leadtime up" starts it')
    .requiredOption('--data <folder>', 'the data folder')
    .action(async ({ data }: { data: string }) => {
      process.env['LEADTIME_DATA_DIR'] = data;
      const { serveApp } = await import('../serve/app.js');
      await serveApp();
    });
}
