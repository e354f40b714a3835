/** The same look at the parts as the API has, by this process's own settings: for when there is no API to ask. */
import path from 'node:path';
import { createMailer } from '../../activities/email/mailer.js';
import { systemChecks, type Check } from '../../api/doctor/systemChecks.js';
import { createTemporalLook } from '../../api/temporalLook.js';
import type { Environment } from '../../config/environment.js';
import { everyRule } from '../../config/everyRule.js';
import { readLinkKeys } from '../../config/linkKeys.js';
import { createLinks } from '../../config/links.js';
import { loadCalendar } from '../../config/loadCalendar.js';
import { connectTemporal } from '../../config/temporal/connection.js';
import { temporalSettings } from '../../config/temporal/settings.js';
import { todayInLondon } from '../../config/today.js';
import { createWebhookSecrets } from '../../config/webhookSecrets.js';
import { openRegister } from '../../register/open.js';
import { environmentOfProcess, webhookSecretsFileOf } from '../serve/needs.js';

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The embedded register has one owner, and looking into it from here would take it away. */
async function pingRegister({ databaseUrl }: Environment): Promise<boolean> {
  if (databaseUrl === undefined) throw new Error('the embedded register can be asked only while "leadtime up" runs');
  const register = await openRegister({ databaseUrl });
  try {
    return await register.ping();
  } finally {
    await register.close();
  }
}

async function checkMail(environment: Environment): Promise<void> {
  const mailer = createMailer(environment);
  try {
    await mailer.check();
  } finally {
    mailer.close();
  }
}

/** Nothing is made here that is missing. */
const linksOf = async ({ linkKeysFile, dataDir }: Environment) =>
  createLinks(readLinkKeys(linkKeysFile ?? path.join(dataDir, 'link-keys.json')));

async function checksWith(environment: Environment): Promise<Check[]> {
  const settings = temporalSettings(process.env);
  const { connection } = connectTemporal({ settings, dataConverter: {}, identity: 'leadtime-doctor' });
  try {
    return await systemChecks({
      temporal: createTemporalLook(connection, settings.namespace),
      pingRegister: () => pingRegister(environment),
      checkMail: () => checkMail(environment),
      links: () => linksOf(environment),
      webhookSecrets: createWebhookSecrets(webhookSecretsFileOf(environment)),
      calendar: () => loadCalendar(),
      rules: everyRule,
      today: () => todayInLondon(),
      nowMs: Date.now,
    });
  } finally {
    await connection.close();
  }
}

/** Never rejects: settings that cannot be read are what is wrong. */
export async function checksHere(): Promise<Check[]> {
  try {
    return await checksWith(environmentOfProcess());
  } catch (error) {
    return [{ part: 'settings', ok: false, what: reasonOf(error), fix: 'docs/deployment.md lists every setting.' }];
  }
}
