/**
 * `npm run bench:bulk [PRACTICES [ROUNDS]]`: an operation on many practices beside a plain client's loop that sends the same
 * updates, both on one Temporal development server with PostgreSQL for the register. Checks first that each migration got it once.
 */
import { formatReport, MismatchError } from '../bench/report.js';
import { measureBulk } from '../tests/bench/bulk/measure.js';
import { startBenchSystem } from '../tests/bench/bulk/system.js';

const practices = Number(process.argv[2] ?? 500);
const rounds = Number(process.argv[3] ?? 5);
const AT_ONCE = 16;

const system = await startBenchSystem({ atOnce: AT_ONCE, perSecond: 1_000 });
try {
  console.log(formatReport([await measureBulk(system, { practices, rounds, atOnce: AT_ONCE })]));
} catch (error) {
  if (!(error instanceof MismatchError)) throw error;
  console.error(`Not timed, because the results differ. ${error.message}`);
  process.exitCode = 1;
} finally {
  await system.stop();
}
