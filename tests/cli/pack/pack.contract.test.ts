import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leadtime } from '../builtCli.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'leadtime-pack-'));
});
afterEach(() => rm(folder, { recursive: true }));

const pack = (order: string, to: string, options: string[] = [], env: Record<string, string> = {}) =>
  leadtime(['pack', `examples/${order}.yaml`, '--to', to, '--as-of', '2026-10-20', ...options], { env });

const readAll = async (from: string): Promise<Record<string, string>> => {
  const names = (await readdir(from)).toSorted();
  const texts = await Promise.all(names.map((name) => readFile(path.join(from, name), 'utf8')));
  return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? '']));
};

describe('leadtime pack', () => {
  it('writes the pack and prints what it wrote, the same in every time zone', async () => {
    const [east, west] = [path.join(folder, 'new', 'east'), path.join(folder, 'west')];
    const first = await pack('plain', east, [], { TZ: 'Pacific/Auckland', LANG: 'de_DE.UTF-8' });
    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' });
    expect(first.stdout.split('\n')).toContain(path.join(east, 'poster-main.html'));
    await pack('plain', west, [], { TZ: 'America/Los_Angeles' });
    const files = await readAll(east);
    expect(Object.keys(files)).toHaveLength(8);
    expect(await readAll(west)).toEqual(files);
  });

  it('leaves a folder alone that holds something, unless told to', async () => {
    const mine = path.join(folder, 'mine.txt');
    await writeFile(mine, 'mine');
    const refused = await pack('plain', folder);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('is not empty; give another folder with --to, or --force');
    expect(await readdir(folder)).toEqual(['mine.txt']);
    expect((await pack('plain', folder, ['--force'])).code).toBe(0);
    expect(await readFile(mine, 'utf8')).toBe('mine');
    expect(await readdir(folder)).toContain('plan.html');
  });

  it('says so when the folder is a file', async () => {
    const file = path.join(folder, 'file');
    await writeFile(file, '');
    const { code, stderr } = await pack('plain', file);
    expect(code).toBe(2);
    expect(stderr).toContain('this is a file, not a folder');
  });

  it('writes nothing for an order with errors, and names each at its line', async () => {
    const { code, stdout, stderr } = await pack('bad/notice-missing', path.join(folder, 'to'));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('examples/bad/notice-missing.yaml:56: ');
    expect(await readdir(folder)).toEqual([]);
  });

  it('packs a migration that would be refused, and says that it would', async () => {
    const { code, stdout, stderr } = await pack('bad/too-late', path.join(folder, 'to'), [
      '--as-of',
      '2026-12-01',
      '--json',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ wouldBeRefused: true, asOf: '2026-12-01' });
    expect(stderr).toContain('would be refused');
  });
});
