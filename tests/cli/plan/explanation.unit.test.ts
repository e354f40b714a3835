import { describe, expect, it } from 'vitest';
import { explanationText } from '../../../cli/plan/explanation.js';
import { explainMilestone } from '../../../rules/plan/explain.js';
import type { Order } from '../../../rules/order/schema.js';
import { plannedFile } from '../../api/pack/packed.js';

async function explained(milestoneId: string, change: Partial<Order> = {}): Promise<string> {
  const { plan, ruleSet } = await plannedFile('plain', change);
  const milestone = plan.milestones.find(({ id }) => id === milestoneId);
  if (milestone === undefined) throw new Error(`no milestone ${milestoneId}`);
  return explanationText(explainMilestone(plan, ruleSet, milestone));
}

describe('the text of an explanation', () => {
  it('shows the number of a window that ends on the day itself, with its layer and source', async () => {
    const change = { rule: 'clean-up-counts', due: { amount: 0 }, source: 'agreed on the phone' };
    const text = await explained('clean-up-counts', { ruleChanges: [change] });
    expect(text).toContain(
      '1. the day itself, Thursday 28 January 2027: Report your clean-up numbers every week [order: agreed on the phone;',
    );
    expect(text).toContain('instead of 0 days from finalDataProduction (gp-england: guide/03:24-39');
    expect(await explained('weekly-meeting')).toContain(
      '1. the day itself, Tuesday 2 February 2027: Weekly migration meeting [gp-england: guide/01:89;',
    );
  });

  it('says of a day that follows an event that it will be dated anew, and on what it is planned until then', async () => {
    const text = await explained('data-check-2');
    expect(text).toContain(
      'Its day will be dated anew, by the same steps, from the day on which the new supplier has loaded the Initial extract (initialDataLoaded).',
    );
    expect(text).toContain(
      'Until that has happened it is planned as if it were on the Initial data production day, Thursday 7 January 2027.',
    );
    expect(await explained('clean-up-records')).not.toContain('dated anew');
  });

  it('says that the end of a window stays on a day that is not worked', async () => {
    // 90 days after Tue 2 Feb 2027 is Mon 3 May; a month before Thu 28 Jan 2027 is Mon 28 Dec 2026.
    expect(await explained('old-system-support-ends')).toContain(
      'Not moved: Monday 3 May 2027 is not worked (Early May bank holiday), but the day on which something ends never moves',
    );
    expect(await explained('double-prescriptions.eps')).toContain(
      'Not moved: Monday 28 December 2026 is not worked (Boxing Day (substitute day)), but the first day of a period never moves',
    );
  });

  it('says nothing of closures that moved no day', async () => {
    const closures = [{ holder: 'practice', from: '2026-08-03', to: '2026-08-04', reason: 'training' }];
    const text = await explained('authorise-extracts', { closures });
    expect(text).not.toContain('closures of the order');
  });
});
