import { describe, expect, it } from 'vitest';
import { closed, hopDays, milestoneOf, orderWith, planOf, sourceParty, plainOrder } from './fixtures.js';

const alderWith = (changes: object) => ({ parties: [{ ...sourceParty, ...changes }, ...plainOrder.parties.slice(1)] });

describe('an extract handshake', () => {
  it('counts back from the Initial data production day, over Christmas', () => {
    expect(hopDays(planOf(), 'initial')).toEqual({
      asked: '2026-11-17', // Tue
      formAtPractice: '2026-11-24', // Tue
      formReturned: '2026-12-01', // Tue
      formReceived: '2026-12-03', // Thu: 5 weeks before Thu 7 Jan 2027
      scheduled: '2026-12-10', // Thu
      delivered: '2027-01-07',
      received: '2027-01-07',
    });
  });

  it('is asked for on day one, once the practice has let the CSU ask', () => {
    const asked = milestoneOf(planOf(), 'extract.initial.alder.core.1.asked');
    expect(asked.ladder[0]).toEqual({ id: 'at-once', type: 'deliver', to: 'partyContact' });
    expect(asked.waitsFor).toEqual(['authorise-extracts']);
    expect(asked.holder).toBe('csu');
  });

  it('passes from hop to hop, each with its holder', () => {
    const hops = planOf().milestones.filter(({ hop }) => hop?.handshakeId === 'extract.final.alder.core.1');
    expect(hops.map(({ holder }) => holder)).toEqual(['csu', 'alder', 'practice', 'alder', 'alder', 'alder', 'rowan']);
    expect(hops.slice(1).map(({ waitsFor }) => waitsFor)).toEqual(hops.slice(0, -1).map(({ id }) => [id]));
  });

  it('takes the times that the order gives over those of the rule set', () => {
    const order = orderWith({
      ...alderWith({ turnaround: { sendsForm: { amount: 1, unit: 'workingDays' } } }),
      practiceTurnaround: { returnsForm: { amount: 1, unit: 'workingDays' } },
    });
    const days = hopDays(planOf(order), 'initial');
    expect([days['asked'], days['formAtPractice']]).toEqual(['2026-11-27', '2026-11-30']); // Fri, Mon
  });

  it('lengthens only the time of the holder who is closed', () => {
    // Both closed Mon 30 Nov and Tue 1 Dec 2026: the practice cannot return the form on the Tuesday.
    const forPractice = hopDays(planOf(orderWith(closed('practice', '2026-11-30', '2026-12-01'))), 'initial');
    expect(forPractice).toMatchObject({ formReturned: '2026-11-27', formReceived: '2026-12-03' }); // Fri, Thu
    const forSupplier = hopDays(planOf(orderWith(closed('alder', '2026-12-02', '2026-12-02'))), 'initial');
    expect(forSupplier).toMatchObject({ formReturned: '2026-11-30', formReceived: '2026-12-03' }); // Mon, Thu
    const elsewhere = hopDays(planOf(orderWith(closed('labs', '2026-11-16', '2026-12-04'))), 'initial');
    expect(elsewhere).toEqual(hopDays(planOf(), 'initial'));
  });

  it('is booked by the working day before the extract when the usual time would be longer', () => {
    const order = orderWith(
      alderWith({ products: [{ id: 'core', name: 'Core', extractNotice: { amount: 2, unit: 'days' } }] }),
    );
    // Notice runs from Tue 5 Jan 2027; 5 working days more would be after the extract on Thu 7 Jan.
    expect(hopDays(planOf(order), 'initial')).toMatchObject({ formReceived: '2027-01-05', scheduled: '2027-01-06' });
  });

  it('is a letter for the practice where the practice asks, and is chased by it where it chases', () => {
    const decisions = { extractRequestSentBy: 'practice', chasedBy: 'practice' };
    const plan = planOf(orderWith({ decisions }));
    const asked = milestoneOf(plan, 'extract.initial.alder.core.1.asked');
    expect(asked).toMatchObject({ holder: 'practice', waitsFor: [] });
    expect(asked.ladder[0]).toMatchObject({ type: 'deliver', to: 'practiceManager' });
    const delivered = milestoneOf(plan, 'extract.initial.alder.core.1.delivered');
    expect(delivered.ladder[0]).toMatchObject({ type: 'chase', to: 'practiceManager' });
    expect(plan.milestones.some(({ id }) => id === 'authorise-extracts')).toBe(false);
  });

  it('goes to the CSU as a task where the supplier is reached by portal', () => {
    const plan = planOf(orderWith(alderWith({ channel: 'portal', address: 'https://portal.example' })));
    expect(milestoneOf(plan, 'extract.initial.alder.core.1.asked').ladder[0]?.to).toBe('csuOperator');
  });
});
