import { describe, expect, it } from 'vitest';
import { explainMilestone } from '../../../rules/plan/explain.js';
import { milestoneOf, orderWithAnchors, planOf, ruleSetWith } from './fixtures.js';

const explained = (id: string, plan = planOf()) => explainMilestone(plan, ruleSetWith(), milestoneOf(plan, id));

describe('the explanation of a date', () => {
  it('goes step by step from the anchor, and says who asked for each and by what right', () => {
    const { anchor, countedFrom, steps, dueOn, ruleSet } = explained('extract.initial.alder.core.1.formReturned');
    expect({ anchor, countedFrom, dueOn }).toEqual({
      anchor: 'initialDataProduction',
      countedFrom: '2027-01-07',
      dueOn: '2026-12-01',
    });
    expect(steps.map(({ from, to, why, layer, source }) => ({ from, to, why, layer, source }))).toEqual([
      {
        from: '2027-01-07',
        to: '2026-12-03',
        why: 'notice that Alder needs before the extract',
        layer: 'small',
        source: 'a source',
      },
      {
        from: '2026-12-03',
        to: '2026-12-01',
        why: 'Alder confirms that it has the form',
        layer: 'small',
        source: 'a source',
      },
    ]);
    expect(ruleSet).toEqual({ id: 'small', version: '1.0.0' });
  });

  it('names every day that was passed over, and why', () => {
    const plan = planOf(orderWithAnchors({ finalDataProduction: { on: '2027-01-08', status: 'confirmed' } }));
    const { steps } = explained('notify.labs', plan);
    const skipped = steps[0]?.days.filter(({ counted }) => !counted).map(({ day, why }) => `${day} ${why}`);
    expect(skipped).toEqual([
      '2027-01-03 Sunday',
      '2027-01-02 Saturday',
      '2027-01-01 New Year’s Day',
      '2026-12-28 Boxing Day (substitute day)',
      '2026-12-27 Sunday',
      '2026-12-26 Saturday',
      '2026-12-25 Christmas Day',
    ]);
  });

  it('says how a day was moved off a weekend', () => {
    const plan = planOf(orderWithAnchors({ finalDataProduction: { on: '2027-01-30', status: 'confirmed' } })); // Sat
    expect(explained('contact-on-the-day.labs', plan).steps[0]?.days).toEqual([
      { day: '2027-01-30', counted: false, why: 'Saturday' },
      { day: '2027-01-29', counted: false, why: 'moved to the working day before' },
    ]);
  });

  it('counts the confirmation of an absent date from the order, and leaves what hangs on it open', () => {
    const plan = planOf(orderWithAnchors({ goLive: undefined }));
    expect(explained('confirm.goLive', plan)).toMatchObject({ countedFrom: '2026-10-05', dueOn: '2026-10-19' });
    const open = explained('copy-templates', plan);
    expect(open).toMatchObject({ anchorStatus: 'absent', steps: [] });
    expect(open).not.toHaveProperty('dueOn');
  });
});
