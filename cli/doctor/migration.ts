import { parseMigrationId } from '../../workflows/migration/ids.js';
import { askApi, type JsonOption } from '../apiCommand.js';
import { ANSWER_IS_NO, CommandFailure, WRONG_USE } from '../failure.js';
import { examine, verdictLines } from './verdict.js';

const ODS_CODE = /^[A-Z0-9]{3,10}$/;

/** Proves that everything one migration still has to say will be said. */
export async function doctorOfMigration(id: string, options: JsonOption): Promise<void> {
  if (parseMigrationId(id) === undefined && !ODS_CODE.test(id))
    throw new CommandFailure(`"${id}" is no migration id, like A12345-20270104-k3v9qa, and no ODS code.`, WRONG_USE);
  await askApi(options, async (api) => {
    const verdict = await examine(api, id, 'all');
    if (!verdict.armed) process.exitCode = ANSWER_IS_NO;
    return { answer: verdict, text: verdictLines(verdict).join('\n') };
  });
}
