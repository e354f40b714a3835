/**
 * `npm run bench`: how fast the rules engine is, as ratios to others in the same run. Whatever is timed has first been
 * compared. `--short` takes small sizes: enough to see that everything agrees, too small to say how fast it is.
 *
 * BENCH_PYTHON names a Python 3 with numpy; `python3` unless set. Exit code 1 where anything disagrees; a goal that is not
 * met is reported, and is no error: it may be the machine.
 */
import { englishWorkingDays } from './days.js';
import { exampleNames, exampleOf } from './examples.js';
import { measureAgainstNumpy } from './numpy.js';
import { checkPractices, measurePortfolio } from './portfolio.js';
import { checkWorks, measureReplanning, replanning } from './replanning/replanning.js';
import { formatReport, MismatchError } from './report.js';
import { checkShifts, measureShifts } from './shifts.js';

const isShort = process.argv.includes('--short');
const size = isShort
  ? { shifts: 20_000, moves: 3, numpy: 20_000, practices: 60 }
  : { shifts: 1_000_000, moves: 20, numpy: 500_000, practices: 6_300 };

try {
  const { calendar, holidays } = await englishWorkingDays();
  const shifts = checkShifts(calendar, holidays, size.shifts);
  const examples = await Promise.all(exampleNames.map(exampleOf));
  const replans = examples.map((example) => replanning(example, size.moves));
  for (const { works, workingTime } of replans) checkWorks(works, workingTime);
  for (const example of examples) checkPractices(example, 6);
  console.log(
    formatReport([
      measureShifts(calendar, holidays, shifts),
      measureAgainstNumpy(calendar, holidays, size.numpy, process.env['BENCH_PYTHON'] ?? 'python3'),
      ...replans.flatMap(measureReplanning),
      ...exampleNames.flatMap((name) => measurePortfolio(name, size.practices)),
    ]),
  );
} catch (error) {
  if (!(error instanceof MismatchError)) throw error;
  console.error(`Not timed, because the results differ. ${error.message}`);
  process.exitCode = 1;
}
