import type { Command } from 'commander';
import { apiCommand } from '../apiCommand.js';
import type { EvidenceOptions } from '../evidence/run.js';

const CONTENTS = `
evidence.html (to print on A4) and evidence.csv (for a spreadsheet) say the same; records.json has the records of the audit trail
word for word, with their hashes. docs/evidence.md says how they are checked, without leadtime if need be.

Exit code: 0; 1 where a trail is not as it was written, or nothing passed between us; 2 for a folder that is not empty.

Example:
  leadtime evidence emis --migration A12345 --out evidence-emis`;

/** `leadtime evidence SUPPLIER`: everything that passed between us and a supplier, for a dispute. */
export function evidenceCommand(): Command {
  return apiCommand('evidence', 'write everything that passed between us and a supplier, so that it can be checked')
    .argument('<supplier>', 'its id in the orders')
    .requiredOption('--out <folder>', 'where to write it; the folder must be new, or empty')
    .option('--migration <id>', 'only this one: a migration id, or a practice’s ODS code')
    .addHelpText('after', CONTENTS)
    .action(async (supplier: string, options: EvidenceOptions) => {
      const { writeEvidence } = await import('../evidence/run.js');
      await writeEvidence(supplier, options);
    });
}
