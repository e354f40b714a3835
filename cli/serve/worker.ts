import { createMailer } from '../../activities/email/mailer.js';
import { createLogger } from '../../config/logger.js';
import { temporalSettings } from '../../config/temporal/settings.js';
import { createWebhookSecrets } from '../../config/webhookSecrets.js';
import { openRegister } from '../../register/open.js';
import { installRuntime } from '../../workers/runtime.js';
import { startWorker } from '../../workers/start.js';
import {
  environmentOfProcess,
  pageLinkingOf,
  requireCalendar,
  requireDatabase,
  requireMessages,
  requireRules,
  webhookSecretsFileOf,
} from './needs.js';
import { applyRowOver } from './bulkRows.js';
import { outliveReaders, stopRequested } from './untilStopped.js';

/** Runs a worker alone until it is told to stop; then it finishes what is under way. */
export async function serveWorker(): Promise<void> {
  const environment = environmentOfProcess();
  const databaseUrl = requireDatabase(environment, 'worker');
  await requireCalendar();
  await requireRules();
  await requireMessages();
  const temporal = temporalSettings(process.env);
  const logger = createLogger({ level: environment.logLevel });
  const stop = stopRequested();
  outliveReaders();
  installRuntime(logger);
  const { pageLinkOf } = await pageLinkingOf(environment);
  const register = await openRegister({ databaseUrl });
  const mailer = createMailer(environment, pageLinkOf);
  const webhookSecrets = createWebhookSecrets(webhookSecretsFileOf(environment));
  const deps = { environment, temporal, register, mailer, webhookSecrets, logger };
  const worker = startWorker({ ...deps, applyRowOver: applyRowOver(environment, logger) });
  try {
    await Promise.race([stop, worker.ended]);
    logger.info('stopping');
    await worker.stop();
  } finally {
    mailer.close();
    await register.close();
  }
}
