import { describe, expect, it } from 'vitest';
import type { Order, Party } from '../../../rules/order/schema.js';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { Story } from '../../support/story.js';

const plain = exampleOrder('plain');
const rich = exampleOrder('rich');

const storyOf = (order: Order): Story => new Story(startedExample(order));

/** The plain order with one party changed. */
function withParty(id: string, change: Partial<Party>, order = plain): Order {
  return { ...order, parties: order.parties.map((party) => (party.id === id ? { ...party, ...change } : party)) };
}

const initial = (hop: string): string => `extract.initial.alder.core.1.${hop}`;

describe('who hears of a deadline that passes', () => {
  it('of the practice: the practice manager, then the CSU’s operator, then its manager', () => {
    const story = storyOf(plain).toTheEnd();
    // Due Wed 6 Jan 2027, the working day before the Initial data production day.
    expect(story.told({ about: 'clean-up-records' })).toEqual([
      'digest to practiceManager on 2026-12-18',
      'digest to practiceManager on 2026-12-29',
      'digest to practiceManager on 2027-01-06',
      'escalation to practiceManager on 2027-01-07',
      'escalation to csuOperator on 2027-01-11',
      'escalation to csuManager on 2027-01-13',
    ]);
  });

  it('of a supplier: its contact, the CSU, its account manager; the practice is only informed', () => {
    const story = storyOf(plain).toTheEnd();
    // Due Tue 24 Nov 2026.
    expect(story.told({ about: initial('formAtPractice') })).toEqual([
      'chase to alder.contact on 2026-11-17',
      'chase to alder.contact on 2026-11-24',
      'escalation to alder.contact on 2026-11-25',
      'callTask to csuOperator on 2026-11-26',
      'digest to practiceManager on 2026-11-26',
      'escalation to alder.accountManager on 2026-11-30',
    ]);
  });

  it('of the new supplier: its own people, though the extract is another’s', () => {
    const story = storyOf(plain).until('2027-01-05');
    story.says('alder', 'extract.delivered', { date: '2027-01-07' });
    story.until('2027-01-20');
    expect(story.told({ about: initial('received') })).toEqual([
      'chase to rowan.contact on 2027-01-05',
      'chase to rowan.contact on 2027-01-07',
      'escalation to rowan.contact on 2027-01-08',
      'callTask to csuOperator on 2027-01-11',
      'digest to practiceManager on 2027-01-11',
      'escalation to rowan.accountManager on 2027-01-13',
    ]);
  });

  it('of the CSU: its operator, then its manager', () => {
    const story = storyOf(plain).toTheEnd();
    expect(story.told({ about: 'hardware-ready' }).map((line) => line.split(' on ')[0])).toEqual([
      'digest to csuOperator',
      'digest to csuOperator',
      'escalation to csuOperator',
      'escalation to csuManager',
    ]);
  });

  it('of a third party, which has no account manager: its contact, then the CSU', () => {
    const story = storyOf(plain).toTheEnd();
    expect(story.told({ about: 'reconfigure.county-labs' }).map((line) => line.split(' on ')[0])).toEqual([
      'chase to county-labs.contact',
      'chase to county-labs.contact',
      'escalation to csuOperator',
      'digest to practiceManager',
      'escalation to csuManager',
    ]);
  });

  it('behind an open hop: only the CSU, and it is told who holds what it waits for', () => {
    const story = storyOf(plain).until('2026-12-10');
    expect(story.told({ about: initial('formReceived') })).toEqual(['escalation to csuOperator on 2026-12-07']);
    const [item] = story
      .mails({ about: initial('formReceived') })
      .flatMap(({ message }) => message.items.filter(({ milestoneId }) => milestoneId === initial('formReceived')));
    expect(item).toMatchObject({
      holderName: 'Alder Clinical Systems',
      waitsFor: 'Alder Clinical Systems sends the practice its request form (Alder GP record, Initial)',
    });
  });
});

describe('an escalation', () => {
  it('says how late it is, what it does to the Initial data production day, and the earliest day that would still work', () => {
    const story = storyOf(plain).until('2026-11-26');
    const [mail] = story.mails({ about: initial('formAtPractice'), kind: 'callTask', from: '2026-11-26' });
    expect(mail?.message.items[0]).toMatchObject({
      lateWorkingDays: 2,
      holderName: 'Alder Clinical Systems',
      effect: expect.stringContaining('Initial data production day') as string,
      earliestAnchorDay: '2027-01-11',
    });
  });

  it('is copied to the deputy', () => {
    const story = storyOf(plain).until('2026-11-26');
    const [mail] = story.mails({ kind: 'callTask', from: '2026-11-26' });
    expect(mail?.message.cc.map(({ key, name }) => [key, name])).toEqual([['csuOperator.deputy', 'Grace Okoro']]);
  });
});

describe('a contact without an address', () => {
  it('is stood in for by the deputy', () => {
    const deputy = { name: 'Alder second desk', email: 'second@alder.example' };
    const story = storyOf(withParty('alder', { contact: { name: 'Alder extracts desk', deputy } }));
    expect(story.mails({ kind: 'request' })[0]?.message.to).toMatchObject({ key: 'alder.contact', ...deputy });
  });

  it('and without a deputy makes its request a task for the CSU, which is not done until somebody says so', () => {
    const story = storyOf(withParty('alder', { contact: { name: 'Alder extracts desk', phone: '020 7946 0101' } }));
    const [mail] = story.mails({ about: initial('asked') });
    expect(mail?.message).toMatchObject({ kind: 'callTask', to: { key: 'csuOperator' } });
    expect(mail?.message.items[0]?.reach).toMatchObject({ channel: 'phone', phone: '020 7946 0101' });
    expect(story.status(initial('asked'))).toEqual(['open']);
  });

  it('of an account manager makes the CSU’s operator hear of it', () => {
    const story = storyOf(withParty('alder', { accountManager: { name: 'Rosa Lindqvist' } })).until('2026-11-30');
    expect(story.told({ about: initial('formAtPractice'), from: '2026-11-30' })).toEqual([
      'escalation to csuOperator on 2026-11-30',
    ]);
  });

  it('that was amended away does not make a notice look given', () => {
    const story = storyOf(plain).until('2026-12-01');
    const contact = { name: 'EPS deployment desk', phone: '01632 960301' };
    const amendment = { target: 'eps.contact', contact, by: 'Tom Ashdown' };
    story.happens({ type: 'contactAmended', atMs: story.nowMs, amendment }).until('2026-12-31');
    expect(story.told({ about: 'notify.eps' })).toEqual([
      'callTask to csuOperator on 2026-12-24',
      'escalation to csuOperator on 2026-12-29',
      'escalation to csuManager on 2026-12-31',
    ]);
    expect(story.status('notify.eps')).toEqual(['open']);
  });
});

describe('a party that is told by portal, phone or post', () => {
  it.each([
    ['county-labs', { channel: 'portal', address: 'https://requests.countylabs.example/links' }],
    ['quay-pharmacy', { channel: 'phone', phone: '01632 960304', contactName: 'Duty pharmacist' }],
    ['market-pharmacy', { channel: 'post', address: 'Market Street Pharmacy, 4 Market Street, Wealdham' }],
  ])('%s: the notice is a task for the CSU, with the way to reach it', (party, reach) => {
    const story = storyOf(rich).until('2027-04-20');
    const [mail] = story.mails({ about: `notify.${party}` });
    expect(mail?.message).toMatchObject({ kind: 'callTask', to: { key: 'csuOperator' }, items: [{ reach }] });
    expect(story.status(`notify.${party}`)).toEqual(['open']);
    story.done(`notify.${party}`, { reference: 'REF-1' });
    expect(story.milestone(`notify.${party}`)).toMatchObject({ status: 'done', note: 'REF-1' });
  });

  it('a supplier: its chases are the CSU’s to make, its account manager is written to', () => {
    const order = withParty('alder', { channel: 'phone' });
    const story = storyOf(order);
    expect(story.told({ about: initial('asked') })).toEqual(['callTask to csuOperator on 2026-10-20']);
    story.done(initial('asked'));
    story.until('2026-12-01');
    expect(story.told({ about: initial('formAtPractice') })).toEqual([
      'digest to csuOperator on 2026-11-17',
      'digest to csuOperator on 2026-11-24',
      'escalation to csuOperator on 2026-11-25',
      'escalation to csuOperator on 2026-11-26',
      'digest to practiceManager on 2026-11-26',
      'escalation to alder.accountManager on 2026-11-30',
    ]);
  });
});

describe('a party that is told by webhook', () => {
  it('is posted its notice, and it is served', () => {
    const story = storyOf(rich).until('2027-04-20');
    const [mail] = story.mails({ about: 'notify.docman' });
    expect(mail?.message).toMatchObject({
      kind: 'notice',
      channel: 'webhook',
      partyId: 'docman',
      webhookUrl: 'https://hooks.docman.example/migrations',
    });
    expect(story.status('notify.docman')).toEqual(['done']);
  });
});

describe('where the practice chases', () => {
  it('the practice manager is reminded to, and the supplier is still escalated to', () => {
    const decisions = { ...plain.decisions, chasedBy: 'practice' as const };
    const story = storyOf({ ...plain, decisions }).until('2026-11-25');
    expect(story.told({ about: initial('formAtPractice') })).toEqual([
      'digest to practiceManager on 2026-11-17',
      'digest to practiceManager on 2026-11-24',
      'escalation to alder.contact on 2026-11-25',
    ]);
  });
});

describe('where the practice asks for the extracts', () => {
  const decisions = { ...plain.decisions, extractRequestSentBy: 'practice' as const };

  it('it gets the letter with the CSU in copy, and the supplier gets nothing from us', () => {
    const story = storyOf({ ...plain, decisions });
    const [mail] = story.mails({ about: initial('asked') });
    expect(mail?.message).toMatchObject({
      kind: 'letter',
      to: { key: 'practiceManager' },
      cc: [{ key: 'csuOperator' }],
    });
    expect(mail?.message.items[0]?.reach).toMatchObject({ channel: 'email', address: 'extracts@alder.example' });
    expect(story.told({ kind: 'request' })).toEqual([]);
  });

  it('the letter says whom to write to where the supplier has a webhook, which is not the practice’s', () => {
    const webhook = { channel: 'webhook' as const, address: 'https://hooks.alder.example/leadtime' };
    const [mail] = storyOf({ ...withParty('alder', webhook), decisions }).mails({ kind: 'letter' });
    expect(mail?.message.channel).toBe('email');
    expect(mail?.message.items[0]?.reach).toMatchObject({ channel: 'email', address: 'extracts@alder.example' });
  });

  it('it is asked only once somebody says so', () => {
    const story = storyOf({ ...plain, decisions });
    expect(story.status(initial('asked'))).toEqual(['open']);
    story.done(initial('asked'), { by: 'Priya Nayar' });
    expect(story.milestone(initial('asked'))).toMatchObject({ status: 'done', settledBy: 'Priya Nayar' });
  });

  it('nobody asks it to let the CSU ask', () => {
    expect(storyOf({ ...plain, decisions }).told({ about: 'authorise-extracts' })).toEqual([]);
  });
});

describe('the practice’s permission', () => {
  it('is asked for on day one, and the requests go out when it is given', () => {
    const story = storyOf(rich);
    expect(story.told({ about: 'authorise-extracts' })).toEqual(['authorisation to practiceManager on 2027-01-11']);
    expect(story.told({ kind: 'request' })).toEqual([]);
    story.until('2027-01-13');
    story.done('authorise-extracts', { by: 'Joan Whitlock' });
    expect(story.told({ kind: 'request' })).toHaveLength(8);
  });
});

describe('mail that is refused for good', () => {
  it('is told to the operator, and a request is not taken for served', () => {
    const story = storyOf(plain);
    story.refused.add('eps.contact');
    story.until('2026-12-31');
    expect(story.told({ about: 'notify.eps' })).toEqual([
      'notice to eps.contact on 2026-12-24',
      'undeliverable to csuOperator on 2026-12-24',
      'escalation to csuOperator on 2026-12-29',
      'escalation to csuManager on 2026-12-31',
    ]);
    expect(story.status('notify.eps')).toEqual(['open']);
  });

  it('is told to whoever stands in for the operator where it was theirs, and goes no further than the CSU', () => {
    const story = storyOf(plain);
    const { csuOperator } = story.state.directory.contacts;
    story.refused.add('csuOperator').add('csuManager');
    story.until('2027-01-08');
    const told = story.mails({ kind: 'undeliverable' }).map(({ message: { to } }) => to);
    expect(told.length).toBeGreaterThan(1);
    expect(told.map(({ email }) => email)).not.toContain(csuOperator.email);
    expect(told.map(({ key }) => key)).not.toContain('practiceManager');
  });
});
