import type { Command } from 'commander';
import { whenCommand } from './commands/when.js';

/** Every command of `leadtime`. A command's file is cheap to load; what it needs to work, its action imports. */
export function registerCommands(program: Command): void {
  for (const command of [whenCommand()]) program.addCommand(command);
}
