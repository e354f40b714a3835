import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { compose, services, top } from './composeFile.js';

const dockerfile = readFileSync(path.join(top, 'deploy/Dockerfile'), 'utf8');
const ignored = readFileSync(path.join(top, 'deploy/Dockerfile.dockerignore'), 'utf8').split('\n');
const lines = dockerfile.split('\n');

/** What `COPY` takes from the checkout; from another stage is another matter. */
const copied = lines
  .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
  .flatMap((line) => line.split(' ').slice(1, -1));

describe('the Dockerfile', () => {
  it('is the one that the compose file builds', () => {
    const built = services.flatMap(([, { build }]) => (build === undefined ? [] : [build.dockerfile]));
    expect(new Set(built)).toEqual(new Set(['deploy/Dockerfile']));
    expect(compose.services['api']?.image).toBe(compose.services['worker']?.image);
  });

  it('starts from one exact version of Node in every stage', () => {
    const images = lines.filter((line) => line.startsWith('FROM ')).map((line) => line.split(' ')[1]);
    expect(new Set(images).size).toBe(1);
    expect(images[0]).toMatch(/^node:20\.\d+\.\d+-bookworm-slim$/);
  });

  it('does not run as root', () => {
    expect(lines.filter((line) => line.startsWith('USER '))).toEqual(['USER node']);
    const lastStage = lines.findLastIndex((line) => line.startsWith('FROM '));
    expect(lines.indexOf('USER node')).toBeGreaterThan(lastStage);
  });

  it('copies nothing from the checkout that is not there, or that the build would not see', () => {
    for (const source of copied) {
      expect(existsSync(path.join(top, source)), source).toBe(true);
      expect(ignored).toContain(`!${source}`);
    }
  });

  it('lets nothing into the build that is not named', () => {
    expect(ignored).toContain('*');
    expect(ignored.filter((line) => line.startsWith('!')).toSorted()).toEqual(
      copied.map((source) => `!${source}`).toSorted(),
    );
  });

  it('copies every folder that the build compiles', () => {
    const sources = readFileSync(path.join(top, 'scripts/lib/sources.mjs'), 'utf8');
    const [, list = ''] = /SOURCE_FOLDERS = \[([^\]]*)\]/.exec(sources) ?? [];
    const folders = [...list.matchAll(/'(\w+)'/g)].map(([, folder]) => folder);
    expect(folders.length).toBeGreaterThan(5);
    expect(copied).toEqual(expect.arrayContaining(folders));
  });
});
