import { Client as Postgres } from 'pg';
import { Client, Connection } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { startDevServer } from './devServer.js';
import { startPostgres } from './postgres.js';

describe('the servers that tests start for themselves', () => {
  it('give a PostgreSQL of version 15 or newer that keeps rows until it is stopped', async () => {
    const { url, stop } = await startPostgres();
    try {
      const client = new Postgres({ connectionString: url });
      await client.connect();
      await client.query('create table practice (ods_code text primary key)');
      await client.query(`insert into practice values ('Y00001')`);
      expect((await client.query('select ods_code from practice')).rows).toEqual([{ ods_code: 'Y00001' }]);
      const [version] = (
        await client.query<{ number: number }>('select current_setting($1)::int as number', ['server_version_num'])
      ).rows;
      expect(version?.number).toBeGreaterThanOrEqual(150_000);
      await client.end();
    } finally {
      await stop();
    }
  });

  it('give a Temporal server that goes on with its workflows after kill -9', async () => {
    const searchAttributes = [defineSearchAttributeKey('TestPhase', 'KEYWORD')];
    const first = await startDevServer({ searchAttributes });
    const { dbFilename, port } = first;
    const workflowId = 'survivor';
    try {
      const before = await Connection.connect({ address: first.address });
      await new Client({ connection: before }).workflow.start('anything', { workflowId, taskQueue: 'nobody-polls' });
      await before.close();
      await first.kill();

      const second = await startDevServer({ searchAttributes, dbFilename, port });
      const after = await Connection.connect({ address: second.address });
      const { status } = await new Client({ connection: after }).workflow.getHandle(workflowId).describe();
      expect(status.name).toBe('RUNNING');
      await after.close();
      await second.stop();
    } finally {
      await first.kill();
      await rm(path.dirname(dbFilename), { recursive: true, force: true });
    }
  });
});
