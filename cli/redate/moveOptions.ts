import type { Command } from 'commander';
import { currentUser } from '../apiCommand.js';

const collect = (value: string, all: string[]): string[] => [...all, value];

/** The options with which a new plan is looked at and committed. */
export const withCommitOptions = (command: Command, id = '<id>'): Command =>
  command
    .argument(id, 'a migration id, or a practice’s ODS code')
    .option('--reason <text>', 'why, for the audit trail; needed unless you only look')
    .option('--accept-risks', 'take on the risks that the preview names')
    .option('--preview', 'show what it would do, and do nothing')
    .option('--yes', 'do not ask')
    .option('--by <name>', 'who says so', currentUser());

/** The same with those by which days are said, for "redate" and "resume". */
export const withMoveOptions = (command: Command, id = '<id>'): Command =>
  withCommitOptions(command, id)
    .option('--to <anchor=day>', 'where to; for several days say it several times', collect, [])
    .option('--keep-distance', 'take later days along, by as many working days')
    .option('--shift <distance>', 'move every day that is to come: -5workingDays, 10days, 2weeks')
    .option('--confirmed', 'everybody has agreed to the new days already');
