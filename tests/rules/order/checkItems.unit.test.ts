import { describe, expect, it } from 'vitest';
import { checkOrder } from '../../../rules/order/check.js';
import { calendar, orderWith, ruleSetWith } from '../plan/fixtures.js';

const ruleSet = ruleSetWith({
  counters: ['duplicates', 'inbox'].map((id) => ({ id, title: 'A number', source: 'a source' })),
});
const check = (changes: Record<string, unknown>) =>
  checkOrder(orderWith(changes), { ruleSet, calendar, asOf: '2026-10-05' });
const told = (changes: Record<string, unknown>) =>
  check(changes).map(({ severity, code, path }) => `${severity} ${code} ${path?.join('.')}`);
const item = (id: string, changes: object = {}) => ({ id, title: 'Something to do', dueOn: '2027-01-20', ...changes });

describe.each(['surveyItems', 'actions'])('%s of an order', (list) => {
  it('may be held by the practice, the CSU or any party, at a site or at none', () => {
    const owners = ['practice', 'csu', 'alder', 'labs'];
    expect(told({ [list]: owners.map((owner) => item(`of-${owner}`, { owner, siteId: 'main' })) })).toEqual([]);
    expect(told({ [list]: [item('of-nobody-named')] })).toEqual([]);
  });

  it('have an id each', () => {
    const items = [item('monitor'), item('printer'), item('monitor')];
    expect(told({ [list]: items })).toEqual([`error duplicate-id ${list}.2.id`]);
  });

  it('belong to somebody and some place in the order, the nearest of which is named first', () => {
    const problems = check({ [list]: [item('monitor', { owner: 'aldr', siteId: 'mian' })] });
    expect(problems).toMatchObject([
      { severity: 'error', code: 'unknown-holder', path: [list, 0, 'owner'] },
      { severity: 'error', code: 'unknown-holder', path: [list, 0, 'siteId'] },
    ]);
    expect(problems[0]?.message).toContain('"aldr"; use one of alder, ');
    expect(problems[1]?.message).toContain('"mian"; use one of main');
  });
});

describe('a survey item and an action', () => {
  it('may have the same id, because their milestones are not called the same', () => {
    expect(told({ surveyItems: [item('monitor')], actions: [item('monitor')] })).toEqual([]);
  });
});

describe('thresholds of counts', () => {
  it('are of what the rules count', () => {
    expect(told({ countThresholds: { duplicates: 20, inbox: 0 } })).toEqual([]);
    const problems = check({ countThresholds: { duplicate: 20 } });
    expect(problems).toMatchObject([
      { severity: 'error', code: 'unknown-counter', path: ['countThresholds', 'duplicate'] },
    ]);
    expect(problems[0]?.message).toContain('"duplicate" is not counted; use one of duplicates, inbox');
  });
});

describe('blackouts of an order', () => {
  const blackout = (from: string, to: string) => ({ blackouts: [{ from, to, reason: 'Flu clinics' }] });

  it('may be a single day', () => {
    expect(told(blackout('2026-11-02', '2026-11-02'))).toEqual([]);
  });

  it('do not end before they start', () => {
    expect(told(blackout('2026-11-03', '2026-11-02'))).toEqual(['error blackout-backwards blackouts.0.to']);
  });
});
