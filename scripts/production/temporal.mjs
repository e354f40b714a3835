import { spawnSync } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../lib/root.mjs';

const LAST_LINES = 10;
const TEMPLATE = 'deploy/temporal/production.yaml.tmpl';

/**
 * The schema and then the server of Temporal on PostgreSQL: the same scripts and configuration as in the containers.
 *
 * @param parts folder of `server`, `sql` and `schema/`
 */
export async function startTemporal({ children, parts, dataDir, secrets, port, postgresPort }) {
  const postgres = { SECRETS: secrets, SQL_HOST: '127.0.0.1', SQL_PORT: String(postgresPort) };
  applySchema({ ...postgres, SQL_TOOL: path.join(parts, 'sql'), SCHEMA: path.join(parts, 'schema') });
  const config = path.join(dataDir, 'temporal');
  await mkdir(config, { recursive: true });
  await copyFile(path.join(root, TEMPLATE), path.join(config, 'production.yaml'));
  const env = {
    ...process.env,
    SECRETS: secrets,
    SERVER: path.join(parts, 'server'),
    CONFIG: config,
    BIND_ON_IP: '127.0.0.1',
    TEMPORAL_PORT: String(port),
    POSTGRES_HOST: '127.0.0.1',
    POSTGRES_PORT: String(postgresPort),
    TEMPORAL_LOG_LEVEL: 'warn',
  };
  await children.start('temporal', 'sh', [path.join(root, 'deploy/temporal/server.sh')], { env, cwd: config });
}

/** The tool prints every statement, so what it says is shown only when it fails. */
function applySchema(env) {
  const script = path.join(root, 'deploy/temporal/schema.sh');
  const { status, stderr } = spawnSync('sh', [script], { env: { ...process.env, ...env }, encoding: 'utf8' });
  if (status === 0) return;
  const end = stderr.split('\n').slice(-LAST_LINES).join('\n');
  throw new Error(`Temporal’s schema could not be brought up to date:\n${end}`);
}
