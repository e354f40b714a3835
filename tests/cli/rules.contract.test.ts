import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leadtime } from './builtCli.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'leadtime-rules-'));
});

afterAll(() => rm(folder, { recursive: true }));

const shipped = () => readFile('config/rulesets/gp-england.yaml', 'utf8');

async function written(name: string, text: string): Promise<string> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

/** The shipped rule set with one piece of text in place of another. */
async function changed(part: string, other: string): Promise<string> {
  return written('changed.yaml', (await shipped()).replace(part, other));
}

/** What the assertion library answers is of any type. */
const containing = (...entries: object[]): unknown =>
  expect.arrayContaining(entries.map((each): unknown => expect.objectContaining(each)));

const saying = (part: string): unknown => expect.stringContaining(part);

describe('leadtime rules check', () => {
  it('takes what ships, rule set and layers', async () => {
    for (const file of [
      'gp-england',
      'layers/catalogue-solution-slas',
      'layers/example-region',
      'layers/example-supplier',
    ]) {
      const { code, stdout } = await leadtime(['rules', 'check', `config/rulesets/${file}.yaml`]);
      expect({ code, says: stdout.includes('can be used') }).toEqual({ code: 0, says: true });
    }
  });

  it.each([
    [
      'an unknown anchor',
      'due: { from: links-off, amount: -40, unit: days }',
      'due: { from: lynks-off, amount: -40, unit: days }',
      /did you mean links-off/,
    ],
    ['an unknown unit', 'amount: -40, unit: days', 'amount: -40, unit: dayz', /workingDays/],
    ['an unknown party kind', 'kinds: [bowelScreening]', 'kinds: [bowels]', /bowelScreening/],
    ['an unknown role', 'holder: sourceSupplier', 'holder: supplier', /sourceSupplier/],
    ['a negative notice', 'eps: { amount: 5, unit: weeks', 'eps: { amount: -5, unit: weeks', /must not be negative/],
    ['an id used twice', 'id: links-on', 'id: links-off', /give each its own/],
    ['a circle', 'due: { from: cut-over-meeting, amount: -1', 'due: { from: training-meeting, amount: -1', /circle/],
  ])('refuses %s, with its line', async (_, part, other, says) => {
    const file = await changed(part, other);
    const { code, stdout, stderr } = await leadtime(['rules', 'check', file]);
    expect(code).toBe(2);
    expect(stdout).toMatch(says);
    expect(stdout).toMatch(/^error: changed\.yaml:\d+: /m);
    expect(stderr).toContain('cannot be used');
  });

  it('refuses a layer that changes a rule that is not there', async () => {
    const text = `id: odd\nversion: 1.0.0\ntitle: Odd\nover: gp-england\nlevel: region\nsource: me\nchanges:\n  - { rule: poster, due: { amount: -3 }, source: me }\n`;
    const { code, stdout } = await leadtime(['rules', 'check', await written('odd.yaml', text), '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'layer',
      usable: false,
      problems: [{ line: 8, field: 'changes[0].rule', what: saying('did you mean posters') }],
    });
  });

  it('refuses a chain of aliases and a file that is too large, and reads nothing of them', async () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`).join('\n')}\n`;
    expect((await leadtime(['rules', 'check', await written('bomb.yaml', bomb)])).code).toBe(2);
    const large = `${await shipped()}\n# ${'x'.repeat(1_100_000)}\n`;
    const { code, stdout } = await leadtime(['rules', 'check', await written('large.yaml', large)]);
    expect({ code, says: /1 MiB|larger|too/.test(stdout) }).toEqual({ code: 2, says: true });
  });
});

describe('leadtime rules show', () => {
  it('shows every rule with its layer, and what it took the place of', async () => {
    const order = (await readFile('examples/plain.yaml', 'utf8')).replace(
      'ruleSet: gp-england',
      'ruleSet: gp-england\nlayers: [example-region]\nruleChanges:\n  - { rule: rota-limit, due: { amount: 1 }, source: agreed with the practice }',
    );
    const file = await written('order.yaml', order);
    const { code, stdout } = await leadtime(['rules', 'show', '--for', file, '--json']);
    expect(code).toBe(0);
    const shown: unknown = JSON.parse(stdout);
    expect(shown).toMatchObject({
      ruleSet: { id: 'gp-england' },
      layers: [{ id: 'example-region', version: '1.0.0' }],
      rules: containing(
        { rule: 'posters', due: '-8 weeks from finalDataProduction', layer: 'example-region', assumed: false },
        { rule: 'rota-limit', due: '1 weeks from goLive', layer: 'order' },
        { rule: 'training-plan', layer: 'gp-england', assumed: true },
      ),
    });
    const text = (await leadtime(['rules', 'show', 'posters', '--for', file])).stdout;
    expect(text).toContain('instead of: due -6 weeks from finalDataProduction');
  });

  it('names what an order asks for and there is not', async () => {
    const order = (await readFile('examples/plain.yaml', 'utf8')).replace(
      'ruleSet: gp-england',
      'ruleSet: gp-england\nlayers: [example-regio]',
    );
    const { code, stderr } = await leadtime(['rules', 'show', '--for', await written('wrong.yaml', order)]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/wrong\.yaml:6: layers\[0\]: there is no layer "example-regio"; use one of example-region/);
  });
});

describe('a rule set of another region', () => {
  it('is loaded from a folder of the deployment, without touching the product', async () => {
    const own = path.join(folder, 'own');
    await written(
      'own/gp-north.yaml',
      (await shipped())
        .replace('id: gp-england', 'id: gp-north')
        .replace('eps: { amount: 5, unit: weeks', 'eps: { amount: 7, unit: weeks'),
    );
    const order = (await readFile('examples/plain.yaml', 'utf8')).replace('ruleSet: gp-england', 'ruleSet: gp-north');
    const file = await written('north.yaml', order);
    const options = ['plan', file, '--as-of', '2026-10-20', '--json'];
    const { code, stdout } = await leadtime(options, { env: { LEADTIME_RULE_SETS: own } });
    expect(code).toBe(0);
    // Thu 28 Jan 2027 less seven weeks is Thu 10 Dec 2026.
    expect(JSON.parse(stdout)).toMatchObject({
      plan: {
        ruleSet: { id: 'gp-north' },
        milestones: containing({ id: 'notify.eps', dueOn: '2026-12-10' }),
      },
    });
    expect((await leadtime(options)).stderr).toContain('there is no rule set "gp-north"');
  });
});
