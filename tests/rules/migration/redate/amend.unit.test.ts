import { describe, expect, it } from 'vitest';
import { loadCalendar } from '../../../../config/loadCalendar.js';
import { migrationCalendar } from '../../../../rules/calendarEntries/ofMigration.js';
import type { Rejection } from '../../../../rules/migration/events.js';
import { judgeRedate } from '../../../../rules/migration/redate/judge.js';
import { amendedOrder } from '../../../../rules/migration/redate/orderChanges.js';
import { orderFor } from '../../../../rules/migration/redate/planned.js';
import { previewRedate, type RedatePreview, type Replanning } from '../../../../rules/migration/redate/preview.js';
import type { Redate } from '../../../../rules/migration/redate/redate.js';
import { replanningWith } from '../../../../rules/migration/redate/replanning.js';
import type { Order } from '../../../../rules/order/schema.js';
import { exampleOrder, shippedRuleSet, startedExample } from '../../../support/examples.js';
import { shippedReplanning } from '../../../support/redating.js';
import { Story } from '../../../support/story.js';

// Ordered Tue 20 Oct 2026; IDPD Thu 7 Jan 2027, FDP Thu 28 Jan, Go Live Tue 2 Feb. EPS is given notice on 24 December.
const order = exampleOrder('plain');
const calendar = await loadCalendar();
const storyUntil = (day: string) => new Story(startedExample(order)).until(day);
const current = (story: Story): Order =>
  orderFor(story.state, story.state.order ?? order, { moves: [] }, story.today());

/** Previews and commits a plan that is made anew. */
function replan(
  story: Story,
  way: Pick<Redate, 'adopts' | 'amended'>,
  replanning: Replanning = shippedReplanning(),
): { preview: RedatePreview; rejection?: Rejection } {
  const before = story.state.order ?? order;
  const draft = previewRedate({ state: story.state, order: before, moves: [], nowMs: story.nowMs, way }, replanning);
  const { plan, preview } = draft;
  const said = { by: 'Tom Ashdown', reason: 'the order has changed', acceptRisks: true };
  const redate = { ...said, ...way, version: preview.version, moves: [], plan };
  const rejection = judgeRedate(story.state, redate, story.nowMs);
  if (rejection !== undefined) return { preview, rejection };
  story.happens({ type: 'redated', atMs: story.nowMs, redate });
  return { preview };
}

const amend = (story: Story, after: Partial<Order>) =>
  replan(story, { amended: amendedOrder(current(story), { ...current(story), ...after }) });

const without = (id: string): Partial<Order> => ({ parties: order.parties.filter((party) => party.id !== id) });
const dueOf = (story: Story, id: string) => story.state.plan.milestones.find((each) => each.id === id)?.dueOn;
const quay = {
  id: 'quay',
  name: 'Quay Pharmacy',
  roles: ['thirdParty' as const],
  thirdPartyKind: 'pharmacy' as const,
  channel: 'email' as const,
  contact: { name: 'Quay desk', email: 'desk@quay.example' },
  noticePeriod: { amount: 10, unit: 'workingDays' as const },
};
const withQuay: Partial<Order> = {
  parties: [...order.parties, quay],
  confirmedAbsent: order.confirmedAbsent.filter((kind) => kind !== 'pharmacy'),
};

describe('a party that is taken out of the order', () => {
  it('names the earliest days as a move would: what was asked for the days before is asked anew', () => {
    const story = storyUntil('2026-11-10');
    const { earliest } = amend(story, { practice: { ...order.practice, name: 'Another name' } }).preview;
    const moves = [{ anchor: 'goLive', to: '2027-03-16', confirmed: true } as const];
    const move = previewRedate({ state: story.state, order, moves, nowMs: story.nowMs }, shippedReplanning());
    // Asked Tue 10 Nov, +5 working days, +5, +2, and five weeks' notice: Thu 31 Dec 2026.
    expect(earliest[0]).toMatchObject({ anchor: 'initialDataProduction', day: '2026-12-31' });
    expect(move.preview.earliest[0]).toMatchObject({ anchor: 'initialDataProduction', day: '2026-12-31' });
  });

  it('has its notice withdrawn, and is told nothing more', () => {
    const story = storyUntil('2027-01-04');
    const { preview } = amend(story, { ...without('eps'), confirmedAbsent: [...order.confirmedAbsent, 'eps'] });
    expect(preview.changes).toEqual(['parties.eps: removed', 'confirmedAbsent']);
    expect(preview.dropped).toContainEqual(expect.objectContaining({ milestoneId: 'notify.eps', isWithdrawn: true }));
    expect(story.told({ kind: 'withdrawal' })).toEqual(['withdrawal to eps.contact on 2027-01-04']);
    expect(story.status('notify.eps', 'contact-week-before.eps')).toEqual(['waived', 'waived']);
    story.toTheEnd();
    expect(story.sent.filter(({ on, message }) => on > '2027-01-04' && message.to.key.startsWith('eps.'))).toEqual([]);
  });

  it('is asked for nothing that it had not been told of, and hears nothing', () => {
    const story = storyUntil('2026-11-10');
    const { preview } = amend(story, { ...without('eps'), confirmedAbsent: [...order.confirmedAbsent, 'eps'] });
    expect(preview.dropped.every(({ isWithdrawn }) => !isWithdrawn)).toBe(true);
    expect(story.told({ kind: 'withdrawal' })).toEqual([]);
  });

  it('is given notice anew once it is back', () => {
    const story = storyUntil('2027-01-04');
    amend(story, { ...without('eps'), confirmedAbsent: [...order.confirmedAbsent, 'eps'] });
    amend(story, { parties: order.parties, confirmedAbsent: order.confirmedAbsent });
    expect(story.told({ kind: 'notice', from: '2027-01-04' })).toEqual(['notice to eps.contact on 2027-01-04']);
    expect(story.status('notify.eps')).toEqual(['done']);
    expect(story.milestone('notify.eps')).not.toHaveProperty('dropped');
  });

  it('cancels its entries in calendars', () => {
    const story = storyUntil('2027-01-04');
    amend(story, { ...without('county-labs') });
    const entries = migrationCalendar(story.state, 'practiceManager').entries;
    const waived = story.state.plan.milestones.filter(({ id }) => story.milestone(id).status === 'waived');
    expect(waived.map(({ id }) => id)).toContain('notify.county-labs');
    expect(entries.filter(({ status }) => status === 'cancelled').every(({ sequence }) => sequence > 0)).toBe(true);
  });
});

describe('something that comes into the order', () => {
  it('is planned for a party, and its notice goes out', () => {
    const story = storyUntil('2026-11-10');
    const { preview } = amend(story, withQuay);
    expect(preview.changes).toContain('parties.quay: added');
    expect(preview.moves).toContainEqual(expect.objectContaining({ milestoneId: 'notify.quay' }));
    story.until('2027-01-20');
    // 10 working days before Thu 28 Jan.
    expect(story.told({ about: 'notify.quay', kind: 'notice' })).toEqual(['notice to quay.contact on 2027-01-14']);
  });

  it('is planned for a site, a survey item and an action', () => {
    const story = storyUntil('2026-11-10');
    const { preview } = amend(story, {
      practice: { ...order.practice, sites: [...order.practice.sites, { id: 'north', name: 'North' }] },
      surveyItems: [{ id: 'scanner', title: 'A scanner', owner: 'practice' }],
      actions: [{ id: 'landlord', title: 'Call the landlord', owner: 'csu', dueOn: '2026-12-01' }],
    });
    expect(preview.changes).toEqual(['surveyItems.scanner: added', 'actions.landlord: added', 'sites.north: added']);
    expect(['posters.north', 'survey.scanner', 'action.landlord'].map((id) => dueOf(story, id))).toEqual([
      '2026-12-17',
      expect.any(String),
      '2026-12-01',
    ]);
  });
});

describe('something that changes in the order', () => {
  it('moves what hangs on it: notice of 20 working days instead of 10', () => {
    const story = storyUntil('2026-11-10');
    const parties = order.parties.map((each) =>
      each.id === 'county-labs' ? { ...each, noticePeriod: { amount: 20, unit: 'workingDays' as const } } : each,
    );
    expect(dueOf(story, 'notify.county-labs')).toBe('2027-01-14');
    const { preview } = amend(story, { parties });
    expect(preview.changes).toEqual(['parties.county-labs: noticePeriod']);
    // Thu 28 Jan back over 1 January and 28, 25 December: Wed 30 Dec.
    expect(dueOf(story, 'notify.county-labs')).toBe('2026-12-30');
  });

  it('moves what lies in a closure', () => {
    const story = storyUntil('2026-11-10');
    const before = dueOf(story, 'clean-up-records');
    amend(story, { closures: [{ holder: 'practice', from: '2027-01-06', to: '2027-01-06', reason: 'training' }] });
    expect([before, dueOf(story, 'clean-up-records')]).toEqual(['2027-01-06', '2027-01-05']);
  });

  it('keeps what was added on the way, and drops an item that the order had and has no more', () => {
    const items = { ...order, surveyItems: [{ id: 'scanner', title: 'A scanner', owner: 'practice' }] };
    const story = new Story(startedExample(items)).until('2026-11-10');
    story.adds();
    replan(story, { amended: amendedOrder(items, { ...items, surveyItems: [] }) });
    expect(story.status('survey.printer', 'survey.scanner')).toEqual(['open', 'waived']);
  });

  it('leaves what people have done, and goes out to the new contact', () => {
    const story = storyUntil('2026-11-10');
    story.says('alder', 'form.sent', { data: { extract: 'initial' } });
    const parties = order.parties.map((each) =>
      each.id === 'eps' ? { ...each, contact: { name: 'New desk', email: 'new@eps.example' } } : each,
    );
    amend(story, { parties });
    expect(story.status('extract.initial.alder.core.1.formAtPractice')).toEqual(['done']);
    story.until('2026-12-24');
    expect(story.mails({ kind: 'notice' }).map(({ message }) => message.to.email)).toEqual(['new@eps.example']);
  });

  it('is audited by field and id, without what people wrote', () => {
    const story = storyUntil('2026-11-10');
    amend(story, { contacts: { ...order.contacts, practiceManager: { name: 'Zed', email: 'zed@practice.example' } } });
    const record = story.state.outbox.findLast(({ type }) => type === 'order.amended');
    expect(record).toMatchObject({ actor: 'Tom Ashdown', data: { changes: ['contacts.practiceManager'] } });
    expect(JSON.stringify(record)).not.toMatch(/Zed|zed@/);
  });

  it('is refused for another practice, and with errors', () => {
    const story = storyUntil('2026-11-10');
    const other = { ...order.practice, odsCode: 'Z11111' };
    expect(amend(story, { practice: other }).rejection?.type).toBe('OrderOfAnother');
    expect(amend(story, { parties: order.parties.slice(0, 1) }).rejection?.type).toBe('PlanRefused');
    expect(story.state.order).toBeUndefined();
  });

  it('is what a later move of days is planned from', () => {
    const story = storyUntil('2026-11-10');
    amend(story, withQuay);
    expect(current(story).parties.map(({ id }) => id)).toContain('quay');
  });
});

describe('adopting another calendar or other rules', () => {
  const division = calendar.divisions['england-and-wales'];
  const withHoliday = (on: string) => ({
    ...calendar,
    version: 'with one more',
    divisions: {
      ...calendar.divisions,
      'england-and-wales': [...division, { on, title: 'A day for everybody' }].toSorted((a, b) =>
        a.on < b.on ? -1 : 1,
      ),
    },
  });

  it('moves what is counted over a day that is a bank holiday now', () => {
    const story = storyUntil('2026-11-10');
    const { preview } = replan(story, { adopts: true }, replanningWith(shippedRuleSet(), withHoliday('2027-01-06')));
    expect(preview.adopts).toMatchObject([{ what: 'calendar' }]);
    expect(preview.adopts[0]?.after).toContain('with one more');
    expect(dueOf(story, 'clean-up-records')).toBe('2027-01-05');
    expect(story.state.plan.calendar.version).toBe('with one more');
    expect(story.state.outbox.at(-1)).toMatchObject({
      type: 'rules.adopted',
      data: { calendar: { version: 'with one more' } },
    });
  });

  it('drops what the rules have no more, keeping what was done', () => {
    const story = storyUntil('2026-11-10');
    story.done('schedule-a-orders');
    const rules = shippedRuleSet();
    const fewer = {
      ...rules,
      version: '9.9.9',
      rules: rules.rules.filter(({ id }) => id !== 'extra-staff' && id !== 'schedule-a-orders'),
    };
    const { preview, rejection } = replan(story, { adopts: true }, replanningWith(fewer, calendar));
    expect(rejection).toBeUndefined();
    expect(preview.dropped.map(({ milestoneId }) => milestoneId)).toEqual(['extra-staff']);
    expect(story.status('extra-staff', 'schedule-a-orders')).toEqual(['waived', 'done']);
  });

  it('changes nothing where both are as they were', () => {
    const story = storyUntil('2026-11-10');
    const before = story.state.plan.milestones;
    const { preview } = replan(story, { adopts: true });
    expect(preview).toMatchObject({ adopts: [], moves: [], dropped: [], servedAgain: [] });
    expect(story.state.plan.milestones).toEqual(before);
  });
});
