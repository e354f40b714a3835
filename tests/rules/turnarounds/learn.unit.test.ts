import { describe, expect, it } from 'vitest';
import { learnTurnarounds, TAKEN_BY, type HopDone } from '../../../rules/turnarounds/learn.js';

const DAY_MS = 86_400_000;
/** Days as a calendar has them, so that each test can be read without another. */
const daysBetween = (_: string, from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS;

const hop = (name: string, on: string, over: Partial<HopDone> & { supplier?: string } = {}): HopDone => {
  const { supplier = 'alder', ...rest } = over;
  return {
    migrationId: 'A10001-20260914-aaaaaa',
    milestoneId: `extract.initial.${supplier}.core.1.${name}`,
    on,
    by: `who did ${name}`,
    division: 'england-and-wales',
    ...rest,
  };
};
const learn = (...done: HopDone[]) => learnTurnarounds(done, daysBetween);

describe('turnaround times learned from what was done', () => {
  it('are counted from each hop to the next, by supplier and part', () => {
    const learned = learn(
      hop('asked', '2027-01-04'),
      hop('formAtPractice', '2027-01-11'),
      hop('formReturned', '2027-01-13'),
      hop('formReceived', '2027-01-14'),
      hop('scheduled', '2027-01-20'),
      hop('delivered', '2027-02-18'),
    );
    expect(learned.map(({ supplierId, part, medianWorkingDays }) => [supplierId, part, medianWorkingDays])).toEqual([
      ['alder', 'sendsForm', 7],
      ['alder', 'returnsForm', 2],
      ['alder', 'confirmsForm', 1],
      ['alder', 'schedules', 6],
    ]);
  });

  it('have a median, the longer of two in the middle, and a range', () => {
    const took = [3, 9, 4, 20].flatMap((amount, index) => {
      const migrationId = `A1000${index}-20260914-aaaaaa`;
      const until = new Date(Date.parse('2027-01-04') + amount * DAY_MS).toISOString().slice(0, 10);
      return [hop('asked', '2027-01-04', { migrationId }), hop('formAtPractice', until, { migrationId })];
    });
    expect(learn(...took)).toEqual([
      {
        supplierId: 'alder',
        part: 'sendsForm',
        times: 4,
        medianWorkingDays: 9,
        leastWorkingDays: 3,
        mostWorkingDays: 20,
      },
    ]);
  });

  it('leave out what was told together with a later step, which has no day of its own', () => {
    const by = 'Alder extracts desk';
    expect(
      learn(
        hop('asked', '2027-01-04'),
        hop('formAtPractice', '2027-01-29', { by }),
        hop('formReturned', '2027-01-29', { by }),
        hop('formReceived', '2027-01-29', { by }),
      ),
    ).toEqual([]);
  });

  it('leave out days that nobody saw, and tell suppliers and iterations apart', () => {
    const second = hop('formAtPractice', '2027-01-09');
    expect(
      learn(
        hop('asked', '2027-01-04', { by: TAKEN_BY }),
        hop('formAtPractice', '2027-01-09'),
        { ...second, milestoneId: second.milestoneId.replace('.1.', '.2.') },
        hop('asked', '2027-01-04', { supplier: 'rowan' }),
        { ...hop('clean', '2027-01-04'), milestoneId: 'clean-up' },
      ),
    ).toEqual([]);
  });
});
