import { chmod, mkdtemp, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { createWebhookSecrets, rotateWebhookSecret, WebhookSecretsError } from '../../config/webhookSecrets.js';

const newFile = async (): Promise<string> => join(await mkdtemp(join(tmpdir(), 'webhook-secrets-')), 'keys', 's.json');

describe('the webhook secrets', () => {
  it('are made one at a time, and the one before stays valid', async () => {
    const file = await newFile();
    const secrets = createWebhookSecrets(file);
    expect(await secrets.of('emis')).toEqual([]);
    const first = await rotateWebhookSecret(file, 'emis');
    expect(await secrets.of('emis')).toEqual([first]);
    const second = await rotateWebhookSecret(file, 'emis');
    const third = await rotateWebhookSecret(file, 'emis');
    expect(await secrets.of('emis')).toEqual([third, second]);
    expect(new Set([first, second, third]).size).toBe(3);
  });

  it('are of the form that the Standard Webhooks libraries take', async () => {
    const secret = await rotateWebhookSecret(await newFile(), 'emis');
    expect(secret).toMatch(/^whsec_/);
    expect(new Webhook(secret).sign('a', new Date(0), '{}')).toMatch(/^v1,/);
  });

  it('of one supplier leave another supplier’s alone', async () => {
    const file = await newFile();
    const ofEmis = await rotateWebhookSecret(file, 'emis');
    const ofTpp = await rotateWebhookSecret(file, 'tpp');
    const secrets = createWebhookSecrets(file);
    expect(await secrets.of('emis')).toEqual([ofEmis]);
    expect(await secrets.of('tpp')).toEqual([ofTpp]);
    expect(await secrets.of('__proto__')).toEqual([]);
  });

  it('lie in a file that only its owner can read, also when it was open before', async () => {
    const file = await newFile();
    await rotateWebhookSecret(file, 'emis');
    await chmod(file, 0o644);
    await rotateWebhookSecret(file, 'emis');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('are read again when the file changes', async () => {
    const file = await newFile();
    const secret = await rotateWebhookSecret(file, 'emis');
    const secrets = createWebhookSecrets(file);
    expect(await secrets.of('tpp')).toEqual([]);
    await writeFile(file, JSON.stringify({ tpp: [secret] }));
    await utimes(file, 1, 1);
    expect(await secrets.of('tpp')).toEqual([secret]);
    expect(await secrets.of('emis')).toEqual([]);
  });

  it('that cannot be read are an error and not "no secrets", and are never quoted', async () => {
    const file = await newFile();
    const secret = await rotateWebhookSecret(file, 'emis');
    const secrets = createWebhookSecrets(file);
    await writeFile(file, (await readFile(file, 'utf8')).slice(0, -4));
    await expect(secrets.of('emis')).rejects.toThrow(WebhookSecretsError);
    await writeFile(file, JSON.stringify({ emis: [secret.replace('whsec_', '')] }));
    await expect(secrets.of('emis')).rejects.toThrow('emis.0: must be whsec_');
    await expect(secrets.of('emis')).rejects.not.toThrow(secret.slice(6));
  });

  it('are not made for something that is no supplier id', async () => {
    await expect(rotateWebhookSecret(await newFile(), 'EMIS Ltd')).rejects.toThrow('is not a supplier id');
  });
});
