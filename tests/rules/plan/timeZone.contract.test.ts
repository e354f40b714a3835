import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const program = fileURLToPath(new URL('printPlans.process.ts', import.meta.url));

/** What the program prints on a machine in that time zone: its offset, then the plans. */
function printedIn(zone: string): { offset: string; plans: string } {
  const env = { ...process.env, TZ: zone };
  const printed = execFileSync(process.execPath, ['--import', 'tsx', program], {
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const end = printed.indexOf('\n');
  return { offset: printed.slice(0, end), plans: printed.slice(end + 1) };
}

describe('a machine in another time zone', () => {
  it('makes the same plans to the byte, whether its day has begun earlier or later than in London', () => {
    const london = printedIn('Europe/London');
    // Where the zone had no effect on the process, nothing would have been tried.
    expect(london.offset).toBe('-60');
    expect(london.plans.trim().split('\n')).toHaveLength(12);
    for (const [zone, offset] of [
      ['America/Los_Angeles', '420'],
      ['Pacific/Kiritimati', '-840'],
    ] as const) {
      const there = printedIn(zone);
      expect(there.offset).toBe(offset);
      expect(there.plans).toBe(london.plans);
    }
  });
});
