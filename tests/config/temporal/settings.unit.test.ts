import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporalSettings, TemporalSettingsError } from '../../../config/temporal/settings.js';

const profileFile = (text: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'temporal-profile-')), 'temporal.toml');
  writeFileSync(file, text);
  return file;
};
const noFile = { TEMPORAL_CONFIG_FILE: '/nowhere/temporal.toml' };

describe('the Temporal settings', () => {
  it('default to a server on this machine', () => {
    const settings = temporalSettings(noFile);
    expect(settings.namespace).toBe('default');
    expect(settings.connectionOptions.address).toBe('127.0.0.1:7233');
  });

  it("take Temporal's own variables", () => {
    const settings = temporalSettings({
      ...noFile,
      TEMPORAL_ADDRESS: 'temporal.example.org:7234',
      TEMPORAL_NAMESPACE: 'gp',
      TEMPORAL_TLS_SERVER_NAME: 'temporal.example.org',
    });
    expect(settings.namespace).toBe('gp');
    expect(settings.connectionOptions.address).toBe('temporal.example.org:7234');
    expect(settings.connectionOptions.tls).toMatchObject({ serverNameOverride: 'temporal.example.org' });
  });

  it('take a profile of a file, and let variables win', () => {
    const file = profileFile('[profile.live]\naddress = "a.example.org:1"\nnamespace = "live"\n');
    const env = { TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'live' };
    expect(temporalSettings(env).connectionOptions.address).toBe('a.example.org:1');
    expect(temporalSettings({ ...env, TEMPORAL_NAMESPACE: 'other' }).namespace).toBe('other');
  });

  it('explain a profile that is not there', () => {
    const file = profileFile('[profile.live]\naddress = "a.example.org:1"\n');
    expect(() => temporalSettings({ TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'dev' })).toThrow(
      TemporalSettingsError,
    );
  });
});
