import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { englishWorkingDays } from '../../bench/days.js';
import { exampleNames, exampleOf } from '../../bench/examples.js';
import { measureAgainstNumpy } from '../../bench/numpy.js';
import { checkPractices } from '../../bench/portfolio.js';
import { checkWorks, replanning } from '../../bench/replanning/replanning.js';
import { formatReport, mustAgree } from '../../bench/report.js';
import { checkShifts, randomShifts } from '../../bench/shifts.js';

describe('what the benchmarks compare before they time it', () => {
  it('is the same for 50,000 random shifts as for a counter that walks from day to day', async () => {
    const { calendar, holidays } = await englishWorkingDays();
    const { days, amounts } = checkShifts(calendar, holidays, 50_000);
    expect([days.length, amounts.length]).toEqual([50_000, 50_000]);
    // Both directions, from days that are worked and days that are not.
    expect([...amounts].some((amount) => amount < 0) && [...amounts].some((amount) => amount > 0)).toBe(true);
    expect(new Set([...days].map((day) => calendar.numbers.isWorked(day)))).toEqual(new Set([true, false]));
  });

  it('would be found to differ with one bank holiday less', async () => {
    const { calendar, holidays } = await englishWorkingDays();
    const without = holidays.filter((day) => day !== '2027-03-26');
    expect(() => checkShifts(calendar, without, 50_000)).toThrow('50000 random shifts, number');
  });

  it.each(exampleNames)(
    'is the same for a whole migration on moved days by the tables, date-fns and luxon: %s',
    async (name) => {
      const example = await exampleOf(name);
      const work = replanning(example, 3);
      expect(work.works).toHaveLength(3);
      for (const { days } of work.works) expect(days.length).toBeGreaterThan(200);
      checkWorks(work.works, work.workingTime);
      checkPractices(example, 4);
    },
  );

  it('is planned for a migration of sixty milestones, which nothing is wrong with', async () => {
    const { plan } = await exampleOf('sixty');
    expect(plan.milestones).toHaveLength(60);
    expect(plan.problems).toEqual([]);
  });

  it('is refused where a single day differs, or is missing', () => {
    expect(() => mustAgree('days', ['2027-01-07'], ['2027-01-08'])).toThrow(
      'days, number 0: ours is 2027-01-07, theirs 2027-01-08',
    );
    expect(() => mustAgree('days', ['2027-01-07'], [])).toThrow('1 results of ours, 0 of theirs');
  });

  it('asks the same questions in every run', async () => {
    const { calendar } = await englishWorkingDays();
    expect(randomShifts(calendar, 100)).toEqual(randomShifts(calendar, 100));
  });
});

describe('the report', () => {
  it('says so where there is no numpy, and how to name one', async () => {
    const { calendar, holidays } = await englishWorkingDays();
    const row = measureAgainstNumpy(calendar, holidays, 10, 'no-such-python');
    expect(row.rival).toBe('skipped: no "no-such-python" on this machine; name one in BENCH_PYTHON');
    expect(row.isMet).toBeUndefined();
  });

  it('says so where there is a Python that has none', async () => {
    const { calendar, holidays } = await englishWorkingDays();
    const folder = await mkdtemp(path.join(tmpdir(), 'leadtime-python-'));
    const python = path.join(folder, 'python');
    // It ends before it has read anything, as an interpreter does whose import fails.
    await writeFile(python, '#!/bin/sh\necho "ModuleNotFoundError: No module named numpy" >&2\nexit 1\n', {
      mode: 0o755,
    });
    const row = measureAgainstNumpy(calendar, holidays, 100_000, python);
    await rm(folder, { recursive: true });
    expect(row.rival).toBe(`skipped: "${python}" has no numpy; name one that has in BENCH_PYTHON`);
  });

  it('lines its columns up, and says whether a goal is met', () => {
    const rows = [
      { what: 'a shift', ours: '8 ns', rival: '64 ns', ratio: 8, goal: '≥ 1×', isMet: true },
      { what: 'memory', ours: '310 MB', rival: '-', goal: '< 300 MB', isMet: false },
    ];
    expect(formatReport(rows)).toBe(
      [
        'what     ours    rival  ratio  goal      met',
        'a shift  8 ns    64 ns  8.00×  ≥ 1×      yes',
        'memory   310 MB  -      -      < 300 MB  no ',
      ].join('\n'),
    );
  });
});
