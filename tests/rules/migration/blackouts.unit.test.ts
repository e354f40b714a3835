import { describe, expect, it } from 'vitest';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { Story } from '../../support/story.js';

/** What the mail says that tells of a form for another day, on Tue 20 Oct 2026; the production day is Thu 7 Jan 2027. */
function mismatch(blackouts: { from: string; to: string; reason: string }[]) {
  const story = new Story(startedExample({ ...exampleOrder('plain'), blackouts }));
  story.says('alder', 'form.received', { date: '2027-01-14', data: { extract: 'initial' } });
  const [item] = story.mails({ kind: 'mismatch' }).flatMap(({ message }) => message.items);
  return item;
}

describe('the earliest day that a mail names', () => {
  it('leaves out the blackouts that the plan recorded', () => {
    expect(mismatch([])?.earliestAnchorDay).toBe('2026-11-24');
    // Tue 24 to Mon 30 Nov 2026: the next free day is Tue 1 Dec.
    expect(mismatch([{ from: '2026-11-24', to: '2026-11-30', reason: 'Flu clinics' }])?.earliestAnchorDay).toBe(
      '2026-12-01',
    );
  });

  it('is the planned day where that is in time, though it lies in a blackout', () => {
    const item = mismatch([{ from: '2026-11-01', to: '2027-01-10', reason: 'Building work' }]);
    expect(item).toMatchObject({
      earliestAnchorDay: '2027-01-07',
      effect: expect.stringContaining('can still be met') as string,
    });
  });
});
