import path from 'node:path';
import { root } from '../lib/root.mjs';
import { eventually } from './wait.mjs';

const PATIENCE_MS = 60_000;
const command = path.join(root, 'dist/cli/main.js');

/**
 * Worker and API with the settings of production. Resolves with the API's address once everything that it needs answers.
 *
 * @param smtpUrl of the mail catcher; without it the LEADTIME_SMTP_URL of this process is used
 */
export async function startApp({ children, settings, secrets, temporalAddress, namespace, smtpUrl }) {
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
    DATABASE_URL_FILE: path.join(secrets, 'database_url'),
    LEADTIME_OPERATOR_TOKEN_FILE: path.join(secrets, 'operator_token'),
    LEADTIME_WEBHOOK_SECRETS_FILE: path.join(secrets, 'webhook_secrets.json'),
    LEADTIME_CODEC_KEYS_FILE: path.join(secrets, 'codec_keys.json'),
    LEADTIME_LINK_KEYS_FILE: path.join(secrets, 'link_keys.json'),
    LEADTIME_PUBLIC_URL: process.env.LEADTIME_PUBLIC_URL || `http://127.0.0.1:${settings.apiPort}`,
    LEADTIME_DATA_DIR: settings.dataDir,
    LEADTIME_API_HOST: '127.0.0.1',
    LEADTIME_API_PORT: String(settings.apiPort),
    ...(smtpUrl && { LEADTIME_SMTP_URL: smtpUrl }),
  };
  await children.start('worker', process.execPath, [command, 'worker'], { env });
  await children.start('api', process.execPath, [command, 'api'], { env });
  const url = `http://127.0.0.1:${settings.apiPort}`;
  await eventually('the API is ready', PATIENCE_MS, () => mustBeReady(url));
  return url;
}

async function mustBeReady(url) {
  const answer = await fetch(`${url}/readyz`);
  if (!answer.ok) throw new Error(await answer.text());
}
