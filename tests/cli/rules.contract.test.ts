import { readdirSync } from 'node:fs';
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

/** The shipped rule set with one piece of text in place of another, and the line on which that is. */
async function changed(part: string, other: string): Promise<{ file: string; line: number }> {
  const text = await shipped();
  const at = text.indexOf(part);
  if (at < 0) throw new Error(`the rule set does not say: ${part}`);
  const file = await written('changed.yaml', text.slice(0, at) + other + text.slice(at + part.length));
  return { file, line: text.slice(0, at).split('\n').length };
}

const BAD_LAYERS = 'tests/cli/rules/badLayers';

/** What a bad file says that should be said of it: the rest of a line after `# WRONG`, with its number. */
const expectedOf = (text: string): { line: number; says: string }[] =>
  text.split('\n').flatMap((line, index) => {
    const says = /# WRONG (.*)$/.exec(line)?.[1];
    return says === undefined ? [] : [{ line: index + 1, says }];
  });

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
    ['an unknown role', 'holder: targetSupplier', 'holder: supplier', /targetSupplier/],
    ['a negative notice', 'eps: { amount: 5, unit: weeks', 'eps: { amount: -5, unit: weeks', /must not be negative/],
    ['an id used twice', 'id: links-on', 'id: links-off', /give each its own/],
    ['a circle', 'due: { from: cut-over-meeting, amount: -1', 'due: { from: training-meeting, amount: -1', /circle/],
    ['a ladder of another name', 'ladder: weekly-meeting', 'ladder: weekly-meetings', /did you mean weekly-meeting/],
    ['an unknown recipient', 'type: chase, to: partyContact', 'type: chase, to: party', /partyContact/],
    [
      'a follow-up before what it follows',
      'due: { from: links-on, amount: 0,',
      'due: { from: links-on, amount: -1,',
      /followUp/,
    ],
    ['a blank that nothing fills in', 'title: Ask {party} for', 'title: Ask {partie} for', /\{partie\} means nothing/],
  ])('refuses %s, with its line', async (_, part, other, says) => {
    const { file, line } = await changed(part, other);
    const { code, stdout, stderr } = await leadtime(['rules', 'check', file]);
    expect(code).toBe(2);
    expect(stdout).toMatch(says);
    expect(stdout).toMatch(new RegExp(`^error: changed\\.yaml:${line}: `, 'm'));
    expect(stderr).toContain('cannot be used');
  });

  it.each(readdirSync(BAD_LAYERS))(
    'names the line of everything that is wrong with a layer, and of nothing else: %s',
    async (name) => {
      const file = path.join(BAD_LAYERS, name);
      const expected = expectedOf(await readFile(file, 'utf8'));
      const { code, stdout } = await leadtime(['rules', 'check', file]);
      expect(code).toBe(2);
      const lines = stdout.trim().split('\n');
      expect(lines.map((line) => line.split(':').slice(0, 3).join(':'))).toEqual(
        expected.map(({ line }) => `error: ${name}:${line}`),
      );
      for (const [index, { says }] of expected.entries()) expect(lines[index]).toContain(says);
    },
  );

  it('knows a layer that is written as JSON', async () => {
    const changes = [{ rule: 'poster', due: { amount: -7 }, source: 's' }];
    const layer = { id: 'j', version: '1.0.0', title: 'J', over: 'gp-england', level: 'region', source: 's', changes };
    for (const indent of [0, 2]) {
      const file = await written('layer.json', JSON.stringify(layer, null, indent));
      const { stdout } = await leadtime(['rules', 'check', file, '--json']);
      expect(JSON.parse(stdout)).toMatchObject({ kind: 'layer', problems: [{ what: saying('did you mean posters') }] });
    }
  });

  it('takes a file with nothing worse than a warning', async () => {
    const { file } = await changed(
      'ladders:\n',
      'ladders:\n  spare: [{ id: a, workingDays: 0, type: inform, to: csuOperator }]\n',
    );
    const { code, stdout } = await leadtime(['rules', 'check', file]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^warning: changed\.yaml:\d+: ladders\.spare: nothing uses the ladder "spare"/);
    expect(stdout).toContain('rule set gp-england 1.3.0 can be used.');
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

  it('shows what counts for each party, whoever said so, and what that took the place of', async () => {
    const { stdout } = await leadtime(['rules', 'show', '--for', 'examples/rich.yaml', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      layers: [{ id: 'example-region' }, { id: 'example-supplier' }],
      rules: containing({
        rule: 'old-system-read-only-ends',
        dueLayer: 'example-supplier',
        due: '60 days from goLive',
      }),
      values: containing(
        { value: 'callAfterChases', layer: 'gp-england', length: '3 mails', assumed: true },
        { party: 'county-labs', value: 'noticePeriod', layer: 'order', length: '4 weeks' },
        { party: 'eps', value: 'noticePeriod', layer: 'gp-england', length: '5 weeks' },
        {
          party: 'alder',
          value: 'turnaround.sendsForm',
          layer: 'order',
          replaced: [
            { layer: 'example-supplier', value: '4 working days', source: saying('an example') },
            { layer: 'gp-england', value: '5 working days', source: saying('nobody fixed it') },
          ],
        },
      ),
      ladders: containing({ ladder: 'practice', layer: 'gp-england' }),
      blackouts: containing({ id: 'qof-year-end', layer: 'example-region' }),
    });
  });

  it('shows what is left out, and by whom', async () => {
    const order = (await readFile('examples/plain.yaml', 'utf8')).replace(
      'ruleSet: gp-england',
      'ruleSet: gp-england\nruleChanges:\n  - { rule: rota-limit, applies: false, source: no rotas here }',
    );
    const file = await written('left-out.yaml', order);
    expect((await leadtime(['rules', 'show', '--for', file])).stdout).toContain(
      'Left out: rota-limit (order: no rotas here)',
    );
    expect((await leadtime(['rules', 'show', 'rota-limit', '--for', file, '--json'])).code).toBe(0);
  });

  it('names the rules that look like one that is not there', async () => {
    const { code, stderr } = await leadtime(['rules', 'show', 'poster']);
    expect({ code, stderr }).toEqual({ code: 2, stderr: saying('did you mean posters') });
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
    // Its name does not matter: what counts is the id that it says.
    await written(
      'own/our-rules.yaml',
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
    const show = await leadtime(['rules', 'show', '--rule-set', 'gp-north'], { env: { LEADTIME_RULE_SETS: own } });
    expect(show.stdout).toMatch(/^Rule set gp-north /);
  });
});

describe('a folder of rules that cannot be used', () => {
  it('keeps a worker from starting, and says why', async () => {
    const env = {
      LEADTIME_DATA_DIR: folder,
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
      LEADTIME_RULE_SETS: path.join(folder, 'nowhere'),
    };
    const { code, stderr } = await leadtime(['worker'], { env });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: saying('there is no such folder: set it to a folder with rule sets'),
    });
  });

  it('has an id that ships with the product, in whatever file', async () => {
    const own = path.join(folder, 'shadowing');
    await written('shadowing/ours.yaml', await shipped());
    const options = ['plan', 'examples/plain.yaml', '--as-of', '2026-10-20'];
    const { code, stderr } = await leadtime(options, { env: { LEADTIME_RULE_SETS: own } });
    expect({ code, stderr }).toEqual({ code: 2, stderr: saying('two files have the id "gp-england"') });
  });
});

describe('a rule set or a layer given by its file', () => {
  it('counts for that one plan, and the plan says so', async () => {
    const layers = [
      '--layer',
      'config/rulesets/layers/example-region.yaml',
      '--layer',
      'config/rulesets/layers/catalogue-solution-slas.yaml',
    ];
    const { code, stdout } = await leadtime([
      'plan',
      'examples/plain.yaml',
      '--as-of',
      '2026-10-20',
      '--json',
      ...layers,
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      plan: {
        layers: [{ id: 'example-region' }, { id: 'catalogue-solution-slas' }],
        milestones: containing({ id: 'sla-plan-approach' }, { id: 'posters.main', dueOn: '2026-12-03' }),
      },
    });
  });

  it('is told of where it cannot count', async () => {
    const layer = ['--layer', 'config/rulesets/layers/example-supplier.yaml'];
    const { code, stderr } = await leadtime(['plan', 'examples/plain.yaml', '--as-of', '2026-10-20', ...layer]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: saying('no party has the layer "example-supplier"') });
  });

  it('explains each number by its layer, and what that took the place of', async () => {
    const layer = ['--layer', 'config/rulesets/layers/example-region.yaml'];
    const { stdout } = await leadtime([
      'explain',
      'examples/plain.yaml',
      'posters.main',
      '--as-of',
      '2026-10-20',
      ...layer,
    ]);
    expect(stdout).toContain(
      'Layer:         example-region 1.0.0: an example of a region that wants posters up earlier',
    );
    expect(stdout).toContain('instead of -6 weeks from finalDataProduction (gp-england: "many weeks in advance"');
  });

  it('explains the first day of a period from its own anchor', async () => {
    const { stdout } = await leadtime(['explain', 'examples/plain.yaml', 'reduced-activity', '--as-of', '2026-10-20']);
    expect(stdout).toContain('is counted from the Final data production day, ');
  });
});
