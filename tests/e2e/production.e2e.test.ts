import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { stringify } from 'yaml';
import { z } from 'zod';
import { dataConverter } from '../../config/temporal/dataConverter.js';
import { stateQuery } from '../../workflows/migration/messages.js';
import { workflowIdOfPractice } from '../../workflows/migration/ids.js';
import { currentOrder } from './support/currentOrder.js';
import { startProduction, type ProductionStack } from './support/productionStack.js';

const order = currentOrder();
const { odsCode } = order.practice;
const practiceManager = order.contacts.practiceManager.email;
const source = order.parties.find(({ roles }) => roles.includes('sourceSupplier'));
const SOON = { timeout: 120_000, interval: 200 };

const mailSchema = z.array(z.looseObject({ subject: z.string(), to: z.array(z.looseObject({ address: z.string() })) }));
const startSchema = z.tuple([z.object({ answer: z.object({ migrationId: z.string() }) })]);
const listSchema = z.object({ migrations: z.array(z.looseObject({ migrationId: z.string(), status: z.string() })) });
const showSchema = z.object({
  milestones: z.array(z.looseObject({ milestoneId: z.string(), status: z.string() })),
});
const historySchema = z.object({ audit: z.array(z.looseObject({ type: z.string() })) });

const wholeHistorySchema = z.object({ audit: z.array(z.unknown()) });

let stack: ProductionStack;
let temporal: Connection;
let orderFile: string;
/** What was started, to be ended in the opposite order. */
const toEnd: (() => Promise<void>)[] = [];

const mailsTo = async (address: string | undefined) => {
  const answer = await fetch(new URL('/api/email', stack.mail));
  const mails = mailSchema.parse(await answer.json());
  return mails.filter(({ to }) => to.some((each) => each.address === address));
};
const answerOf = async <Answer>(schema: z.ZodType<Answer>, ...args: string[]): Promise<Answer> => {
  const { code, stdout, stderr } = await stack.leadtime(...args, '--json');
  expect({ args, code, stderr }).toMatchObject({ code: 0 });
  return schema.parse(JSON.parse(stdout));
};
const audited = async () => (await answerOf(historySchema, 'history', odsCode)).audit.map(({ type }) => type);

/** The history as whoever reads Temporal's API or database without the keys sees it: its bytes, in JSON base64, as text. */
const storedHistory = async (): Promise<string> => {
  const client = new Client({ connection: temporal, namespace: stack.namespace });
  const { events } = await client.workflow.getHandle(workflowIdOfPractice(odsCode)).fetchHistory();
  return JSON.stringify(events).replaceAll(/"([A-Za-z0-9+/]{8,}=*)"/g, (_, text: string) =>
    Buffer.from(text, 'base64').toString('latin1'),
  );
};

/** The exit code of a health check of the compose file. */
const healthCheck = async (name: string): Promise<number | null> => {
  const env = {
    ...process.env,
    TEMPORAL_ADDRESS: stack.temporal,
    TEMPORAL_NAMESPACE: stack.namespace,
    LEADTIME_API_PORT: new URL(stack.api).port,
  };
  const child = spawn(process.execPath, [`scripts/production/${name}.mjs`], { env, stdio: 'ignore' });
  const ended: unknown[] = await once(child, 'exit');
  return z.tuple([z.number().nullable(), z.unknown()]).parse(ended)[0];
};

const urlFor = (user: string, password: string, database: string) =>
  `postgres://${user}:${password}@127.0.0.1:${stack.postgresPort}/${database}`;

beforeAll(async () => {
  stack = await startProduction();
  toEnd.push(stack.remove);
  temporal = await Connection.connect({ address: stack.temporal });
  toEnd.push(() => temporal.close());
  orderFile = path.join(stack.dataDir, 'order.yaml');
  await writeFile(orderFile, stringify(order));
});

afterAll(async () => {
  for (const end of toEnd.toReversed()) await end();
});

describe('the production stack', () => {
  it('keeps closed migrations for 90 days', async () => {
    const { config } = await temporal.workflowService.describeNamespace({ namespace: stack.namespace });
    expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(90 * 24 * 60 * 60);
  });

  it('refuses a rehearsal', async () => {
    const { code, stderr } = await stack.leadtime('start', orderFile, '--speed', '1d=1s');
    expect(code).toBe(2);
    expect(stderr).toContain('refused in production');
    expect((await answerOf(listSchema, 'list', '--rehearsals')).migrations).toEqual([]);
  });

  it('starts an order for real, and the mails of its first day arrive', async () => {
    const [{ answer }] = await answerOf(startSchema, 'start', orderFile);
    expect(answer.migrationId).toMatch(new RegExp(`^${odsCode}-`));
    await vi.waitFor(async () => {
      const subjects = (await mailsTo(source?.contact?.email)).map(({ subject }) => subject);
      expect(subjects.filter((subject) => subject.includes(order.practice.name))).toHaveLength(2);
    }, SOON);
    await vi.waitFor(async () => {
      const { migrations } = await answerOf(listSchema, 'list');
      expect(migrations).toMatchObject([{ migrationId: answer.migrationId, status: 'running' }]);
    }, SOON);
  });

  it('moves a hop when the supplier’s signed webhook says so', async () => {
    const supplierId = source?.id ?? '';
    const made = await stack.leadtime('webhook', 'secret', supplierId);
    expect(made.code).toBe(0);
    const event = ['webhook', 'send', supplierId, 'form.sent', '--ods', odsCode, '--product', 'core'];
    expect(await stack.leadtime(...event)).toMatchObject({ code: 0 });
    await vi.waitFor(async () => {
      const { milestones } = await answerOf(showSchema, 'show', odsCode);
      const hop = milestones.find(
        ({ milestoneId }) => milestoneId === `extract.initial.${supplierId}.core.1.formAtPractice`,
      );
      expect(hop).toMatchObject({ status: 'done', settledBy: supplierId });
    }, SOON);
    expect(await audited()).toContain('supplier.event');
  });

  it('keeps people’s addresses out of what Temporal stores', async () => {
    const stored = await storedHistory();
    const { contacts, csu, practice, parties } = order;
    const personal = [
      practice.name,
      csu.phone,
      ...[contacts.practiceManager, contacts.csuOperator].flatMap(({ name, email }) => [name, email]),
      ...parties.flatMap(({ contact }) => contact?.email ?? []),
    ];
    expect(personal).toContain(practiceManager);
    expect(stored).toContain('binary/encrypted');
    expect(personal.filter((text) => stored.includes(text))).toEqual([]);
  });

  it('shows them to whoever has the keys', async () => {
    const keys = path.join(stack.secrets, 'codec_keys.json');
    const converter = dataConverter({ production: true, codecKeysFile: keys });
    const client = new Client({ connection: temporal, namespace: stack.namespace, dataConverter: converter });
    const state = await client.workflow.getHandle(workflowIdOfPractice(odsCode)).query(stateQuery);
    expect(JSON.stringify(state)).toContain(practiceManager);
  });

  it('stops when it is asked to, and goes on where it was when it is started again', async () => {
    const before = await audited();
    const printed = await stack.stop();
    expect(printed).toContain('Stopping');
    expect(printed).not.toContain('has ended by itself');
    expect(await Promise.all([healthCheck('apiHealth'), healthCheck('workerHealth')])).toEqual([1, 1]);
    await stack.start();
    expect(await audited()).toEqual(before);
    expect(await Promise.all([healthCheck('apiHealth'), healthCheck('workerHealth')])).toEqual([0, 0]);
    expect(await mailsTo(source?.contact?.email)).toHaveLength(2);
  });

  it('ends what a killed script left behind, and goes on', async () => {
    await stack.kill();
    expect(await stack.start()).toContain('Ending what an earlier run left behind: postgres');
    expect(await healthCheck('apiHealth')).toBe(0);
    expect(await mailsTo(source?.contact?.email)).toHaveLength(2);
  });

  it('withdraws what was asked for when the migration is off', async () => {
    const cancel = ['cancel', odsCode, '--reason', 'The practice stays where it is', '--by', 'Tom Ashdown'];
    expect(await stack.leadtime(...cancel)).toMatchObject({ code: 0 });
    await vi.waitFor(async () => {
      const subjects = (await mailsTo(source?.contact?.email)).map(({ subject }) => subject);
      expect(subjects.filter((subject) => subject.includes('withdrawn'))).toHaveLength(2);
      const { migrations } = await answerOf(listSchema, 'list', '--status', 'cancelled');
      expect(migrations).toHaveLength(1);
    }, SOON);
  });

  it('gives the register’s role its own database and nothing else', async () => {
    const register = new URL((await readSecret('database_url')).trim());
    const own = new pg.Client(register.href);
    await own.connect();
    const { rows } = await own.query(
      'SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user',
    );
    await expect(own.query('CREATE DATABASE another')).rejects.toThrow('permission denied');
    await own.end();
    expect(rows).toEqual([{ rolsuper: false, rolcreatedb: false, rolcreaterole: false }]);
    for (const database of ['temporal', 'temporal_visibility', 'postgres']) {
      const other = new pg.Client(urlFor('leadtime', register.password, database));
      await expect(other.connect(), database).rejects.toThrow('permission denied');
      await other.end();
    }
  });

  it('finds out which record of the audit was changed behind its back, and has it anew from Temporal', async () => {
    const [before, id] = [await answerOf(wholeHistorySchema, 'history', odsCode), 'system'];
    expect(before.audit.length).toBeGreaterThan(3);
    expect(await stack.leadtime('audit', 'verify')).toMatchObject({ code: 0 });
    const owner = new pg.Client((await readSecret('database_url')).trim());
    await owner.connect();
    await owner.query('ALTER TABLE audit DISABLE TRIGGER USER');
    await owner.query(`UPDATE audit SET actor = 'nobody' WHERE seq = 2 AND migration_id <> '${id}'`);
    const verdict = await stack.leadtime('audit', 'verify');
    expect(verdict.code).toBe(1);
    expect(verdict.stdout).toContain('record 2 is not what was written');
    for (const table of ['audit', 'messages', 'milestones', 'migrations'])
      await owner.query(`DELETE FROM ${table} WHERE migration_id <> '${id}'`);
    await owner.query('ALTER TABLE audit ENABLE TRIGGER USER');
    await owner.end();
    const rebuilt = await stack.rebuild();
    expect(rebuilt, rebuilt.stderr).toMatchObject({ code: 0 });
    expect(await answerOf(wholeHistorySchema, 'history', odsCode)).toEqual(before);
    expect(await stack.leadtime('audit', 'verify')).toMatchObject({ code: 0 });
  });

  it('takes no connection without the password', async () => {
    const stranger = new pg.Client(urlFor('temporal', 'temporal', 'temporal'));
    await expect(stranger.connect()).rejects.toThrow('password authentication failed');
    await stranger.end();
  });
});

async function readSecret(name: string): Promise<string> {
  return readFile(path.join(stack.secrets, name), 'utf8');
}
