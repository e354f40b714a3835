/** The least that a page of the list can cost over HTTP: the same SQL, its rows as JSON, and nothing else. */
import http from 'node:http';
import pg from 'pg';
import { z } from 'zod';
import { pageSql, totalSql } from './sql.js';

const { DATABASE_URL, PORT } = z.object({ DATABASE_URL: z.string(), PORT: z.coerce.number() }).parse(process.env);
const pool = new pg.Pool({ connectionString: DATABASE_URL });

async function page(limit: number): Promise<Buffer> {
  const [{ rows }, counted] = await Promise.all([
    pool.query<{ migration_id: string }>(pageSql('all'), [limit]),
    pool.query<{ total: number }>(totalSql('all')),
  ]);
  const migrations = rows.map((row) => ({ migrationId: row.migration_id, ...row }));
  return Buffer.from(JSON.stringify({ migrations, total: counted.rows[0]?.total }));
}

http
  .createServer((request, response) => {
    const limit = Number(new URL(request.url ?? '', 'http://localhost').searchParams.get('limit') ?? 1);
    void page(limit).then((body) => response.setHeader('content-length', body.length).end(body));
  })
  .listen(PORT, '127.0.0.1');
