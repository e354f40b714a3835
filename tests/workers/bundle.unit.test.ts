import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildIdOf, requireBundle } from '../../workers/bundle.js';

let folder: string;
let bundlePath: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'leadtime-bundle-'));
  bundlePath = path.join(folder, 'workflow-bundle.js');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the workflow bundle', () => {
  it('is never made on the fly: where it is missing, the error names the command that makes it', () => {
    expect(() => requireBundle(bundlePath)).toThrow(/workflow-bundle\.js is missing: run "npm run build"/);
  });
});

describe('buildIdOf', () => {
  it('is fixed in development, so that nobody has to make each change current', () => {
    expect(buildIdOf({ production: false, bundlePath })).toBe('development');
  });

  it('is what the deployer says', () => {
    expect(buildIdOf({ production: true, given: '0.1.0-3538865', bundlePath })).toBe('0.1.0-3538865');
  });

  it('differs in production whenever the workflow code does', async () => {
    await writeFile(bundlePath, 'one');
    const first = buildIdOf({ production: true, bundlePath });
    expect(first).toMatch(/^\d+\.\d+\.\d+-[0-9a-f]{12}$/);
    expect(buildIdOf({ production: true, bundlePath })).toBe(first);
    await writeFile(bundlePath, 'two');
    expect(buildIdOf({ production: true, bundlePath })).not.toBe(first);
  });

  it('needs the bundle in production', () => {
    expect(() => buildIdOf({ production: true, bundlePath })).toThrow('npm run build');
  });
});
