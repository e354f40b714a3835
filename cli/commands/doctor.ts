import { Command, Option } from 'commander';
import type { JsonOption } from '../apiCommand.js';

interface DoctorOptions extends JsonOption {
  migration?: string;
  all?: true;
}

const EXPLANATION = `
Without options every part that leadtime needs is looked at: the API, Temporal, worker, register, mail, keys, calendar, rules and clock.

With --migration it is proved, for everything that the migration still has to say, that somebody will read it, that its text can
be made, and that something will wake the migration for it. Findings with a "!" must be mended; those with a "-" are for
your knowledge: what they name is heard all the same.

Exit code: 0 where all is well, 1 where something is wrong, 2 for wrong use.`;

/** `leadtime doctor`: what is wrong, with the parts or with what a migration still has to say. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('find out what is wrong, or prove that everything a migration still has to say will be said')
    .addOption(new Option('--migration <id>', 'a migration id, or a practice’s ODS code').conflicts('all'))
    .option('--all', 'every running migration')
    .option('--json', 'print what was found as JSON')
    .addHelpText('after', EXPLANATION)
    .action(doctor);
}

async function doctor({ migration, all, ...options }: DoctorOptions): Promise<void> {
  if (migration !== undefined) {
    const { doctorOfMigration } = await import('../doctor/migration.js');
    await doctorOfMigration(migration, options);
  } else if (all) {
    const { doctorOfAll } = await import('../doctor/all.js');
    await doctorOfAll(options);
  } else {
    const { doctorOfParts } = await import('../doctor/parts.js');
    await doctorOfParts(options);
  }
}
