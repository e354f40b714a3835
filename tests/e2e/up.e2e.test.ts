import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leadtime } from '../cli/builtCli.js';
import { requireFreshBuild } from './support/freshBuild.js';
import { isRunning, startUp, upPlace, type PartName, type UpPlace, type UpSystem } from './support/upSystem.js';

const SOON = { timeout: 120_000, interval: 100 };
const PARTS: PartName[] = ['app', 'mail', 'temporal'];

let folder: string;
let place: UpPlace;
let system: UpSystem;
let migrationId: string;

beforeAll(async () => {
  requireFreshBuild();
  folder = await mkdtemp(path.join(tmpdir(), 'leadtime-up-'));
  place = await upPlace(path.join(folder, 'data'));
  system = await startUp(place);
});

afterAll(async () => {
  await system.process.end('SIGTERM');
  await rm(folder, { recursive: true, force: true });
});

/** Kills a part as `kill -9` does, and waits until another has taken its place and everything answers. */
async function killAndWait(name: PartName): Promise<void> {
  const killed = system.pidOf(name);
  process.kill(killed, 'SIGKILL');
  await expect.poll(() => system.process.printed(), SOON).toContain(`${name} serves again`);
  expect(system.pidOf(name)).not.toBe(killed);
  await system.ready();
}

/** Something that only the running migration can answer: it goes through Temporal and the worker. */
const waive = (milestone: string) =>
  system.leadtime('waive', migrationId, milestone, '--by', 'Bo', '--reason', 'Not needed here.');

describe('leadtime up', () => {
  it('prints one line for each address, and is ready', async () => {
    const printed = system.process.printed();
    expect(printed).toContain(`API          ${system.api}`);
    expect(printed).toMatch(/Mail +http:\/\/127\.0\.0\.1:\d+/);
    expect(printed).toMatch(/Temporal UI +http:\/\/127\.0\.0\.1:\d+/);
    expect((await fetch(`${system.api}/healthz`)).status).toBe(200);
    expect((await fetch(`${system.api}/readyz`)).status).toBe(200);
    for (const address of printed.match(/http:\S+/g) ?? []) expect((await fetch(address)).status).toBeLessThan(500);
  });

  it('runs migrations, and the commands find it by its data folder', async () => {
    const started = await system.leadtime('start', 'examples/plain.yaml', '--speed', '1d=1h');
    expect(started).toMatchObject({ code: 0 });
    [, migrationId = ''] = /Started (\S+)/.exec(started.stdout) ?? [];
    await expect.poll(async () => (await system.leadtime('list', '--rehearsals')).stdout, SOON).toContain(migrationId);
  });

  it('starts the app, the mail catcher and Temporal again after kill -9, and the migration goes on', async () => {
    for (const name of PARTS) await killAndWait(name);
    expect(await waive('posters.main')).toMatchObject({ code: 0 });
  });

  it('refuses to start twice on one folder, and names the process that has it', async () => {
    const { code, stderr } = await leadtime(['up', '--data', place.dataDir, ...place.ports]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining(`pid ${system.pidOf('up')}`) as string,
    });
    await system.ready();
  });

  it('cleans up after kill -9 of itself, and goes on where it was', async () => {
    const orphans = PARTS.map(system.pidOf);
    await system.process.end('SIGKILL');
    expect(orphans.filter(isRunning)).toEqual(orphans);
    system = await startUp(place);
    expect(orphans.filter(isRunning)).toEqual([]);
    expect(await waive('website-and-online-message')).toMatchObject({ code: 0 });
  });

  it('ends everything at Ctrl-C, with exit code 0', async () => {
    const pids = PARTS.map(system.pidOf);
    await system.process.end('SIGINT');
    expect(system.process.exitCode()).toBe(0);
    expect(pids.filter(isRunning)).toEqual([]);
    expect(existsSync(path.join(place.dataDir, 'run/up.pid'))).toBe(false);
    const { code, stderr } = await system.leadtime('list');
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('npm start') as string });
  });

  it('names the foreign process on a port, and the option that chooses another', async () => {
    const server = createServer().listen(place.apiPort, '127.0.0.1');
    const { code, stderr } = await leadtime(['up', '--data', place.dataDir, ...place.ports]);
    server.close();
    expect(code).toBe(2);
    expect(stderr).toContain(`port ${place.apiPort} is taken by pid ${process.pid} (`);
    expect(stderr).toContain('--port');
  });
});
