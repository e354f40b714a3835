import type { Command } from 'commander';
import { apiCommand, given, print, type JsonOption } from '../apiCommand.js';
import type { ApiClient } from '../client.js';
import { ANSWER_IS_NO, CommandFailure, WRONG_USE } from '../failure.js';
import { readTextFile } from '../readTextFile.js';

interface StartOptions extends JsonOption {
  speed?: string;
  asOf?: string;
}

type ExitCode = typeof ANSWER_IS_NO | typeof WRONG_USE;

/** What became of one order. */
interface Result {
  file: string;
  answer: unknown;
  failure?: CommandFailure;
}

/** `leadtime start ORDER…`: each order file becomes a running migration. */
export function startCommand(): Command {
  return apiCommand('start', 'start the migrations that order files describe')
    .argument('<orders...>', 'order files (YAML)')
    .option('--speed <ratio>', 'rehearse instead: 1d=1s passes a day in a second; mails go to the catcher only')
    .option('--as-of <day>', 'judge "already passed" from that day instead of today, YYYY-MM-DD')
    .action((files: string[], options: StartOptions) => start(files, options));
}

async function startOne(api: ApiClient, file: string, { speed, asOf }: StartOptions): Promise<Result> {
  try {
    const text = await readTextFile(file);
    return { file, answer: await api.post('/migrations', { fileName: file, text, ...given({ speed, asOf }) }) };
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    return { file, answer: 'body' in error ? error.body : { detail: error.message }, failure: error };
  }
}

async function report({ answer, failure }: Result): Promise<void> {
  if (failure !== undefined) {
    process.stderr.write(`error: ${failure.message}\n`);
    return;
  }
  const { startView } = await import('../views.js');
  const { problemLine } = await import('../problemText.js');
  const { migrationId, warnings } = startView.parse(answer);
  for (const warning of warnings) process.stderr.write(`${warning.severity}: ${problemLine(warning)}\n`);
  process.stdout.write(`Started ${migrationId}\n`);
}

/** Bad input weighs more than a no: a script that sees 2 has something to mend. */
const worst = (failures: CommandFailure[]): ExitCode =>
  failures.some(({ exitCode }) => exitCode === WRONG_USE) ? WRONG_USE : ANSWER_IS_NO;

async function start(files: string[], options: StartOptions): Promise<void> {
  const { connectApi } = await import('../client.js');
  const api = await connectApi();
  const results: Result[] = [];
  for (const file of files) {
    const result = await startOne(api, file, options);
    results.push(result);
    if (!options.json) await report(result);
  }
  if (options.json) print({ answer: results.map(({ file, answer }) => ({ file, answer })), text: '' }, options);
  const failures = results.flatMap(({ failure }) => failure ?? []);
  if (failures.length === 0) return;
  throw new CommandFailure(`${failures.length} of ${files.length} not started`, worst(failures));
}
