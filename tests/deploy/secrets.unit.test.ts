import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readOperatorToken } from '../../api/operator/operatorToken.js';
import { readLinkKeys } from '../../config/linkKeys.js';
import { readCodecKeys } from '../../config/temporal/codecKeys.js';
import { createWebhookSecrets } from '../../config/webhookSecrets.js';
import { compose, top } from './composeFile.js';

const script = path.join(top, 'scripts/production/secrets.mjs');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'leadtime-secrets-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const makeSecrets = () => execFileSync(process.execPath, [script, '--folder', folder], { encoding: 'utf8' });
const read = (name: string) => readFileSync(path.join(folder, name), 'utf8').trim();

describe('production:secrets', () => {
  it('makes every file that the compose file names', () => {
    makeSecrets();
    for (const { file } of Object.values(compose.secrets)) {
      expect(existsSync(path.join(folder, path.basename(file))), file).toBe(true);
    }
  });

  it('makes files that the product can read', async () => {
    makeSecrets();
    await expect(readOperatorToken(path.join(folder, 'operator_token'))).resolves.toHaveLength(64);
    expect(readCodecKeys(path.join(folder, 'codec_keys.json')).keys.size).toBe(1);
    expect(readLinkKeys(path.join(folder, 'link_keys.json')).keys.size).toBe(1);
    await expect(createWebhookSecrets(path.join(folder, 'webhook_secrets.json')).of('anybody')).resolves.toEqual([]);
    expect(read('database_url')).toBe(`postgres://leadtime:${read('register_db_password')}@postgres:5432/leadtime`);
  });

  it('keeps the folder closed to other users', () => {
    makeSecrets();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('never replaces a secret that is there', () => {
    makeSecrets();
    const before = ['postgres_password', 'operator_token', 'codec_keys.json'].map(read);
    expect(makeSecrets()).toContain('there already');
    expect(['postgres_password', 'operator_token', 'codec_keys.json'].map(read)).toEqual(before);
  });

  it('prints names and no secret', () => {
    const printed = makeSecrets();
    expect(printed).toContain('operator_token');
    expect(printed).not.toContain(read('operator_token'));
  });
});
