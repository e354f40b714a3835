/** The portfolio's first page over a whole country's practices, beside its bare SQL and the rendering of the same rows. */
import { portfolioHtml } from '../../../api/operatorPages/portfolio.js';
import { listAnswer } from '../../../api/answers/migrations.js';
import type { ListClient } from '../../../bench/list/clients.js';
import { mustAgree, type Row } from '../../../bench/report.js';
import { median } from '../../../bench/timing.js';
import { migrationIdsIn, type PageClient } from './pageClient.js';

/** The page may take so many times as long as its SQL and its rendering alone. */
const GOAL = 1.5;
const MOST_BYTES = 100_000;
const ROUNDS = 200;
/** At first Node compiles and PostgreSQL reads its tables. */
const WARM_UP = 100;
const LIMIT = 50;

const SIGNED_IN = {
  name: 'Ann Bell',
  subject: 'bench',
  role: 'operator' as const,
  way: 'link' as const,
  sessionId: 'bench',
  csrfSecret: 'a secret of the benchmark',
};

export interface PageBench {
  page: PageClient;
  sql: ListClient;
  /** The first page as the API answers it. */
  firstPage: () => Promise<unknown>;
}

async function msOf(work: () => unknown): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}

const ms = (time: number): string => `${time.toFixed(1)} ms`;

/** They take turns, so that what slows the machine down slows all. @throws MismatchError where they show other migrations */
export async function measurePage({ page, sql, firstPage }: PageBench): Promise<Row[]> {
  const answer = listAnswer.parse(await firstPage());
  const bytes = await page.ask();
  const { migrationIds } = (await sql.ask(LIMIT))();
  mustAgree('the first page', migrationIdsIn(bytes), migrationIds);
  const [pages, sqls, renderings]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const times = [
      await msOf(() => page.ask()),
      await msOf(() => sql.ask(LIMIT)),
      await msOf(() => portfolioHtml(SIGNED_IN, {}, answer)),
    ] as const;
    if (round < WARM_UP) continue;
    pages.push(times[0]);
    sqls.push(times[1]);
    renderings.push(times[2]);
  }
  const [pageMs, sqlMs, renderMs] = [median(pages), median(sqls), median(renderings)];
  const alone = sqlMs + renderMs;
  return [
    {
      what: 'the portfolio’s first page, over HTTP, compressed',
      ours: ms(pageMs),
      rival: `${ms(alone)} (SQL ${ms(sqlMs)}, rendering ${ms(renderMs)})`,
      ratio: alone / pageMs,
      goal: `≥ ${(1 / GOAL).toFixed(2)}×`,
      isMet: pageMs <= GOAL * alone,
    },
    {
      what: 'the bytes of that page, compressed, without its assets',
      ours: `${(bytes.length / 1_000).toFixed(1)} KB`,
      rival: '-',
      goal: '< 100 KB',
      isMet: bytes.length < MOST_BYTES,
    },
  ];
}
