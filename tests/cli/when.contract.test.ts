import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { leadtime, startLeadtime } from './builtCli.js';

describe('leadtime when', () => {
  it('takes a negative amount as it stands, options before or after', async () => {
    const after = await leadtime(['when', '2027-01-07', '-5', 'workingDays', '--division', 'england-and-wales']);
    expect(after).toEqual({ code: 0, stdout: '2026-12-30\n', stderr: '' });
    const before = await leadtime(['when', '--division', 'scotland', '2027-01-07', '-5', 'workingDays']);
    expect(before).toEqual({ code: 0, stdout: '2026-12-29\n', stderr: '' });
  });

  it.each([
    ['a day that does not exist', ['2026-02-30', '1', 'days'], 'February 2026 has 28 days'],
    ['an unknown unit', ['2027-01-07', '1', 'fortnights'], 'is not a unit'],
    ['too few words', ['2027-01-07', '1'], 'give DATE AMOUNT UNIT, or --stdin'],
    ['too many words', ['2027-01-07', '1', 'days', 'more'], 'too many arguments'],
    ['words beside --stdin', ['2027-01-07', '1', 'days', '--stdin'], 'not both'],
    ['an unknown division', ['2027-01-07', '1', 'days', '--division', 'wales'], 'Allowed choices'],
    ['an unknown side', ['2027-01-07', '1', 'days', '--roll', 'up'], 'Allowed choices'],
    ['an unknown option', ['2027-01-07', '1', 'days', '--holidays'], 'unknown option'],
    [
      'a closure that ends before it starts',
      ['2027-01-07', '1', 'days', '--closure', '2027-02-02..2027-02-01'],
      'is before',
    ],
  ])('refuses %s with exit code 2 and a message without a stack', async (_, args, message) => {
    const { code, stdout, stderr } = await leadtime(['when', ...args]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('says no past the horizon with exit code 1', async () => {
    const { code, stdout, stderr } = await leadtime(['when', '2028-12-29', '1', 'workingDays']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(
      'after 2028-12-31, the last day for which the bank holidays of england-and-wales are known',
    );
  });

  it('an unknown command is wrong use too', async () => {
    expect((await leadtime(['wehn'])).code).toBe(2);
    expect((await leadtime(['when', '--help'])).code).toBe(0);
  });
});

describe('leadtime when --stdin', () => {
  it('answers 100,000 lines in order', async () => {
    const input = Array.from({ length: 100_000 }, (_, index) => `2024-01-0${(index % 9) + 1} ${index % 900} days\n`);
    const { code, stdout } = await leadtime(['when', '--stdin'], { input: input.join('') });
    const lines = stdout.split('\n');
    expect([code, lines.length]).toEqual([0, 100_001]);
    expect([lines[0], lines[1], lines[99_999]]).toEqual(['2024-01-01', '2024-01-03', '2024-04-09']);
  });

  it('ends with exit code 1 when a line had no answer', async () => {
    const { code, stdout } = await leadtime(['when', '--stdin'], { input: 'x\n2027-01-07 1 days' });
    expect(code).toBe(1);
    expect(stdout.split('\n')).toEqual([expect.stringMatching(/^error: /), '2027-01-08', '']);
  });

  it('answers each line at once for someone who types', async () => {
    const child = startLeadtime(['when', '--stdin']);
    child.stdin.write('2027-01-07 1 days\n');
    const [first] = (await once(child.stdout, 'data')) as [Buffer];
    expect(first.toString()).toBe('2027-01-08\n');
    child.stdin.end();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('ends quietly when its reader has gone', async () => {
    const child = startLeadtime(['when', '--stdin']);
    const complaints: string[] = [];
    child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()));
    // The reader leaves while we still write: the pipe to the command breaks as well.
    child.stdin.on('error', () => undefined);
    child.stdout.destroy();
    child.stdin.write('2027-01-07 1 days\n'.repeat(10_000));
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(complaints).toEqual([]);
  });
});

describe('the machine’s time zone', () => {
  const lines = [
    '2027-03-28 1 days',
    '2027-10-31 -1 days',
    '2027-01-01 0 days',
    '2026-12-31 1 workingDays',
    '2027-03-31 -5 weeks',
  ];

  it.each(['Pacific/Kiritimati', 'Pacific/Niue', 'America/New_York', 'Europe/London', 'UTC'])(
    'changes nothing in %s',
    async (TZ) => {
      const { stdout } = await leadtime(['when', '--stdin'], { input: lines.join('\n'), env: { TZ } });
      expect(stdout.split('\n')).toEqual(['2027-03-29', '2027-10-30', '2027-01-01', '2027-01-04', '2027-02-24', '']);
    },
  );
});
