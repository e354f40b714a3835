import { describe, expect, it } from 'vitest';
import { explainMilestone } from '../../../rules/plan/explain.js';
import { confirmed, milestoneOf, orderWithAnchors, planOf, ruleSetWith, smallRuleSet } from './fixtures.js';

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

  it('says of a first day, an end and a right that ends why their day is not worked, and that it stays', () => {
    // Cut-over on Sun 31 Jan 2027: links off on Fri 29 and Sat 30 Jan. 45 days after Thu 4 Feb is Sun 21 Mar.
    const plan = planOf(
      orderWithAnchors({ finalDataProduction: confirmed('2027-01-31'), goLive: confirmed('2027-02-04') }),
    );
    expect(explained('links-off', plan).leftAlone).toEqual([{ which: 'dueOn', day: '2027-01-30', why: 'Saturday' }]);
    expect(explained('read-only-ends', plan).leftAlone).toEqual([{ which: 'dueOn', day: '2027-03-21', why: 'Sunday' }]);
    expect(explained('anchor.finalDataProduction', plan).leftAlone).toMatchObject([{ why: 'Sunday' }]);
    // A contact is moved to the Friday, and its step says so.
    expect(explained('contact-on-the-day.labs', plan).leftAlone).toEqual([]);
  });

  it('says what a day follows, on which anchor it is planned until then, and which of its days will be dated anew', () => {
    const [cleanUp] = smallRuleSet.rules;
    const check = { ...cleanUp, id: 'check', due: { from: 'initialDataLoaded', amount: 5, unit: 'days' } };
    const again = { ...cleanUp, id: 'check-again', due: { from: 'check', amount: 2, unit: 'days' } };
    const until = {
      ...cleanUp,
      id: 'until-cut-over',
      kind: 'window',
      opens: { from: 'initialDataLoaded', amount: 0, unit: 'days' },
      due: { from: 'finalDataProduction', amount: -1, unit: 'days' },
    };
    const ruleSet = ruleSetWith({ rules: [...smallRuleSet.rules, check, again, until] });
    const plan = planOf(orderWithAnchors({}), '2026-10-05', ruleSet);
    const follows = (id: string) => explainMilestone(plan, ruleSet, milestoneOf(plan, id)).follows;
    const loaded = { event: 'initialDataLoaded', plannedOn: 'initialDataProduction', on: '2027-01-07' };
    expect(follows('check')).toEqual({ ...loaded, dates: ['dueOn'] });
    expect(follows('check-again')).toEqual({ ...loaded, dates: ['dueOn'] });
    expect(follows('until-cut-over')).toEqual({ ...loaded, dates: ['opensOn'] });
    expect(follows('clean-up')).toBeUndefined();
  });
});
