import { Command, Option } from 'commander';
import { DIVISIONS, type Division } from '../../rules/calendar/division.js';
import type { Roll } from '../../rules/calendar/shift.js';
import { ANSWER_IS_NO, CommandFailure, WRONG_USE } from '../failure.js';
import type { Answerer } from '../when/answerer.js';

interface WhenOptions {
  division: Division;
  roll?: Roll;
  closure: string[];
  stdin?: true;
  json?: true;
}

const EXAMPLES = `
Weeks, days and months are calendar units: the day reached stays where it is unless --roll is given, and a month end is
clamped. workingDays skip weekends, the bank holidays of the division, and closures.

Examples:
  leadtime when 2027-01-07 -5 workingDays                       2026-12-30
  leadtime when 2027-01-07 -5 weeks --roll before               2026-12-03
  leadtime when 2027-01-31 1 months --division scotland         2027-02-28
  leadtime when --stdin < shifts.txt     one DATE AMOUNT UNIT per line in, one day per line out`;

/** `leadtime when DATE AMOUNT UNIT`: one shift of a day, or one per line of standard input. */
export function whenCommand(): Command {
  return new Command('when')
    .description('the day that lies an amount of time before (negative) or after a day')
    .argument('[date]', 'the day to count from, YYYY-MM-DD')
    .argument('[amount]', 'a whole number; negative is before, 0 is the same day')
    .argument('[unit]', 'weeks, days, workingDays or months')
    .addOption(new Option('--division <name>', 'whose bank holidays').choices(DIVISIONS).default('england-and-wales'))
    .addOption(
      new Option('--roll <side>', 'move a day that is not worked to the working day before or after it').choices([
        'before',
        'after',
      ]),
    )
    .addOption(
      new Option('--closure <from..to>', 'days closed beside bank holidays, both inclusive; can be given again')
        .argParser((value: string, earlier: string[]) => [...earlier, value])
        .default([], 'none'),
    )
    .option('--stdin', 'read one DATE AMOUNT UNIT per line; a line without an answer gives "error: …"')
    .option('--json', 'print JSON, with the way day by day; with --stdin one object per line')
    .addHelpText('after', EXAMPLES)
    .action((date: string | undefined, amount: string | undefined, unit: string | undefined, options: WhenOptions) =>
      when([date, amount, unit], options),
    );
}

async function when(given: (string | undefined)[], options: WhenOptions): Promise<void> {
  const words = given.filter((word) => word !== undefined);
  const { createAnswerer } = await import('../when/answerer.js');
  const answerer = await createAnswerer(options);
  if (options.stdin) await answerStdin(words, answerer);
  else if (words.length < 3) throw new CommandFailure('give DATE AMOUNT UNIT, or --stdin', WRONG_USE);
  else process.stdout.write(`${answerer.answerOne(words)}\n`);
}

async function answerStdin(words: string[], answerer: Answerer): Promise<void> {
  if (words.length > 0) throw new CommandFailure('give DATE AMOUNT UNIT or --stdin, not both', WRONG_USE);
  const { answerLines } = await import('../when/lines.js');
  const input = process.stdin.setEncoding('utf8');
  const failed = await answerLines(input, process.stdout, (line) => answerer.answerLine(line));
  if (failed > 0) process.exitCode = ANSWER_IS_NO;
}
