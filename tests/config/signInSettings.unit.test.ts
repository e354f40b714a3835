import { describe, expect, it } from 'vitest';
import { EnvironmentError, readEnvironment } from '../../config/environment.js';

const provider = {
  LEADTIME_OIDC_ISSUER: 'https://login.example.org/realms/csu',
  LEADTIME_OIDC_CLIENT_ID: 'leadtime',
  LEADTIME_OIDC_CLIENT_SECRET: 'not-for-messages',
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

describe('the settings of signing in', () => {
  it('have a session of ten hours that ends after an hour without use', () => {
    const { oidc, session } = readEnvironment({});
    expect({ oidc, session }).toEqual({ oidc: undefined, session: { idleMinutes: 60, hours: 10 } });
  });

  it('take a provider, with roles under their usual names', () => {
    expect(readEnvironment(provider).oidc).toEqual({
      issuer: 'https://login.example.org/realms/csu',
      clientId: 'leadtime',
      clientSecret: 'not-for-messages',
      scope: 'openid profile email',
      roleClaim: 'roles',
      roleValues: { viewer: 'leadtime-viewer', operator: 'leadtime-operator', admin: 'leadtime-admin' },
    });
  });

  it('take the secret from a file', () => {
    const { LEADTIME_OIDC_CLIENT_SECRET: secret, ...rest } = provider;
    const env = { ...rest, LEADTIME_OIDC_CLIENT_SECRET_FILE: '/run/secrets/oidc' };
    expect(readEnvironment(env, () => `${secret}\n`).oidc?.clientSecret).toBe(secret);
  });

  it.each(Object.keys(provider))('name %s when it alone is missing', (name) => {
    const env = Object.fromEntries(Object.entries(provider).filter(([each]) => each !== name));
    expect(problemsOf(env)).toEqual([expect.stringMatching(new RegExp(`^${name} is missing`))]);
  });

  it('say once that the file of the secret cannot be read', () => {
    const { LEADTIME_OIDC_CLIENT_SECRET: _, ...rest } = provider;
    const problems = problemsOf({ ...rest, LEADTIME_OIDC_CLIENT_SECRET_FILE: '/nowhere/oidc' });
    expect(problems).toEqual([expect.stringContaining('/nowhere/oidc cannot be read')]);
  });

  it.each([
    ['http://login.example.org', 'with https'],
    ['login.example.org', 'with https'],
    ['https://login.example.org/?realm=csu', 'with https'],
  ])('refuse %s as a provider', (issuer, reason) => {
    expect(problemsOf({ ...provider, LEADTIME_OIDC_ISSUER: issuer })).toEqual([expect.stringContaining(reason)]);
  });

  it('take a provider on this machine over plain http, for trying it out', () => {
    expect(problemsOf({ ...provider, LEADTIME_OIDC_ISSUER: 'http://127.0.0.1:9090' })).toEqual([]);
  });

  it('refuse scopes without openid, and sessions that never end', () => {
    expect(problemsOf({ ...provider, LEADTIME_OIDC_SCOPE: 'profile' })).toHaveLength(1);
    expect(problemsOf({ LEADTIME_SESSION_HOURS: '0', LEADTIME_SESSION_IDLE_MINUTES: 'never' })).toHaveLength(2);
  });
});
