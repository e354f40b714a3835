import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { isMain } from '../lib/main.mjs';
import { root } from '../lib/root.mjs';

const PASSWORD_BYTES = 24;
const TOKEN_BYTES = 32;
const KEY_BYTES = 32;

const password = () => randomBytes(PASSWORD_BYTES).toString('hex');

/** What each secret file holds when it is made; one that exists is never touched. */
const MAKERS = {
  postgres_password: password,
  temporal_db_password: password,
  register_db_password: password,
  operator_token: () => randomBytes(TOKEN_BYTES).toString('hex'),
  'webhook_secrets.json': () => '{}',
  'codec_keys.json': firstKey,
  'link_keys.json': firstKey,
};

/** A key is called after the day it was made, which is all that its id says. */
function firstKey() {
  const id = new Date().toISOString().slice(0, 10);
  return JSON.stringify({ current: id, keys: { [id]: randomBytes(KEY_BYTES).toString('base64') } }, null, 2);
}

/**
 * Makes the secret files that are missing, and the register's address from its password.
 *
 * The folder is closed to everybody else; the files in it are readable, because a container mounts each of them for a
 * user of its own.
 *
 * @param database `host:port` of PostgreSQL as the worker and the API see it
 * @returns the names of the files that were made
 */
export async function makeSecrets(folder, database) {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o700);
  const made = [];
  for (const [name, make] of Object.entries(MAKERS)) {
    if (await writeNew(path.join(folder, name), make())) made.push(name);
  }
  const registerPassword = (await readFile(path.join(folder, 'register_db_password'), 'utf8')).trim();
  const url = `postgres://leadtime:${encodeURIComponent(registerPassword)}@${database}/leadtime`;
  await writeFile(path.join(folder, 'database_url'), `${url}\n`, { mode: 0o644 });
  return made;
}

/** True when the file was not there and now is. */
async function writeNew(file, text) {
  try {
    await writeFile(file, `${text}\n`, { flag: 'wx', mode: 0o644 });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

if (isMain(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      folder: { type: 'string', default: path.join(root, 'deploy/secrets') },
      database: { type: 'string', default: 'postgres:5432' },
    },
  });
  const made = await makeSecrets(path.resolve(values.folder), values.database);
  console.log(made.length === 0 ? 'All secrets were there already.' : `Made in ${values.folder}: ${made.join(', ')}`);
}
