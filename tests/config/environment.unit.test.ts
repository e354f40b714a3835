import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { EnvironmentError, loadDotEnv, readEnvironment } from '../../config/environment.js';

const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://leadtime@db/leadtime',
  LEADTIME_SMTP_URL: 'smtps://leadtime:secret@mail.example.org:465',
  LEADTIME_OPERATOR_TOKEN_FILE: '/run/secrets/token',
  LEADTIME_WEBHOOK_SECRETS_FILE: '/run/secrets/webhooks',
  LEADTIME_CODEC_KEYS_FILE: '/run/secrets/keys',
  LEADTIME_LINK_KEYS_FILE: '/run/secrets/link-keys',
  LEADTIME_PUBLIC_URL: 'https://leadtime.example.org',
};

function problemsOf(env: Record<string, string>, readText?: (file: string) => string): readonly string[] {
  try {
    readEnvironment(env, readText);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
}

describe('readEnvironment', () => {
  it('needs nothing in development', () => {
    expect(readEnvironment({})).toEqual({
      production: false,
      logLevel: 'info',
      dataDir: fileURLToPath(new URL('../../data', import.meta.url)),
      api: { host: '127.0.0.1', port: 8080 },
      publicUrl: 'http://127.0.0.1:8080',
      session: { idleMinutes: 60, hours: 10 },
      bulk: { atOnce: 16, perSecond: 500 },
      webhooksToPrivateNetworks: false,
    });
  });

  it('reads everything that production needs', () => {
    expect(readEnvironment({ ...production, LEADTIME_DATA_DIR: '/srv', LEADTIME_API_PORT: '80' })).toMatchObject({
      production: true,
      dataDir: '/srv',
      api: { port: 80 },
      smtpUrl: 'smtps://leadtime:secret@mail.example.org:465',
      smtp: { requireTls: true, connections: 4 },
      databaseUrl: 'postgres://leadtime@db/leadtime',
      operatorTokenFile: '/run/secrets/token',
      webhookSecretsFile: '/run/secrets/webhooks',
      codecKeysFile: '/run/secrets/keys',
      linkKeysFile: '/run/secrets/link-keys',
      publicUrl: 'https://leadtime.example.org',
    });
  });

  it('names every variable that is missing in production at once', () => {
    const problems = problemsOf({ NODE_ENV: 'production' });
    const names = Object.keys(production).filter((name) => name !== 'NODE_ENV');
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(names);
    expect(problems[0]).toBe(
      'DATABASE_URL is missing: in production, set it to the PostgreSQL database of the register, like postgres://user@host/leadtime.',
    );
  });

  it('takes GOV.UK Notify for a mail server, with a key that is never repeated', () => {
    const { LEADTIME_SMTP_URL: _, ...rest } = production;
    const key = 'migrations-11111111-2222-4333-8444-555555555555-99999999-8888-4777-8666-555555555555';
    const notify = { ...rest, LEADTIME_NOTIFY_API_KEY: key };
    const templateId = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
    const baseUrl = 'https://api.notifications.service.gov.uk';
    expect(readEnvironment({ ...notify, LEADTIME_NOTIFY_TEMPLATE_ID: templateId }).notify).toEqual({
      apiKey: key,
      templateId,
      baseUrl,
    });
    expect(problemsOf({ ...production, LEADTIME_NOTIFY_API_KEY: key })).toEqual([
      'LEADTIME_SMTP_URL and LEADTIME_NOTIFY_API_KEY are both set: mail goes out one way, so keep one of them.',
      'LEADTIME_NOTIFY_TEMPLATE_ID is missing: set it to the id of a template with ((subject)) and ((body)).',
    ]);
    expect(problemsOf({ LEADTIME_NOTIFY_API_KEY: 'half-a-key' })[0]).not.toContain('half-a-key');
  });

  it('tells every wrong value at once, without repeating one that may be secret', () => {
    const problems = problemsOf({
      NODE_ENV: 'prod',
      LEADTIME_API_PORT: '70000',
      LEADTIME_LOG_LEVEL: 'loud',
      LEADTIME_SMTP_URL: 'http://user:hunter2@mail.example.org',
      LEADTIME_CODEC_KEYS_FILE: 'keys.json',
      LEADTIME_WEBHOOKS_TO_PRIVATE_NETWORKS: 'yes',
    });
    expect(problems).toEqual([
      'NODE_ENV must be development, test or production.',
      'LEADTIME_LOG_LEVEL must be fatal, error, warn, info, debug or trace.',
      'LEADTIME_API_PORT must be a port number from 1 to 65535.',
      'LEADTIME_SMTP_URL must be an address like smtp://user:password@mail.example.org:587.',
      'LEADTIME_CODEC_KEYS_FILE must be an absolute path.',
      'LEADTIME_WEBHOOKS_TO_PRIVATE_NETWORKS must be true or false.',
    ]);
  });

  it.each([
    ['smtp://mail.example.org:25', {}, { requireTls: false, connections: 4 }],
    ['smtp://leadtime:secret@mail.example.org:587', {}, { requireTls: true, connections: 4 }],
    ['smtp://leadtime:secret@127.0.0.1:1025', {}, { requireTls: false, connections: 4 }],
    [
      'smtp://leadtime:secret@mail.example.org:587',
      { LEADTIME_SMTP_REQUIRE_TLS: 'false', LEADTIME_SMTP_CONNECTIONS: '1', LEADTIME_SMTP_PER_MINUTE: '30' },
      { requireTls: false, connections: 1, perMinute: 30 },
    ],
    ['smtp://mail.example.org:25', { LEADTIME_SMTP_REQUIRE_TLS: 'true' }, { requireTls: true, connections: 4 }],
  ])('says no password in clear unless it is told to: %s %j', (url, more, smtp) => {
    expect(readEnvironment({ LEADTIME_SMTP_URL: url, ...more }).smtp).toEqual(smtp);
  });

  it('names how many connections and mails there may be', () => {
    expect(problemsOf({ LEADTIME_SMTP_CONNECTIONS: '0', LEADTIME_SMTP_PER_MINUTE: 'many' })).toEqual([
      'LEADTIME_SMTP_CONNECTIONS must be a number from 1 to 50.',
      'LEADTIME_SMTP_PER_MINUTE must be a number from 1 to 100000.',
    ]);
  });

  it('takes a secret from the file that NAME_FILE names, without its last line break', () => {
    const env = { ...production, LEADTIME_SMTP_URL: '', LEADTIME_SMTP_URL_FILE: '/run/secrets/smtp' };
    expect(readEnvironment(env, () => 'smtp://mail.example.org:25\n').smtpUrl).toBe('smtp://mail.example.org:25');
  });

  it('says so once when the file of a secret is missing or empty, or the value is given twice', () => {
    const env = { ...production, DATABASE_URL: '', DATABASE_URL_FILE: '/run/secrets/no-such-file' };
    expect(problemsOf(env)).toEqual(['DATABASE_URL_FILE: the file /run/secrets/no-such-file cannot be read (ENOENT).']);
    expect(problemsOf({ DATABASE_URL_FILE: '/empty' }, () => ' \n')).toEqual([
      'DATABASE_URL_FILE: the file /empty is empty.',
    ]);
    expect(problemsOf({ ...production, DATABASE_URL_FILE: '/database' }, () => '')).toEqual([
      'DATABASE_URL and DATABASE_URL_FILE are both set: keep one of them.',
    ]);
  });

  it.each([
    ['https://leadtime.example.org/', 'without a path and without a slash at its end'],
    ['https://leadtime.example.org/pages', 'without a path and without a slash at its end'],
    ['ftp://leadtime.example.org', 'must be an address like'],
    ['leadtime.example.org', 'must be an address like'],
    ['http://leadtime.example.org', 'must begin with https:// in production'],
  ])('refuses %s as the address of the pages', (url, reason) => {
    expect(problemsOf({ ...production, LEADTIME_PUBLIC_URL: url })).toEqual([expect.stringContaining(reason)]);
  });

  it('takes the API’s own address for that of the pages, and one of this machine without TLS', () => {
    const listening = (host: string) => readEnvironment({ LEADTIME_API_HOST: host, LEADTIME_API_PORT: '80' }).publicUrl;
    expect(['0.0.0.0', '::1', '10.0.0.7'].map(listening)).toEqual([
      'http://127.0.0.1:80',
      'http://[::1]:80',
      'http://10.0.0.7:80',
    ]);
    expect(problemsOf({ ...production, LEADTIME_PUBLIC_URL: 'http://127.0.0.1:8080' })).toEqual([]);
  });

  it('refuses webhooks to private networks in production', () => {
    expect(problemsOf({ ...production, LEADTIME_WEBHOOKS_TO_PRIVATE_NETWORKS: 'true' })).toEqual([
      'LEADTIME_WEBHOOKS_TO_PRIVATE_NETWORKS is for development: unset it in production.',
    ]);
  });
});

describe('loadDotEnv', () => {
  afterEach(() => vi.unstubAllEnvs());

  async function inFolderWithDotEnv(run: (folder: string) => void): Promise<void> {
    const folder = await mkdtemp(path.join(tmpdir(), 'leadtime-env-'));
    await writeFile(path.join(folder, '.env'), 'LEADTIME_LOG_LEVEL=debug\n');
    vi.stubEnv('LEADTIME_LOG_LEVEL', undefined);
    try {
      run(folder);
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  it('reads .env in development', async () => {
    vi.stubEnv('NODE_ENV', 'development');
    await inFolderWithDotEnv((folder) => loadDotEnv(folder));
    expect(process.env['LEADTIME_LOG_LEVEL']).toBe('debug');
  });

  it('leaves .env alone in production', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    await inFolderWithDotEnv((folder) => loadDotEnv(folder));
    expect(process.env['LEADTIME_LOG_LEVEL']).toBeUndefined();
  });

  it('does not mind a missing .env', () => {
    vi.stubEnv('NODE_ENV', 'development');
    expect(() => loadDotEnv('/no/such/folder')).not.toThrow();
  });
});
