import path from 'node:path';
import { createMailer } from '../../activities/email/mailer.js';
import { planOrder } from '../../api/planning.js';
import { startApi } from '../../api/startApi.js';
import { writeApiAddress } from '../../config/apiAddress.js';
import type { Environment } from '../../config/environment.js';
import { createLogger } from '../../config/logger.js';
import { temporalSettings } from '../../config/temporal/settings.js';
import { createWebhookSecrets } from '../../config/webhookSecrets.js';
import { openRegister, type RegisterPlace } from '../../register/open.js';
import { installRuntime } from '../../workers/runtime.js';
import { startWorker } from '../../workers/start.js';
import {
  environmentOfProcess,
  pageLinkingOf,
  requireCalendar,
  requireMessages,
  requireRules,
  webhookSecretsFileOf,
} from './needs.js';
import { applyRowOver } from './bulkRows.js';
import { keepOperatorToken } from './operatorToken.js';
import { soonRegister } from './soonRegister.js';
import { outliveReaders, stopRequested } from './untilStopped.js';

/** What the app tells the process that started it. */
export type AppMessage = { apiUrl: string };

const registerPlace = ({ databaseUrl, dataDir }: Environment): RegisterPlace =>
  databaseUrl === undefined ? { pgliteFolder: path.join(dataDir, 'register') } : { databaseUrl };

/** Says that everything serves, to `leadtime up`; nobody listens when it has been killed, or when we run alone. */
function tellStarter(message: AppMessage): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

/**
 * Worker, API and the embedded register in one process, until it is told to stop.
 *
 * The API comes first and answers while the rest starts; it writes down where it is for the commands on this machine.
 */
export async function serveApp(): Promise<void> {
  const environment = environmentOfProcess();
  await requireCalendar();
  await requireRules();
  await requireMessages();
  const temporal = temporalSettings(process.env);
  const logger = createLogger({ level: environment.logLevel });
  const stop = stopRequested();
  outliveReaders();
  installRuntime(logger);
  const tokenFile = environment.operatorTokenFile ?? path.join(environment.dataDir, 'operator-token');
  await keepOperatorToken(tokenFile);
  const linking = await pageLinkingOf(environment);
  const webhookSecretsFile = webhookSecretsFileOf(environment);
  const opening = openRegister(registerPlace(environment));
  const register = soonRegister(opening);
  const mailer = createMailer(environment, linking.pageLinkOf);
  const checkMail = () => mailer.check();
  const deps = { environment, temporal, register, logger };
  const files = { operatorTokenFile: tokenFile, webhookSecretsFile };
  const api = await startApi({ ...deps, ...files, ...linking, planOrder, checkMail });
  try {
    await writeApiAddress(environment.dataDir, { url: api.url, tokenFile, webhookSecretsFile });
    await opening;
    const webhookSecrets = createWebhookSecrets(webhookSecretsFile);
    const rows = { applyRowOver: applyRowOver(environment, logger) };
    const worker = startWorker({ ...deps, ...rows, mailer, webhookSecrets });
    void worker.serving.then(() => tellStarter({ apiUrl: api.url })).catch(() => undefined);
    await Promise.race([stop, worker.ended]);
    await worker.stop();
  } finally {
    await api.close();
    mailer.close();
    await register.close();
  }
}
