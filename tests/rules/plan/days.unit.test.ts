import { describe, expect, it } from 'vitest';
import type { Order } from '../../../rules/order/schema.js';
import { exampleOrder, plannedExample } from '../../support/examples.js';
import {
  closed,
  confirmed,
  dueOn,
  labs,
  milestoneOf,
  orderWith,
  orderWithAnchors,
  plainOrder,
  planOf,
  provisional,
  ruleSetWith,
  smallRuleSet,
} from './fixtures.js';

const codesOf = (plan: ReturnType<typeof planOf>) => plan.problems.map(({ code }) => code);

describe('the days of a plan', () => {
  it('are the same whatever the time zone of the machine', () => {
    const before = process.env['TZ'];
    const plans = ['UTC', 'Pacific/Auckland', 'America/Los_Angeles'].map((zone) => {
      process.env['TZ'] = zone;
      return JSON.stringify(planOf());
    });
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
    expect(new Set(plans).size).toBe(1);
  });

  it('count the notice of a third party back from the start of cut-over', () => {
    expect(dueOn(planOf(), 'notify.labs')).toBe('2027-01-14'); // Thu, 10 working days before Thu 28 Jan 2027
  });

  it("count the party's closure into its notice, and move the notice off a day on which the sender is closed", () => {
    const forParty = planOf(orderWith(closed('labs', '2027-01-20', '2027-01-21'))); // Wed, Thu
    expect(dueOn(forParty, 'notify.labs')).toBe('2027-01-12'); // Tue
    const forSender = planOf(orderWith(closed('csu', '2027-01-13', '2027-01-14'))); // Wed, Thu
    expect(dueOn(forSender, 'notify.labs')).toBe('2027-01-12'); // Tue
    const forPractice = planOf(orderWith(closed('practice', '2027-01-13', '2027-01-21')));
    expect(dueOn(forPractice, 'notify.labs')).toBe('2027-01-14');
  });

  it('lengthen every time by what is closed for everyone', () => {
    const plan = planOf(orderWith(closed('everyone', '2027-01-06', '2027-01-06'))); // Wed
    expect(dueOn(plan, 'clean-up')).toBe('2027-01-05'); // Tue
    expect(milestoneOf(plan, 'clean-up').ladder.map(({ on }) => on)).toEqual([
      '2026-12-24',
      '2027-01-05',
      '2027-01-07',
    ]);
  });

  it("count PCSE's two weeks from the first day on which the links may be off", () => {
    const plan = planOf();
    expect(milestoneOf(plan, 'links-off')).toMatchObject({ opensOn: '2027-01-26', dueOn: '2027-01-27' }); // Tue, Wed
    expect(dueOn(plan, 'notify-pcse.pcse')).toBe('2027-01-12'); // Tue
  });

  it('leave a weekend cut-over where it is, and bring forward what has to be done by then', () => {
    // Sat 30 Jan 2027
    const plan = planOf(orderWithAnchors({ finalDataProduction: confirmed('2027-01-30') }));
    expect(dueOn(plan, 'anchor.finalDataProduction')).toBe('2027-01-30');
    expect(dueOn(plan, 'extract.final.alder.core.1.delivered')).toBe('2027-01-30');
    expect(dueOn(plan, 'contact-on-the-day.labs')).toBe('2027-01-29'); // Fri
    expect(milestoneOf(plan, 'anchor.finalDataProduction').ladder.map(({ on }) => on)).toEqual([
      '2027-01-25', // Mon, the fifth working day met before the Saturday
      '2027-01-29', // Fri
    ]);
    expect(plan.problems).toMatchObject([{ severity: 'warning', code: 'anchor-not-worked' }]);
  });

  it('name a window without a working day, and do not move it', () => {
    // Mon 1 Feb 2027: the links are off on Sat 30 and Sun 31 Jan.
    const plan = planOf(
      orderWithAnchors({ finalDataProduction: confirmed('2027-02-01'), goLive: confirmed('2027-02-04') }),
    );
    expect(milestoneOf(plan, 'links-off')).toMatchObject({ opensOn: '2027-01-30', dueOn: '2027-01-31' });
    expect(plan.problems).toMatchObject([{ code: 'window-without-working-day', milestoneId: 'links-off' }]);
    expect(dueOn(plan, 'notify-pcse.pcse')).toBe('2027-01-15'); // Fri: two weeks before Sat 30 is Sat 16
  });

  it('clamp a month end, and roll what follows Go Live to after', () => {
    // Fri 31 Dec 2027 + 1 month = Mon 31 Jan 2028; Sun 31 Jan 2027 would need rolling, so Go Live Thu 31 Dec 2026.
    const order = orderWithAnchors({
      initialDataProduction: confirmed('2026-11-26'),
      finalDataProduction: confirmed('2026-12-17'),
      goLive: confirmed('2026-12-31'),
    });
    expect(dueOn(planOf(order), 'copy-templates')).toBe('2027-02-01'); // Mon after Sun 31 Jan 2027
  });

  it('never move the end of a right, and remind before it', () => {
    // Tue 2 Feb 2027 + 45 days = Fri 19 Mar 2027; from Thu 4 Feb it is Sun 21 Mar.
    const plan = planOf(orderWithAnchors({ goLive: confirmed('2027-02-04') }));
    expect(dueOn(plan, 'read-only-ends')).toBe('2027-03-21'); // Sun
    expect(milestoneOf(plan, 'read-only-ends').ladder[1]?.on).toBe('2027-03-19'); // Fri
  });

  it('are missing for what hangs on an absent date, and provisional for a provisional one', () => {
    const plan = planOf(orderWithAnchors({ goLive: undefined, finalDataProduction: provisional('2027-01-28') }));
    expect(milestoneOf(plan, 'copy-templates')).not.toHaveProperty('dueOn');
    expect(milestoneOf(plan, 'copy-templates').ladder).toEqual([]);
    expect(milestoneOf(plan, 'posters.main')).toMatchObject({ dueOn: '2026-12-17', provisional: true }); // Thu
    expect(milestoneOf(plan, 'clean-up').provisional).toBe(false);
  });

  it('ask on day one even while the Initial data production day is absent', () => {
    const plan = planOf(orderWithAnchors({ initialDataProduction: undefined }));
    const asked = milestoneOf(plan, 'extract.initial.alder.core.1.asked');
    expect(asked).not.toHaveProperty('dueOn');
    expect(asked.ladder).toEqual([{ id: 'at-once', type: 'deliver', to: 'partyContact' }]);
  });

  it('chase a provisional date ten working days before the first formal step that states it', () => {
    const plan = planOf(orderWithAnchors({ initialDataProduction: provisional('2027-01-07') }));
    // The form is returned by Tue 1 Dec 2026.
    expect(milestoneOf(plan, 'confirm.initialDataProduction')).toMatchObject({
      dueOn: '2026-11-17',
      anchor: 'initialDataProduction',
      holder: 'csu',
    }); // Tue
  });

  it('chase a provisional Go Live day before the first notice, which states it beside the cut-over', () => {
    const plan = planOf(orderWithAnchors({ goLive: provisional('2027-02-02') }));
    // PCSE's notice goes out by Tue 12 Jan 2027: the bank holidays of Christmas and New Year lie before it.
    expect(dueOn(plan, 'confirm.goLive')).toBe('2026-12-24'); // Thu
  });

  it('chase an absent date by its time after the order', () => {
    const plan = planOf(orderWithAnchors({ goLive: undefined }));
    expect(dueOn(plan, 'confirm.goLive')).toBe('2026-10-19'); // Mon, 10 working days after Mon 5 Oct 2026
    expect(plan.milestones.some(({ id }) => id === 'confirm.kickOff')).toBe(false);
  });

  it('put a rung beyond the horizon aside with a warning', () => {
    // Fri 29 Dec 2028 is the last working day that the calendar knows: late-1 has none.
    const order = orderWithAnchors({
      initialDataProduction: confirmed('2028-11-01'),
      finalDataProduction: confirmed('2028-11-10'),
      goLive: confirmed('2028-11-14'),
    });
    const rules = smallRuleSet.rules.map((rule) =>
      rule.id === 'read-only-ends' ? { ...rule, kind: 'followUp', ladder: 'practice' } : rule,
    );
    const plan = planOf(order, order.orderedOn, ruleSetWith({ rules }));
    expect(dueOn(plan, 'read-only-ends')).toBe('2028-12-29'); // Fri
    expect(milestoneOf(plan, 'read-only-ends').ladder.map(({ id }) => id)).toEqual(['week-before', 'on-the-day']);
    expect(codesOf(plan)).toContain('reminder-outside-calendar');
  });

  it('refuse a plan that goes past the horizon', () => {
    const plan = planOf(orderWithAnchors({ goLive: confirmed('2028-12-01') }));
    expect(plan.problems).toContainEqual(
      expect.objectContaining({ severity: 'error', code: 'outside-calendar', milestoneId: 'read-only-ends' }),
    );
  });

  it('take a working day off for the holidays of the division alone', () => {
    const inScotland = orderWith({ practice: { ...plainOrder.practice, division: 'scotland', odsCode: 'S12345' } });
    // Mon 4 Jan 2027 is the substitute for 2 January in Scotland, and Fri 1 Jan a holiday in both.
    const clean = ruleSetWith({
      rules: [{ ...smallRuleSet.rules[0], due: { from: 'initialDataProduction', amount: -4, unit: 'workingDays' } }],
    });
    expect(dueOn(planOf(orderWith(), '2026-10-05', clean), 'clean-up')).toBe('2026-12-31'); // Thu
    expect(dueOn(planOf(inScotland, '2026-10-05', clean), 'clean-up')).toBe('2026-12-30'); // Wed
  });

  it('give a party of two roles its notices and its handshakes', () => {
    const docman = { ...labs, id: 'docman', roles: ['thirdParty', 'dataSupplier'], thirdPartyKind: 'hospitalLetters' };
    const products = [{ id: 'docs', name: 'Documents', extractNotice: { amount: 3, unit: 'weeks' } }];
    const plan = planOf(orderWith({ parties: [...plainOrder.parties, { ...docman, products }] }));
    expect(dueOn(plan, 'extract.initial.docman.docs.1.formReceived')).toBe('2026-12-17'); // Thu
    expect(dueOn(plan, 'notify.docman')).toBe('2027-01-14');
  });
});

describe('the instants of a plan', () => {
  const instant = (ms: number | undefined) => new Date(ms ?? Number.NaN).toISOString();
  const sendingTime = (plan: ReturnType<typeof planOf>, id: string, rungId: string) =>
    instant(milestoneOf(plan, id).ladder.find((rung) => rung.id === rungId)?.atMs);

  it('are local times, before and after both clock changes', () => {
    const plan = planOf();
    const { sendAtMinute } = plan.workingTime;
    expect(sendAtMinute).toBeGreaterThanOrEqual(540);
    expect(sendAtMinute).toBeLessThanOrEqual(600);
    const utc = (day: string, offsetMinutes: number) =>
      instant(Date.parse(`${day}T00:00:00Z`) + (sendAtMinute - offsetMinutes) * 60_000);
    const spring = planOf(
      orderWithAnchors({ finalDataProduction: confirmed('2027-03-30'), goLive: confirmed('2027-04-06') }),
    );
    // Clocks go forward on Sun 28 Mar 2027; Good Friday is 26 and Easter Monday 29 March.
    expect(sendingTime(spring, 'anchor.finalDataProduction', 'week-before')).toBe(utc('2027-03-19', 0)); // Fri
    expect(sendingTime(spring, 'anchor.finalDataProduction', 'on-the-day')).toBe(utc('2027-03-30', 60)); // Tue
    // Clocks go back on Sun 25 Oct 2026.
    const autumn = planOf(orderWithAnchors({ initialDataProduction: confirmed('2026-10-28') }));
    expect(sendingTime(autumn, 'anchor.initialDataProduction', 'week-before')).toBe(utc('2026-10-21', 60)); // Wed
    expect(sendingTime(autumn, 'anchor.initialDataProduction', 'on-the-day')).toBe(utc('2026-10-28', 0)); // Wed
  });

  it('spread practices over the hour, each always at the same minute', () => {
    const minuteOf = (odsCode: string) =>
      planOf(orderWith({ practice: { ...plainOrder.practice, odsCode } })).workingTime.sendAtMinute;
    const minutes = Array.from({ length: 40 }, (_, index) => minuteOf(`A810${String(index).padStart(2, '0')}`));
    expect(minutes.every((minute) => minute >= 540 && minute <= 600)).toBe(true);
    expect(new Set(minutes).size).toBeGreaterThan(15);
    expect(minuteOf('A81001')).toBe(minuteOf('A81001'));
  });
});

describe('a window or period without a day left', () => {
  it('is named, and not moved', () => {
    const order = exampleOrder('plain');
    const anchors = {
      ...order.anchors,
      // A Saturday, and the Monday after it.
      finalDataProduction: { on: '2027-01-30', status: 'confirmed' as const },
      goLive: { on: '2027-02-01', status: 'confirmed' as const },
    };
    const devicesOf = (change: Partial<Order>) => {
      const { plan } = plannedExample({ ...order, anchors, ...change });
      return plan.problems.find(({ milestoneId }) => milestoneId === 'devices-smartcards-links')?.message;
    };
    expect(devicesOf({})).toContain('no day from 2027-01-30 to 2027-01-31 is worked; agree with those who do it');
    // Counted by working days it would end on the Friday before both.
    const change = { rule: 'devices-smartcards-links', due: { unit: 'workingDays' as const }, source: 'the region' };
    expect(devicesOf({ ruleChanges: [change] })).toContain('would end on 2027-01-29, before it begins on 2027-01-30');
  });
});
