import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ruleFiles } from '../../config/ruleFolders.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'leadtime-folders-'));
  await mkdir(path.join(folder, 'layers'));
});

afterEach(() => rm(folder, { recursive: true }));

const write = (name: string, text: string) => writeFile(path.join(folder, name), text);
const filesOf = (kind: 'ruleSets' | 'layers', own = folder) => ruleFiles(kind, { LEADTIME_RULE_SETS: own });

describe('the folder of a deployment’s own rules', () => {
  it('adds its rule sets and layers to those that ship, by the id that each file says', async () => {
    await write('some-name.yaml', '# ours\nid: gp-north\nversion: 1.0.0\n');
    await write('quoted.yml', "'id': 'gp-south'\n");
    await write('notes.txt', 'id: not-a-rule-set\n');
    await write('layers/weald.yaml', 'id: icb-weald\n');
    expect([...(await filesOf('ruleSets')).keys()]).toEqual(['gp-england', 'gp-south', 'gp-north']);
    expect([...(await filesOf('layers')).keys()]).toContain('icb-weald');
  });

  it('knows a file without an id by its name, so that what is wrong with it can be told', async () => {
    await write('broken.yaml', 'version: 1.0.0\n');
    expect((await filesOf('ruleSets')).get('broken')).toBe(path.join(folder, 'broken.yaml'));
  });

  it('may not have an id that ships with the product, nor one twice, whatever its files are called', async () => {
    await write('ours.yaml', 'id: gp-england\n');
    await expect(filesOf('ruleSets')).rejects.toThrow(/two files have the id "gp-england": .*ours\.yaml; give the one/);
    await write('layers/a.yaml', 'id: same\n');
    await write('layers/b.yaml', 'id: same\n');
    await expect(filesOf('layers')).rejects.toThrow(/the id "same"/);
  });

  it('needs no layers, but has to be there and to be a folder', async () => {
    await rm(path.join(folder, 'layers'), { recursive: true });
    expect((await filesOf('layers')).has('example-region')).toBe(true);
    await write('file.yaml', 'id: x\n');
    await expect(filesOf('ruleSets', path.join(folder, 'nowhere'))).rejects.toThrow(/there is no such folder/);
    await expect(filesOf('layers', path.join(folder, 'nowhere'))).rejects.toThrow(/LEADTIME_RULE_SETS is .*nowhere/);
    await expect(filesOf('ruleSets', path.join(folder, 'file.yaml'))).rejects.toThrow(/it is a file/);
  });
});
