import { askApi, type JsonOption } from '../apiCommand.js';
import type { ApiClient } from '../client.js';
import { ANSWER_IS_NO } from '../failure.js';
import { examineOrSay, verdictLines, type Verdict } from './verdict.js';
import { runningView } from './views.js';

/** Looked at together: the API has other callers. */
const AT_ONCE = 4;

async function examineAll(api: ApiClient, ids: readonly string[]): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (let first = 0; first < ids.length; first += AT_ONCE)
    verdicts.push(...(await Promise.all(ids.slice(first, first + AT_ONCE).map((id) => examineOrSay(api, id)))));
  return verdicts;
}

function textOf(verdicts: readonly Verdict[]): string {
  if (verdicts.length === 0) return 'No migration is running.';
  const told = verdicts.filter(({ findings }) => findings.length > 0);
  const armed = verdicts.filter((verdict) => verdict.armed).length;
  return [...told.flatMap((verdict) => [...verdictLines(verdict), '']), `Armed: ${armed} of ${verdicts.length}.`].join(
    '\n',
  );
}

/** Proves it of every running migration; only those with findings are shown. */
export async function doctorOfAll(options: JsonOption): Promise<void> {
  await askApi(options, async (api) => {
    const { migrationIds } = runningView.parse(await api.get('/running'));
    const migrations = await examineAll(api, migrationIds);
    const isArmed = migrations.every(({ armed }) => armed);
    if (!isArmed) process.exitCode = ANSWER_IS_NO;
    return { answer: { armed: isArmed, migrations }, text: textOf(migrations) };
  });
}
