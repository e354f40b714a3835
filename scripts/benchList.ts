/**
 * `npm run bench:list [PRACTICES]`: the operators' list, and the portfolio's first page, over a register of 6,300 running migrations with sixty milestones each,
 * on PostgreSQL. Fills the register (half a minute), starts `leadtime api` over it, and measures it against its bare SQL.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { apiClient, sqlClient } from '../bench/list/clients.js';
import { fillRegister } from '../bench/list/fill.js';
import { measureList } from '../bench/list/measure.js';
import { formatReport } from '../bench/report.js';
import { openRegister } from '../register/open.js';
import { measurePage } from '../tests/bench/page/measure.js';
import { pageClient } from '../tests/bench/page/pageClient.js';
import { startChild, type ChildServer } from '../tests/support/childServer.js';
import { freePort } from '../tests/support/freePort.js';
import { startPostgres } from '../tests/support/postgres.js';

const PAGES = [50, 100, 1_000];
const practices = Number(process.argv[2] ?? 6_300);

async function startApi(
  databaseUrl: string,
  folder: string,
): Promise<{ url: string; token: string; api: ChildServer }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  const token = randomBytes(32).toString('hex');
  const tokenFile = path.join(folder, 'operator-token');
  await writeFile(tokenFile, token, { mode: 0o600 });
  const api = await startChild(process.execPath, ['dist/cli/main.js', 'api'], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      LEADTIME_API_PORT: String(port),
      // Two lines for each request would be read by the process that measures.
      LEADTIME_LOG_LEVEL: 'warn',
      LEADTIME_DATA_DIR: folder,
      LEADTIME_OPERATOR_TOKEN_FILE: tokenFile,
    },
  });
  await untilAlive(`${url}/healthz`, api);
  return { url, token, api };
}

async function startPlain(databaseUrl: string): Promise<{ url: string; server: ChildServer }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  const args = ['--import', 'tsx', 'bench/list/plainServer.process.ts'];
  const env = { ...process.env, DATABASE_URL: databaseUrl, PORT: String(port) };
  const server = await startChild(process.execPath, args, { env });
  await untilAlive(url, server);
  return { url, server };
}

async function untilAlive(url: string, server: ChildServer): Promise<void> {
  while (!(await isAlive(url))) {
    if (server.hasEnded()) throw new Error(server.printed());
    await pause(100);
  }
}

const isAlive = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

const firstPageOf = async (url: string, token: string): Promise<unknown> => {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${url}/api/migrations?status=running&limit=50`, { headers })).json();
};

/** PostgreSQL does so by itself within a minute of so much writing, and until then plans without knowing its tables. */
async function analyse(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('analyze');
  await client.end();
}

async function measure(databaseUrl: string, folder: string): Promise<void> {
  const register = await openRegister({ databaseUrl });
  const milestones = await fillRegister(register, practices);
  await register.close();
  await analyse(databaseUrl);
  const { url, token, api } = await startApi(databaseUrl, folder);
  const plain = await startPlain(databaseUrl);
  const ways = { api: apiClient(url, token), plain: apiClient(plain.url), sql: await sqlClient(databaseUrl) };
  const rows = [];
  for (const limit of PAGES) rows.push(...(await measureList(limit, ways)));
  const page = await pageClient(url, token);
  const running = await sqlClient(databaseUrl, 'running');
  rows.push(...(await measurePage({ page, sql: running, firstPage: () => firstPageOf(url, token) })));
  console.log(`${practices.toLocaleString('en-GB')} practices, ${milestones.toLocaleString('en-GB')} milestones`);
  console.log(formatReport(rows));
  await Promise.all([ways.api.close(), ways.plain.close(), ways.sql.close(), running.close(), page.close()]);
  await Promise.all([api.end('SIGTERM'), plain.server.end('SIGTERM')]);
}

const folder = await mkdtemp(path.join(tmpdir(), 'leadtime-bench-'));
const postgres = await startPostgres();
try {
  await measure(postgres.url, folder);
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
