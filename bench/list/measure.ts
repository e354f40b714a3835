/** The operators' list over a whole country's practices: what leadtime adds to the SQL that it needs. */
import { mustAgree, type Row } from '../report.js';
import { median } from '../timing.js';
import type { ListClient } from './clients.js';

/** The answer may take so many times as long as its bare SQL. */
const GOAL = 1.5;
const ROUNDS = 300;
/** At first Node compiles and PostgreSQL reads its tables. */
const WARM_UP = 100;

/** The three ways to a page. */
export interface Ways {
  api: ListClient;
  /** HTTP and JSON alone, over the same SQL. */
  plain: ListClient;
  sql: ListClient;
}

/** @throws MismatchError where they show different migrations, or another order of them */
async function checkPage(limit: number, { api, plain, sql }: Ways): Promise<void> {
  const theirs = (await sql.ask(limit))();
  for (const client of [api, plain]) {
    const ours = (await client.ask(limit))();
    mustAgree(`a page of ${String(limit)}`, ours.migrationIds, theirs.migrationIds);
    mustAgree('the total', [ours.total], [theirs.total]);
  }
}

async function msOf(client: ListClient, limit: number): Promise<number> {
  const startMs = performance.now();
  await client.ask(limit);
  return performance.now() - startMs;
}

const ms = (time: number): string => `${time.toFixed(1)} ms`;

/** They take turns, so that what slows the machine down slows all. */
export async function measureList(limit: number, ways: Ways): Promise<Row[]> {
  await checkPage(limit, ways);
  const times: Record<keyof Ways, number[]> = { api: [], plain: [], sql: [] };
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1)
    for (const way of ['api', 'plain', 'sql'] as const) {
      const time = await msOf(ways[way], limit);
      if (round >= WARM_UP) times[way].push(time);
    }
  const [apiMs, plainMs, sqlMs] = [median(times.api), median(times.plain), median(times.sql)];
  const rival = `${ms(sqlMs)} (bare SQL)`;
  const what = `a page of ${String(limit)} with the total, over HTTP`;
  return [
    {
      what,
      ours: ms(apiMs),
      rival,
      ratio: sqlMs / apiMs,
      goal: `≥ ${(1 / GOAL).toFixed(2)}×`,
      isMet: apiMs <= GOAL * sqlMs,
    },
    { what: '  the same by HTTP and JSON alone', ours: ms(plainMs), rival, ratio: sqlMs / plainMs, goal: '-' },
  ];
}
