import { describe, expect, it } from 'vitest';
import { leadtime } from './builtCli.js';

const plan = (order: string, ...options: string[]) => leadtime(['plan', `examples/${order}.yaml`, ...options]);

describe('leadtime plan', () => {
  it('prints the dated plan by day, and the earliest feasible day', async () => {
    const { code, stdout, stderr } = await plan('plain', '--as-of', '2026-10-20');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const days = stdout.split('\n').flatMap((line) => /│ \w{3} (\d{4}-\d{2}-\d{2})/.exec(line)?.[1] ?? []);
    expect(days.length).toBeGreaterThan(40);
    expect(days).toEqual(days.toSorted());
    expect(stdout).toContain('│ Thu 2027-01-07');
    expect(stdout).toMatch(/Earliest feasible Initial data production day: \w{3} 2026-\d{2}-\d{2}/);
  });

  it('gives the whole plan as JSON', async () => {
    const { code, stdout } = await plan('plain', '--as-of', '2026-10-20', '--json');
    const answer: unknown = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(answer).toMatchObject({
      wouldBeRefused: false,
      problems: [],
      plan: { asOf: '2026-10-20', anchors: { goLive: { on: '2027-02-02', status: 'confirmed' } } },
    });
  });

  it('answers 1 when a latest start has passed, with the earliest day that would work', async () => {
    const { code, stdout } = await plan('bad/too-late', '--as-of', '2026-12-01');
    expect(code).toBe(1);
    expect(stdout).toContain('Earliest feasible Initial data production day: Thu 2027-01-21');
    expect(stdout).toContain('examples/bad/too-late.yaml:26: anchors.initialDataProduction.on: ');
    expect(stdout).toContain('would be refused');
  });

  it.each([
    ['single-fields', 6],
    ['who-is-who', 6],
    ['nobody-to-tell', 3],
    ['notice-missing', 2],
    ['days-out-of-order', 2],
  ])('answers 2 for %s, with every problem of the file at its line and no stack trace', async (name, problems) => {
    const { code, stdout, stderr } = await plan(`bad/${name}`, '--as-of', '2026-10-20');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    const lines = stderr.trim().split('\n').slice(1);
    expect(lines).toHaveLength(problems);
    for (const line of lines) expect(line).toMatch(new RegExp(`^examples/bad/${name}\\.yaml:\\d+: [\\w.[\\]]+: `));
  });

  it('gives problems as JSON too', async () => {
    const { code, stdout } = await plan('bad/notice-missing', '--as-of', '2026-10-20', '--json');
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ wouldBeRefused: true, problems: [{ line: 56 }, {}] });
  });

  it('says what to do about a file that is not there and a day that is none', async () => {
    const missing = await plan('nothing');
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('there is no such file');
    const impossible = await plan('plain', '--as-of', '2026-02-30');
    expect(impossible.code).toBe(2);
    expect(impossible.stderr).toContain('February 2026 has 28 days');
  });
});

describe('leadtime explain', () => {
  const explain = (milestone: string, ...options: string[]) =>
    leadtime(['explain', 'examples/rich.yaml', milestone, '--as-of', '2027-01-11', ...options]);

  it('tells how a date came about, step by step', async () => {
    const { code, stdout } = await explain('notify-pcse.pcse');
    expect(code).toBe(0);
    expect(stdout).toContain('Due Thursday 8 April 2027');
    expect(stdout).toContain('Counted from the Final data production day, Saturday 24 April 2027');
    expect(stdout).toContain('2 weeks before Thursday 22 April 2027');
    expect(stdout).toContain('Bank holidays: uk-bank-holidays');
  });

  it('gives the same as JSON', async () => {
    const { stdout } = await explain('notify-pcse.pcse', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      dueOn: '2027-04-08',
      steps: [{ to: '2027-04-22' }, { to: '2027-04-08' }, {}],
    });
  });

  it('suggests a milestone for a mistyped one', async () => {
    const { code, stderr } = await explain('notify.epz');
    expect(code).toBe(2);
    expect(stderr).toContain('did you mean notify.eps');
  });
});
