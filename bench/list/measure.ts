/** The operators' list over a whole country's practices: what leadtime adds to the SQL that it needs. */
import { mustAgree, type Row } from '../report.js';
import { median } from '../timing.js';
import type { ListClient } from './clients.js';

/** The answer may take so many times as long as its bare SQL. */
const GOAL = 1.5;
const ROUNDS = 300;
/** At first Node compiles and PostgreSQL reads its tables. */
const WARM_UP = 100;

/** @throws MismatchError where the two show different migrations, or another order of them */
async function checkPage(limit: number, api: ListClient, sql: ListClient): Promise<void> {
  const [ours, theirs] = [(await api.ask(limit))(), (await sql.ask(limit))()];
  mustAgree(`a page of ${String(limit)}`, ours.migrationIds, theirs.migrationIds);
  mustAgree('the total', [ours.total], [theirs.total]);
}

async function msOf(client: ListClient, limit: number): Promise<number> {
  const startMs = performance.now();
  await client.ask(limit);
  return performance.now() - startMs;
}

/** They take turns, so that what slows the machine down slows both. */
export async function measureList(limit: number, api: ListClient, sql: ListClient): Promise<Row> {
  await checkPage(limit, api, sql);
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const [apiMs, sqlMs] = [await msOf(api, limit), await msOf(sql, limit)];
    if (round < WARM_UP) continue;
    ours.push(apiMs);
    theirs.push(sqlMs);
  }
  const [oursMs, theirsMs] = [median(ours), median(theirs)];
  return {
    what: `a page of ${String(limit)} with the total, over HTTP`,
    ours: `${oursMs.toFixed(1)} ms`,
    rival: `${theirsMs.toFixed(1)} ms (bare SQL)`,
    ratio: theirsMs / oursMs,
    goal: `≥ ${(1 / GOAL).toFixed(2)}×`,
    isMet: oursMs <= GOAL * theirsMs,
  };
}
