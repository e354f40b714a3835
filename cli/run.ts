import { Command, CommanderError } from 'commander';
import { CommandFailure, WRONG_USE } from './failure.js';
import { registerCommands } from './registerCommands.js';

/** Runs the command line given, without the two leading words of `process.argv`, and answers with the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  const program = new Command('leadtime')
    .description('Runs GP practice migrations to their deadlines.')
    .showHelpAfterError('(leadtime --help, or leadtime help COMMAND, shows how it is used)');
  registerCommands(program);
  throwInsteadOfExit(program);
  try {
    await program.parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    return exitCodeOf(error);
  }
}

/** Commander passes its settings on to the commands that it makes itself, not to those that are added. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) {
    child.copyInheritedSettings(command);
    throwInsteadOfExit(child);
  }
}

function exitCodeOf(error: unknown): number {
  // Commander has already told the user what it has to say.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USE;
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  return error instanceof CommandFailure ? error.exitCode : WRONG_USE;
}
