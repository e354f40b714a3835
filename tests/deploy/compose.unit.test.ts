import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../config/environment.js';
import { compose, composeData, composeText, isJob, services, top } from './composeFile.js';

const require = createRequire(import.meta.url);
const names = services.map(([name]) => name);

/** The schema of the Compose Specification, as the linter dclint brings it. */
function composeSpecification(): object {
  const folder = path.dirname(require.resolve('dclint/package.json'));
  const schema: unknown = JSON.parse(readFileSync(path.join(folder, 'schemas/compose.schema.json'), 'utf8'));
  // Draft 7 is what Ajv takes a schema for that does not name its draft; the address given there is not the official one.
  if (typeof schema === 'object' && schema !== null) return { ...schema, $schema: undefined };
  throw new Error('dclint brings no schema of compose files any more');
}

const isValid = (data: unknown) => {
  const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(composeSpecification());
  return { valid: validate(data), errors: validate.errors };
};

describe('docker-compose.yml', () => {
  it('follows the Compose Specification', () => {
    expect(isValid(composeData)).toEqual({ valid: true, errors: null });
  });

  it('would be refused by that check with a misspelt key', () => {
    expect(isValid({ services: { api: { image: 'leadtime:1', helthcheck: {} } } }).valid).toBe(false);
  });

  it.each(services)('pins the image of %s to an exact version', (_name, { image, build }) => {
    const [, tag = ''] = image.split(':');
    if (build === undefined) expect(image).toMatch(/^[a-z/-]+:v?\d+\.\d+(\.\d+)?(-[\w.-]+)?$/);
    else expect(`${image.split(':')[0]}:${tag}`).toBe('leadtime:${LEADTIME_VERSION');
  });

  it.each(services)('has a health check for %s, or runs it once', (name, { healthcheck, restart }) => {
    expect(isJob(name)).toBe(healthcheck === undefined);
    expect(restart).toMatch(isJob(name) ? /^on-failure:\d+$/ : /^unless-stopped$/);
  });

  it.each(services)('gives %s no more rights than it needs', (_name, service) => {
    expect(service['privileged']).toBeUndefined();
    expect(service['network_mode']).toBeUndefined();
    expect(service['pid']).toBeUndefined();
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.security_opt).toContain('no-new-privileges:true');
    expect(service.volumes.filter((volume) => volume.includes('docker.sock'))).toEqual([]);
  });

  it.each(services)('publishes the ports of %s on this machine alone', (_name, { ports }) => {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it.each(services)('gives %s its secrets by file', (_name, { environment, secrets }) => {
    for (const secret of secrets) expect(Object.keys(compose.secrets)).toContain(secret);
    for (const [name, value] of Object.entries(environment)) {
      if (/(PASSWORD|PWD|TOKEN|SECRET|KEY|DATABASE_URL)/.test(name)) expect(name).toMatch(/_FILE$/);
      if (name.endsWith('_FILE')) expect(secrets).toContain(value.replace('/run/secrets/', ''));
    }
  });

  it('holds no password, not even in an address', () => {
    expect(composeText).not.toMatch(/:\/\/[^\s/]*:[^\s/]*@/);
    for (const { file } of Object.values(compose.secrets)) expect(file).toMatch(/^\.\/deploy\/secrets\//);
  });

  it.each(services)('lets %s wait for what can be waited for', (_name, { depends_on }) => {
    for (const [other, { condition }] of Object.entries(depends_on)) {
      expect(names).toContain(other);
      expect(condition).toBe(isJob(other) ? 'service_completed_successfully' : 'service_healthy');
    }
  });

  it.each(services)('mounts files into %s that are there', (_name, { volumes }) => {
    const files = volumes.filter((volume) => volume.startsWith('./')).map((volume) => volume.split(':')[0] ?? '');
    for (const file of files) {
      expect(existsSync(path.join(top, file)), file).toBe(true);
      if (file.endsWith('.sh')) accessSync(path.join(top, file), constants.X_OK);
    }
  });

  it.each(['worker', 'api'])('gives the %s settings that production accepts', (name) => {
    const written = compose.services[name]?.environment ?? {};
    const env = Object.fromEntries(Object.entries(written).map(([key, value]) => [key, withDefaults(value)]));
    const readSecret = () => 'postgres://leadtime:password@postgres:5432/leadtime';
    expect(readEnvironment(env, readSecret)).toMatchObject({ production: true, smtpUrl: 'smtp://mail:1025' });
  });

  it('runs the Temporal server that the native stack builds', () => {
    const part = readFileSync(`${top}scripts/parts/temporalProduction.mjs`, 'utf8');
    const [, version] = /const VERSION = 'v([\d.]+)'/.exec(part) ?? [];
    expect(compose.services['temporal']?.image).toBe(`temporalio/server:${version ?? 'unknown'}`);
    expect(compose.services['temporal-schema']?.image).toContain(`temporalio/admin-tools:${version ?? 'unknown'}-`);
  });
});

/** As Compose fills in `${NAME:-default}` where NAME is not set. */
function withDefaults(value: string): string {
  return value.replace(/\$\{\w+:-([^}]*)\}/g, '$1');
}
