/**
 * A worker process that tests can kill: `node --import tsx delivery.process.ts ADDRESS TASK_QUEUE SMTP_URL BUNDLE`.
 * Prints "ready" once it polls.
 */
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { createDeliverActivities } from '../../../activities/deliver/deliver.js';
import { temporalAttempt } from '../../../activities/deliver/temporalAttempt.js';
import { createMailer } from '../../../activities/email/mailer.js';
import { createLogger } from '../../../config/logger.js';

const [address = '', taskQueue = '', smtpUrl = '', codePath = ''] = process.argv.slice(2);
const client = new Client({ connection: await Connection.connect({ address }) });
const mailer = createMailer({ smtpUrl });
const activities = createDeliverActivities({
  mail: mailer.send,
  webhook: () => Promise.reject(new Error('no webhook was expected')),
  writeRegister: () => Promise.resolve({ registerWritten: true }),
  log: createLogger({ level: 'info', pretty: false }),
  currentAttempt: temporalAttempt(client.activity),
});
const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({ connection, taskQueue, activities, workflowBundle: { codePath } });
const running = worker.run();
process.stdout.write('ready\n');
await running;
