import { describe, expect, it } from 'vitest';
import { leadtime } from './builtCli.js';

const feasible = (order: string, ...options: string[]) => leadtime(['feasible', `examples/${order}.yaml`, ...options]);

describe('leadtime feasible', () => {
  it('answers 0 while everything can still be started, with the chain of each anchor', async () => {
    const { code, stdout, stderr } = await feasible('plain', '--as-of', '2026-10-20');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Everything that is open can still be started in time.');
    expect(stdout).toContain(
      'Critical chain of the Initial data production day, Thu 2027-01-07: slack 20 working days',
    );
    expect(stdout).toContain('Critical chain of the Go Live day, Tue 2027-02-02');
  });

  it('answers 1 once a latest start has passed, with how late it is and the days that would work', async () => {
    // Tue 17 Nov 2026 was the last day to ask; 5 working days later the whole plan slides by a week.
    const { code, stdout } = await feasible('plain', '--as-of', '2026-11-24');
    expect(code).toBe(1);
    expect(stdout).toContain('Tue 2026-11-17, 5 working days ago: Ask Alder Clinical Systems');
    expect(stdout).toContain('late by 5 working days (slack -5)');
    const days = [...stdout.matchAll(/Earliest feasible (\w+).*?: \w{3} (\d{4}-\d\d-\d\d)/g)];
    expect(days.map(([, name, day]) => [name, day])).toEqual([
      ['Initial', '2027-01-14'],
      ['Final', '2027-02-04'],
      ['Go', '2027-02-09'],
    ]);
  });

  it('gives the same as JSON, and so does leadtime plan', async () => {
    const { code, stdout } = await feasible('plain', '--as-of', '2026-11-24', '--json');
    const plan = await leadtime(['plan', 'examples/plain.yaml', '--as-of', '2026-11-24', '--json']);
    const answer = JSON.parse(stdout) as { feasibility: unknown };
    expect(code).toBe(1);
    expect(answer).toMatchObject({
      feasibility: {
        holds: false,
        passed: [{ milestoneId: 'extract.initial.alder.core.1.asked', lateWorkingDays: 5 }],
        earliest: [{ anchor: 'initialDataProduction', day: '2027-01-14' }, {}, {}],
      },
    });
    expect(JSON.parse(plan.stdout)).toMatchObject({
      feasibility: answer.feasibility,
      earliestFeasible: { initialDataProduction: '2027-01-14', goLive: '2027-02-09' },
    });
  });

  it('answers 2 for an order with errors', async () => {
    const { code, stdout } = await feasible('bad/notice-missing', '--as-of', '2026-10-20', '--json');
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ problems: [{ line: 56 }, {}] });
  });
});
