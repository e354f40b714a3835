/** The two ways to a page of the list: through the operators' API, and by the bare SQL. */
import http from 'node:http';
import pg from 'pg';
import { z } from 'zod';
import { pageSql, totalSql, type Wanted } from './sql.js';

export interface ListPage {
  /** In the order of the page. */
  migrationIds: string[];
  total: number;
}

/** What came, to be read afterwards: what a reader makes of it is no part of the answer's time. */
type Answer = () => ListPage;

export interface ListClient {
  /** Asks for a page and waits until all of the answer is there. */
  ask(limit: number): Promise<Answer>;
  close(): Promise<void>;
}

const pageSchema = z.object({
  migrations: z.array(z.looseObject({ migrationId: z.string() })),
  total: z.number(),
});

const answered = (response: http.IncomingMessage): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('end', () => resolve(Buffer.concat(chunks)));
    response.on('error', reject);
  });

/** Over one connection that is kept open. @param token none for the plain server */
export function apiClient(url: string, token = ''): ListClient {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const headers = { authorization: `Bearer ${token}` };
  const get = (path: string): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      http.get(`${url}${path}`, { agent, headers }, (response) => resolve(answered(response))).on('error', reject);
    });
  return {
    ask: async (limit) => {
      const body = await get(`/api/migrations?limit=${String(limit)}`);
      return () => {
        const { migrations, total } = pageSchema.parse(JSON.parse(body.toString()));
        return { migrationIds: migrations.map(({ migrationId }) => migrationId), total };
      };
    },
    close: async () => agent.destroy(),
  };
}

const rowsSchema = z.array(z.looseObject({ migration_id: z.string() }));
const totalSchema = z.array(z.object({ total: z.number() }));

/** The page and the total with PostgreSQL's own driver: what an answer costs without leadtime. */
export async function sqlClient(databaseUrl: string, wanted: Wanted = 'all'): Promise<ListClient> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const [page, total] = [pageSql(wanted), totalSql(wanted)];
  return {
    ask: async (limit) => {
      const [rows, totals] = [await client.query(page, [limit]), await client.query(total)];
      return () => {
        const migrationIds = rowsSchema.parse(rows.rows).map(({ migration_id: id }) => id);
        return { migrationIds, total: totalSchema.parse(totals.rows)[0]?.total ?? 0 };
      };
    },
    close: () => client.end(),
  };
}
