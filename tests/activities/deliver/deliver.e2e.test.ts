import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeliverResult } from '../../../rules/migration/ports.js';
import { startChild, type ChildServer } from '../../support/childServer.js';
import { startDevServer, type DevServer } from '../../support/devServer.js';
import { inputOf, messagesLike } from '../support/delivery.js';
import { deliverOnce } from '../support/deliveryWorkflow.js';
import { startSmtpCatcher, type SmtpCatcher } from '../support/smtpCatcher.js';

const fileOf = (name: string): string => fileURLToPath(new URL(`../support/${name}`, import.meta.url));
const AMOUNT = 6;
const READY_WITHIN_MS = 60_000;

let folder: string;
let smtp: SmtpCatcher;
let temporal: DevServer;
let worker: ChildServer;
let client: Client;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'leadtime-deliver-'));
  smtp = await startSmtpCatcher();
  temporal = await startDevServer({ dbFilename: path.join(folder, 'temporal.sqlite') });
  client = new Client({ connection: await Connection.connect({ address: temporal.address }) });
  const logger = new DefaultLogger('ERROR');
  const { code } = await bundleWorkflowCode({ workflowsPath: fileOf('deliveryWorkflow.ts'), logger });
  await writeFile(bundleFile(), code);
  worker = await startWorker();
});

afterEach(async () => {
  await worker.end('SIGKILL');
  await client.connection.close();
  await temporal.stop();
  await smtp.close();
  await rm(folder, { recursive: true, force: true });
});

const bundleFile = (): string => path.join(folder, 'bundle.js');

async function startWorker(): Promise<ChildServer> {
  const values = [temporal.address, 'deliveries', smtp.url, bundleFile()];
  const child = await startChild(process.execPath, [
    '--import',
    import.meta.resolve('tsx'),
    fileOf('delivery.process.ts'),
    ...values,
  ]);
  await expect.poll(() => child.printed(), { timeout: READY_WITHIN_MS }).toContain('ready');
  return child;
}

const start = () =>
  client.workflow.start(deliverOnce, {
    workflowId: 'delivery',
    taskQueue: 'deliveries',
    args: [inputOf(messagesLike(AMOUNT))],
  });

/** Runs something when the mail server has accepted that many mails, and holds its answer back until that is done. */
function whenAccepted(amount: number, run: () => Promise<void>): void {
  smtp.beforeAccepting = async () => {
    if (smtp.mails.length === amount) await run();
  };
}

const received = () => smtp.mails.map(({ messageId }) => messageId);
const repeated = () => received().filter((id, index) => received().indexOf(id) !== index);
const marked = ({ outcomes }: DeliverResult) =>
  outcomes.filter(({ mayHaveRepeated }) => mayHaveRepeated).map(({ messageId }) => `<${messageId}>`);

describe('a delivery on a real Temporal server', () => {
  it('repeats only the mail in flight, marked, after kill -9 of the worker', async () => {
    whenAccepted(3, () => worker.end('SIGKILL'));
    const delivery = await start();
    await expect.poll(() => worker.hasEnded(), { timeout: READY_WITHIN_MS }).toBe(true);
    worker = await startWorker();
    const result = await delivery.result();
    expect(new Set(received()).size).toBe(AMOUNT);
    expect(repeated()).toEqual([received()[2]]);
    expect(marked(result)).toEqual(repeated());
  });

  it('loses and repeats nothing after kill -9 of Temporal', async () => {
    whenAccepted(3, () => temporal.kill());
    await start();
    await expect.poll(() => smtp.mails.length, { timeout: READY_WITHIN_MS }).toBe(3);
    temporal = await startDevServer({ dbFilename: temporal.dbFilename, port: temporal.port });
    const result = await client.workflow.getHandle<typeof deliverOnce>('delivery').result();
    expect(new Set(received()).size).toBe(AMOUNT);
    expect(repeated()).toEqual([]);
    expect(marked(result)).toEqual([]);
  });

  it('outlives a mail server that is slower than the heartbeat timeout', async () => {
    whenAccepted(1, () => new Promise((resolve) => setTimeout(resolve, 7_000)));
    const result = await (await start()).result();
    expect(new Set(received()).size).toBe(AMOUNT);
    expect(repeated()).toEqual([]);
    expect(marked(result)).toEqual([]);
  });

  it('knows after failed attempts, and in another process, what has gone', async () => {
    let refusals = 0;
    smtp.answer = {
      recipient: (address) => {
        if (!address.startsWith('to2')) return undefined;
        refusals += 1;
        return 450;
      },
    };
    const delivery = await start();
    await expect.poll(() => refusals, { timeout: READY_WITHIN_MS }).toBeGreaterThanOrEqual(2);
    await worker.end('SIGKILL');
    smtp.answer = {};
    worker = await startWorker();
    const result = await delivery.result();
    expect(received()).toHaveLength(AMOUNT);
    expect(repeated()).toEqual([]);
    expect(result.outcomes.map(({ outcome }) => outcome)).toEqual(Array(AMOUNT).fill('sent'));
  });
});
