import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCapacities } from '../../config/capacities.js';

async function stated(text: string) {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'leadtime-capacities-')), 'capacities.yaml');
  await writeFile(file, text);
  return createCapacities(file)();
}

const line = (supplier: string, perDay: string): string =>
  `  - { supplier: ${supplier}, perDay: ${perDay}, source: their letter of 4 January 2027 }`;

describe('what suppliers have stated that they can do on a day', () => {
  it('is nothing without a file', async () => {
    expect([...(await createCapacities(undefined)())]).toEqual([]);
  });

  it('is what the file says, with where it is stated', async () => {
    expect([...(await stated(['capacities:', line('emis', '3'), line('tpp', '2')].join('\n')))]).toEqual([
      ['emis', { perDay: 3, source: 'their letter of 4 January 2027' }],
      ['tpp', { perDay: 2, source: 'their letter of 4 January 2027' }],
    ]);
  });

  it('is refused with every fault of the file at its line', async () => {
    const text = ['capacities:', line('EMIS', '3'), line('tpp', '0'), '  - { supplier: vision, perDay: 1 }'].join('\n');
    await expect(stated(text)).rejects.toThrow(
      /capacities\.yaml:2: .*\n.*capacities\.yaml:3: .*\n.*capacities\.yaml:4: /,
    );
  });

  it('is refused where a supplier is there twice, and where the file cannot be read', async () => {
    await expect(stated(['capacities:', line('tpp', '1'), line('tpp', '2')].join('\n'))).rejects.toThrow(
      '"tpp" is there twice',
    );
    await expect(createCapacities('/no/such/file.yaml')()).rejects.toThrow(
      'cannot be read; LEADTIME_CAPACITIES must name it',
    );
  });
});
