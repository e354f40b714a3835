import { describe, expect, it } from 'vitest';
import { checkOrder } from '../../../rules/order/check.js';
import type { Order } from '../../../rules/order/schema.js';
import {
  calendar,
  closed,
  confirmed,
  labs,
  orderWith,
  orderWithAnchors,
  pcse,
  plainOrder,
  planOf,
  ruleSetWith,
  sourceParty,
  targetParty,
} from '../plan/fixtures.js';

const check = (order: Order, asOf = '2026-10-05') => checkOrder(order, { ruleSet: ruleSetWith(), calendar, asOf });
const told = (order: Order, asOf?: string) =>
  check(order, asOf).map(({ severity, code, path }) => `${severity} ${code} ${path?.join('.')}`);
const withParties = (...parties: object[]) => orderWith({ parties });
const withLabs = (changes: object) => withParties(sourceParty, targetParty, { ...labs, ...changes }, pcse);

describe('checking an order', () => {
  it('finds nothing wrong with a plain one', () => {
    expect(check(orderWith())).toEqual([]);
  });

  it('wants exactly one source and one target supplier', () => {
    expect(told(withParties({ ...sourceParty, roles: ['targetSupplier'] }, targetParty, labs, pcse))).toEqual([
      'error supplier-count parties',
      'error supplier-count parties.1.roles',
    ]);
  });

  it('wants every id once, and none that means somebody else', () => {
    const twice = [sourceParty.products[0], sourceParty.products[0]];
    const sites = [plainOrder.practice.sites[0], plainOrder.practice.sites[0]];
    const order = orderWith({
      parties: [{ ...sourceParty, products: twice }, targetParty, labs, { ...pcse, id: 'labs' }],
      practice: { ...plainOrder.practice, sites },
    });
    expect(told(order)).toEqual([
      'error duplicate-id parties.3.id',
      'error duplicate-id practice.sites.1.id',
      'error duplicate-id parties.0.products.1.id',
    ]);
    expect(told(withLabs({ id: 'everyone' }))).toEqual(['error reserved-id parties.2.id']);
  });

  it('never guesses a notice that no public source fixes', () => {
    const [problem] = check(withLabs({ noticePeriod: undefined }));
    expect(problem).toMatchObject({ severity: 'error', code: 'notice-missing', path: ['parties', 2] });
    expect(problem?.message).toContain('County Labs');
    expect(told(withParties(sourceParty, targetParty, labs, { ...pcse, noticePeriod: undefined }))).toEqual([]);
  });

  it("does not take the five days of subsidiary systems for anyone else's notice", () => {
    const ruleSet = ruleSetWith({
      noticePeriods: { subsidiarySystem: { amount: 5, unit: 'days', source: 'a source' } },
    });
    const codes = checkOrder(orderWith(), { ruleSet, calendar, asOf: '2026-10-05' }).map(({ code }) => code);
    expect(codes).toEqual(['notice-missing']);
  });

  it('wants a notice for the data of every supplier but the source', () => {
    const inrStar = { ...labs, id: 'inr', name: 'INR Star', roles: ['dataSupplier'], thirdPartyKind: undefined };
    const products = [{ id: 'inr', name: 'INR' }];
    expect(told(withParties(sourceParty, targetParty, labs, pcse, { ...inrStar, products }))).toEqual([
      'error notice-missing parties.4.products.0',
    ]);
    expect(told(withParties({ ...sourceParty, products: [] }, targetParty, labs, pcse, inrStar))).toEqual([
      'error product-missing parties.0',
      'error product-missing parties.4',
    ]);
  });

  it('wants the kind of a third party, and the role of one that has a kind', () => {
    expect(told(withLabs({ thirdPartyKind: undefined }))).toContain('error third-party-kind-missing parties.2');
    expect(told(withParties(sourceParty, { ...targetParty, thirdPartyKind: 'eps' }, labs, pcse))).toEqual([
      'warning third-party-kind-unused parties.1.thirdPartyKind',
    ]);
  });

  it('names in one warning every kind of third party that nobody was asked about', () => {
    const [problem, ...more] = check(orderWith({ confirmedAbsent: ['eps', 'gp2gp'] }));
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ severity: 'warning', code: 'third-party-kinds-open' });
    expect(problem?.message).toContain(
      'scr, bowelScreening, hospitalLetters, nhs111, outOfHours, pharmacy, subsidiarySystem;',
    );
  });

  it('refuses a kind that is both there and confirmed absent', () => {
    expect(told(orderWith({ confirmedAbsent: [...plainOrder.confirmedAbsent, 'pathology'] }))).toEqual([
      'error third-party-kind-both confirmedAbsent.9',
    ]);
  });

  it.each([
    ['email without an address', { contact: { name: 'Desk' } }, 'parties.2.contact'],
    ['email without a contact', { contact: undefined }, 'parties.2'],
    ['phone without a number', { channel: 'phone' }, 'parties.2.contact'],
    ['portal without an address', { channel: 'portal' }, 'parties.2'],
    ['post without an address', { channel: 'post' }, 'parties.2'],
    ['webhook without an address', { channel: 'webhook' }, 'parties.2'],
    ['webhook without TLS', { channel: 'webhook', address: 'http://labs.example/hook' }, 'parties.2.address'],
    ['webhook to no address', { channel: 'webhook', address: 'labs' }, 'parties.2.address'],
  ])('refuses %s', (_, changes, path) => {
    expect(told(withLabs(changes))).toEqual([`error channel-incomplete ${path}`]);
  });

  it.each([
    ['email to a deputy', { contact: { name: 'Desk', deputy: { name: 'Deputy', email: 'deputy@example.org' } } }],
    ['phone', { channel: 'phone', contact: { name: 'Desk', phone: '01632 960300' } }],
    ['portal', { channel: 'portal', address: 'https://portal.example', contact: undefined }],
    ['post', { channel: 'post', address: '1 High Street', contact: undefined }],
    ['webhook', { channel: 'webhook', address: 'https://labs.example/hook' }],
  ])('accepts %s', (_, changes) => {
    expect(told(withLabs(changes))).toEqual([]);
  });

  it('refuses hours, which cannot be counted from a day', () => {
    const hours = { amount: 48, unit: 'hours' };
    const order = orderWith({
      parties: [
        {
          ...sourceParty,
          products: [{ id: 'core', name: 'Core', extractNotice: hours }],
          turnaround: { sendsForm: hours },
        },
        targetParty,
        { ...labs, noticePeriod: hours },
        pcse,
      ],
      practiceTurnaround: { returnsForm: hours },
    });
    expect(told(order)).toEqual([
      'error unit-not-days practiceTurnaround.returnsForm.unit',
      'error unit-not-days parties.0.turnaround.sendsForm.unit',
      'error unit-not-days parties.0.products.0.extractNotice.unit',
      'error unit-not-days parties.2.noticePeriod.unit',
    ]);
  });

  it('refuses closures of nobody and closures that end before they start', () => {
    expect(told(orderWith(closed('lab', '2027-01-05', '2027-01-04')))).toEqual([
      'error unknown-holder closures.0.holder',
      'error closure-backwards closures.0.to',
    ]);
  });

  it('finds an ODS code of another form unusual where it says that the practice is in England', () => {
    const practice = (changes: object) => orderWith({ practice: { ...plainOrder.practice, ...changes } });
    expect(told(practice({ odsCode: 'A8100' }))).toEqual(['warning unusual-ods-code practice.odsCode']);
    expect(told(practice({ odsCode: '12345', division: 'scotland' }))).toEqual([]);
  });
});

describe('checking the days of an order', () => {
  it('wants them in order, each production day and Go Live after the one before', () => {
    const order = orderWithAnchors({
      finalDataProduction: confirmed('2027-01-07'),
      goLive: confirmed('2027-01-06'),
      technicalSurvey: confirmed('2026-10-09'),
    });
    expect(told(order).filter((text) => text.startsWith('error'))).toEqual([
      'error anchors-out-of-order anchors.technicalSurvey.on',
      'error anchors-out-of-order anchors.finalDataProduction.on',
      'error anchors-out-of-order anchors.goLive.on',
    ]);
  });

  it('lets order, kick-off and survey share a day, and any of them be absent', () => {
    const same = { kickOff: confirmed('2026-10-05'), technicalSurvey: confirmed('2026-10-05') };
    expect(told(orderWithAnchors(same))).toEqual([]);
    expect(told(orderWithAnchors({ kickOff: undefined, initialDataProduction: undefined }))).toEqual([]);
  });

  it('refuses days whose bank holidays nobody knows', () => {
    expect(told(orderWithAnchors({ goLive: confirmed('2029-01-08') }))).toEqual([
      'error outside-calendar anchors.goLive.on',
    ]);
    expect(told(orderWith({ orderedOn: '2018-12-31' }))).toContain('error outside-calendar orderedOn');
  });

  it('lets the first days lie in the past, and the others only once they are done', () => {
    expect(told(orderWith(), '2026-12-01')).toEqual([]);
    expect(told(orderWith(), '2027-01-07')).toEqual([]); // the day itself
    expect(told(orderWith(), '2027-01-08')).toEqual(['error anchor-in-the-past anchors.initialDataProduction.on']);
    const done = { milestone: 'anchor.initialDataProduction', on: '2027-01-07', by: 'Tom' };
    expect(told(orderWith({ alreadyDone: [done] }), '2027-01-08')).toEqual([]);
  });

  it('warns of a weekend, a bank holiday and a day closed for everyone, by name', () => {
    const order = orderWith({
      anchors: {
        ...plainOrder.anchors,
        initialDataProduction: confirmed('2027-01-01'), // Fri, New Year's Day
        finalDataProduction: confirmed('2027-01-30'), // Sat
      },
      ...closed('everyone', '2027-02-02', '2027-02-02'),
    });
    const messages = check(order).filter(({ code }) => code === 'anchor-not-worked');
    expect(messages.map(({ message }) => message.split(',')[0])).toEqual([
      'the Initial data production day is on Friday 1 January 2027 (New Year’s Day)',
      'the Final data production day is on Saturday 30 January 2027',
      'the Go Live day is on Tuesday 2 February 2027 (closed)',
    ]);
  });

  it('warns of unusual durations and never refuses them', () => {
    const order = orderWithAnchors({ goLive: confirmed('2027-03-01') });
    const [first, ...more] = check(order);
    expect(told(order)).toEqual([
      'warning unusual-duration anchors.goLive.on',
      'warning unusual-duration anchors.goLive.on',
    ]);
    expect(first?.message).toContain('147 days from the order to the Go Live day; usual is 84 to 140 (a source)');
    expect(more[0]?.message).toContain('32 days from the Final data production day');
  });
});

describe('what only the plan can tell about an order', () => {
  const planned = (order: Order, asOf?: string) =>
    planOf(order, asOf).problems.map(({ severity, code, path }) => `${severity} ${code} ${path?.join('.')}`);

  it('is whether what is already done exists, has happened, and is said once', () => {
    const done = (milestone: string, on: string) => ({ milestone, on, by: 'Tom' });
    const order = orderWith({
      alreadyDone: [
        done('notify.lab', '2026-10-05'),
        done('clean-up', '2026-10-06'),
        done('posters.main', '2026-10-05'),
        done('posters.main', '2026-10-05'),
      ],
    });
    expect(planned(order)).toEqual([
      'error unknown-milestone alreadyDone.0.milestone',
      'error done-in-the-future alreadyDone.1.on',
      'error duplicate-id alreadyDone.3.milestone',
    ]);
    expect(planOf(order).problems[0]?.message).toContain('did you mean notify.labs');
  });

  it('is whether every chase and escalation has somebody to go to', () => {
    const order = withParties(
      { ...sourceParty, accountManager: undefined },
      { ...targetParty, channel: 'webhook', address: 'https://rowan.example', contact: undefined },
      labs,
      pcse,
    );
    expect(planned(order)).toEqual(['error recipient-missing parties.0', 'error recipient-missing parties.1']);
    expect(planOf(order).problems[1]?.message).toContain('Rowan has no contact with an email address');
  });

  it('is content with a party that a person at the CSU tells things', () => {
    const portal = { channel: 'portal', address: 'https://portal.example', contact: undefined };
    expect(planned(withLabs(portal))).toEqual([]);
  });
});
