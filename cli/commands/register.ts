import { Command } from 'commander';
import { print, type JsonOption } from '../apiCommand.js';

/** `leadtime register rebuild`: the register anew, from what Temporal still has. */
export function registerCommand(): Command {
  const rebuild = new Command('rebuild')
    .description('write into the register again all that Temporal still has (needs DATABASE_URL and Temporal)')
    .option('--json', 'print the counts as JSON')
    .action(async (options: JsonOption) => {
      const { serveRebuild } = await import('../serve/rebuild.js');
      const answer = await serveRebuild();
      print(
        { answer, text: `The register has what Temporal has: ${answer.writes} writes of ${answer.runs} runs.` },
        options,
      );
    });
  return new Command('register').description('the register, what people look at').addCommand(rebuild);
}
