import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { dataDirOf, readApiAddress } from '../../config/apiAddress.js';
import { createWebhookSecrets } from '../../config/webhookSecrets.js';
import { CommandFailure, WRONG_USE } from '../failure.js';

/** The file of secrets on this machine: LEADTIME_WEBHOOK_SECRETS_FILE, else the running system's, else the usual place. */
export async function webhookSecretsFile(env: NodeJS.ProcessEnv): Promise<string> {
  const dataDir = dataDirOf(env);
  const running = await readApiAddress(dataDir);
  return (
    env['LEADTIME_WEBHOOK_SECRETS_FILE'] ?? running?.webhookSecretsFile ?? path.join(dataDir, 'webhook-secrets.json')
  );
}

/**
 * The secret to sign with: from `--secret-file`, else LEADTIME_WEBHOOK_SECRET, else the supplier's newest on this machine.
 *
 * @throws CommandFailure
 */
export async function secretToSignWith(
  supplierId: string,
  secretFile: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  if (secretFile !== undefined) return readSecretFile(secretFile);
  const fromEnvironment = env['LEADTIME_WEBHOOK_SECRET'];
  if (fromEnvironment) return fromEnvironment;
  const [newest] = await createWebhookSecrets(await webhookSecretsFile(env)).of(supplierId);
  if (newest !== undefined) return newest;
  throw new CommandFailure(
    `There is no secret of "${supplierId}" here: give --secret-file, or make one with "leadtime webhook secret ${supplierId}".`,
    WRONG_USE,
  );
}

async function readSecretFile(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch {
    throw new CommandFailure(`The secret cannot be read from ${file}.`, WRONG_USE);
  }
}
