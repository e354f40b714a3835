/** The two ways to a page of the list: through the operators' API, and by the bare SQL. */
import http from 'node:http';
import pg from 'pg';
import { z } from 'zod';

export interface ListPage {
  /** In the order of the page. */
  migrationIds: string[];
  total: number;
}

export interface ListClient {
  page(limit: number): Promise<ListPage>;
  close(): Promise<void>;
}

const pageSchema = z.object({
  migrations: z.array(z.looseObject({ migrationId: z.string() })),
  total: z.number(),
});

const answered = (response: http.IncomingMessage): Promise<string> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('end', () => resolve(Buffer.concat(chunks).toString()));
    response.on('error', reject);
  });

/** Over one connection that is kept open. */
export function apiClient(url: string, token: string): ListClient {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const headers = { authorization: `Bearer ${token}` };
  const get = (path: string): Promise<string> =>
    new Promise((resolve, reject) => {
      http.get(`${url}${path}`, { agent, headers }, (response) => resolve(answered(response))).on('error', reject);
    });
  return {
    page: async (limit) => {
      const { migrations, total } = pageSchema.parse(JSON.parse(await get(`/api/migrations?limit=${String(limit)}`)));
      return { migrationIds: migrations.map(({ migrationId }) => migrationId), total };
    },
    close: async () => agent.destroy(),
  };
}

const COLUMNS = [
  ...['migration_id', 'as_of_seq', 'workflow_id', 'ods_code', 'practice_name', 'rehearsal', 'status', 'phase'],
  ...['division', 'icb', 'source_supplier_id', 'target_supplier_id', 'rule_set', 'calendar_version', 'date_version'],
  ...['started_at', 'next_deadline_on', 'next_milestone_id', 'critical_on', 'critical_milestone_id', 'slipped'],
  ...['delay_holders', 'owner', 'anchors'],
].join(', ');
const PAGE = `select ${COLUMNS} from migrations where not rehearsal
  order by next_deadline_on asc nulls last, migration_id limit $1`;
const TOTAL = 'select count(*)::int as total from migrations where not rehearsal';

const rowsSchema = z.array(z.looseObject({ migration_id: z.string() }));
const totalSchema = z.array(z.object({ total: z.number() }));

/** The page and the total with PostgreSQL's own driver: what an answer costs without leadtime. */
export async function sqlClient(databaseUrl: string): Promise<ListClient> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  return {
    page: async (limit) => {
      const [rows, totals] = [await client.query(PAGE, [limit]), await client.query(TOTAL)];
      const migrationIds = rowsSchema.parse(rows.rows).map(({ migration_id: id }) => id);
      return { migrationIds, total: totalSchema.parse(totals.rows)[0]?.total ?? 0 };
    },
    close: () => client.end(),
  };
}
