import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createWebhookSecrets } from '../../../config/webhookSecrets.js';
import { writeApiAddress } from '../../../config/apiAddress.js';
import {
  OPERATOR_TOKEN,
  startTestServer,
  type ServerOverrides,
  type TestServer,
} from '../../api/support/testServer.js';

export interface RunningApi extends TestServer {
  /** A data folder as the running system leaves it, so that commands find everything by themselves. */
  env: { LEADTIME_DATA_DIR: string };
  url: string;
  webhookSecretsFile: string;
}

/** The real API on a free port of this machine, over migrations in memory. */
export async function runApi(overrides: ServerOverrides = {}): Promise<RunningApi> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'leadtime-cli-'));
  const tokenFile = path.join(dataDir, 'operator-token');
  await writeFile(tokenFile, `${OPERATOR_TOKEN}\n`);
  const webhookSecretsFile = path.join(dataDir, 'secrets.json');
  const webhookSecrets = createWebhookSecrets(webhookSecretsFile);
  const server = await startTestServer({ webhookSecrets, ...overrides });
  const url = await server.app.listen({ host: '127.0.0.1', port: 0 });
  await writeApiAddress(dataDir, { url, tokenFile, webhookSecretsFile });
  return { ...server, env: { LEADTIME_DATA_DIR: dataDir }, url, webhookSecretsFile };
}
