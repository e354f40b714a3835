/**
 * `npm run prove:mutations`: changes every single value of the shipped rule set and layers and shows what catches each change.
 *
 * Exit code 0 when each is caught by `rules check`, a golden plan or a fact written by hand; 1, with a list, when some survive; 2
 * when what ships does not itself agree with them. `--facts-only` lists what only a fact caught.
 */
import { everyMutant, shippedPasses } from '../tests/mutation/everyMutant.js';
import { uncaught, type Verdict } from '../tests/mutation/judge.js';

const verdicts: readonly Verdict[] = [
  'changes nothing',
  'refused',
  'a plan differs',
  'a fact differs',
  'breaks the planner',
  'survives',
];

if (!shippedPasses()) {
  console.error('What ships does not itself agree with its plans and facts: run npx vitest run tests/golden first.');
  process.exit(2);
}

const startedMs = performance.now();
const judged = everyMutant().map(({ name, key, verdict }) => ({ name, key, verdict: verdict() }));
const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);

const count = (verdict: Verdict, key?: string): number =>
  judged.filter((each) => each.verdict === verdict && (key === undefined || each.key === key)).length;

const row = (label: string, numbers: readonly (number | string)[]): string =>
  `${label.padEnd(22)}${numbers.map((each) => `${each}`.padStart(20)).join('')}`;

console.log(row('changed', verdicts));
for (const key of [...new Set(judged.map((each) => each.key))].toSorted())
  console.log(
    row(
      key,
      verdicts.map((verdict) => count(verdict, key)),
    ),
  );
console.log(
  row(
    'all',
    verdicts.map((verdict) => count(verdict)),
  ),
);
console.log(`\n${judged.length} rule sets and layers with one value changed, judged in ${seconds} s.`);

const survivors = judged.filter(({ verdict }) => uncaught.includes(verdict));
if (survivors.length > 0) {
  console.log(`\n${survivors.length} of them are caught by nothing:`);
  for (const { name, verdict } of survivors) console.log(`  ${verdict}: ${name}`);
}
if (process.argv.includes('--facts-only'))
  for (const { name, verdict } of judged) if (verdict === 'a fact differs') console.log(`  only a fact: ${name}`);
process.exitCode = survivors.length > 0 ? 1 : 0;
