import { createMailer } from '../../activities/email/mailer.js';
import { planOrder } from '../../api/planning.js';
import { startApi } from '../../api/startApi.js';
import { createLogger } from '../../config/logger.js';
import { temporalSettings } from '../../config/temporal/settings.js';
import { openRegister } from '../../register/open.js';
import {
  environmentOfProcess,
  pageLinkingOf,
  requireCalendar,
  requireDatabase,
  requireOperatorToken,
  requireRules,
  webhookSecretsFileOf,
} from './needs.js';
import { outliveReaders, stopRequested } from './untilStopped.js';

/** Runs the API alone until it is told to stop; then it answers what has been asked. */
export async function serveApi(): Promise<void> {
  const environment = environmentOfProcess();
  const databaseUrl = requireDatabase(environment, 'api');
  const operatorTokenFile = requireOperatorToken(environment);
  await requireCalendar();
  await requireRules();
  const temporal = temporalSettings(process.env);
  const logger = createLogger({ level: environment.logLevel });
  const stop = stopRequested();
  outliveReaders();
  const linking = await pageLinkingOf(environment);
  const register = await openRegister({ databaseUrl });
  const mailer = createMailer(environment);
  try {
    const webhookSecretsFile = webhookSecretsFileOf(environment);
    const checkMail = () => mailer.check();
    const files = { operatorTokenFile, webhookSecretsFile };
    const deps = { environment, temporal, register, planOrder, checkMail, logger };
    const api = await startApi({ ...deps, ...files, ...linking });
    await stop;
    logger.info('stopping');
    await api.close();
  } finally {
    mailer.close();
    await register.close();
  }
}
