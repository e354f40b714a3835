import { readFileSync } from 'node:fs';
import { calendarSchema } from '../../../rules/calendar/data.js';
import type { Day } from '../../../rules/calendar/day.js';
import { orderSchema, type Order } from '../../../rules/order/schema.js';
import { planMigration } from '../../../rules/plan/planMigration.js';
import type { Plan, PlannedMilestone } from '../../../rules/plan/types.js';
import { ruleSetSchema, type RuleSet } from '../../../rules/ruleset/schema.js';

/** The bank holidays that ship with the product: 2019 to 2028. */
export const calendar = calendarSchema.parse(
  JSON.parse(readFileSync(new URL('../../../config/calendars/uk-bank-holidays.json', import.meta.url), 'utf8')),
);

const mailed = (name: string) => ({ name, email: `${name}@example.org` });

export const sourceParty = {
  id: 'alder',
  name: 'Alder',
  roles: ['sourceSupplier'],
  channel: 'email',
  contact: mailed('alder-desk'),
  accountManager: mailed('alder-manager'),
  products: [{ id: 'core', name: 'Alder Core' }],
};

export const targetParty = {
  id: 'rowan',
  name: 'Rowan',
  roles: ['targetSupplier'],
  channel: 'email',
  contact: mailed('rowan-desk'),
  accountManager: mailed('rowan-manager'),
};

export const labs = {
  id: 'labs',
  name: 'County Labs',
  roles: ['thirdParty'],
  thirdPartyKind: 'pathology',
  channel: 'email',
  contact: mailed('labs'),
  noticePeriod: { amount: 10, unit: 'workingDays' },
};

export const pcse = {
  id: 'pcse',
  name: 'PCSE',
  roles: ['thirdParty'],
  thirdPartyKind: 'pcse',
  channel: 'email',
  contact: mailed('pcse'),
};

export const confirmed = (on: Day) => ({ on, status: 'confirmed' });
export const provisional = (on: Day) => ({ on, status: 'provisional' });

/**
 * Ordered Mon 5 Oct 2026; IDPD Thu 7 Jan 2027, FDP Thu 28 Jan 2027, Go Live Tue 2 Feb 2027. Christmas lies before IDPD:
 * bank holidays on Fri 25 and Mon 28 Dec 2026 and Fri 1 Jan 2027.
 */
export const plainOrder = {
  orderedOn: '2026-10-05',
  ruleSet: 'small',
  practice: {
    odsCode: 'Z98001',
    name: 'Millbrook Lane',
    division: 'england-and-wales',
    dispensing: false,
    sites: [{ id: 'main', name: 'Main site' }],
  },
  contacts: { practiceManager: mailed('manager'), csuOperator: mailed('operator'), csuManager: mailed('csu-manager') },
  csu: { name: 'Weald CSU', mailbox: 'migrations@example.org', phone: '01632 960200' },
  icb: { name: 'NHS Weald' },
  anchors: {
    kickOff: confirmed('2026-10-12'),
    technicalSurvey: confirmed('2026-10-14'),
    initialDataProduction: confirmed('2027-01-07'),
    finalDataProduction: confirmed('2027-01-28'),
    goLive: confirmed('2027-02-02'),
  },
  parties: [sourceParty, targetParty, labs, pcse],
  confirmedAbsent: [
    'eps',
    'gp2gp',
    'scr',
    'bowelScreening',
    'hospitalLetters',
    'nhs111',
    'outOfHours',
    'pharmacy',
    'subsidiarySystem',
  ],
  decisions: { extractAuthorisation: { by: 'Dr Pryce', on: '2026-10-05' } },
};

type PlainOrder = Record<string, unknown>;

/** The plain order with some of its top-level keys replaced. */
export const orderWith = (changes: PlainOrder = {}): Order => orderSchema.parse({ ...plainOrder, ...changes });

/** The plain order with some of its anchors replaced; `undefined` takes one out. */
export const orderWithAnchors = (anchors: PlainOrder): Order =>
  orderWith({ anchors: { ...plainOrder.anchors, ...anchors } });

const about = { section: 'A section', source: 'a source' };
const texts = { title: 'A title', action: 'An action', ...about };
const workingDays = (amount: number) => ({ amount, unit: 'workingDays', source: 'a source' });

const hop = (name: string, holder: string, ladder: string) => ({
  hop: name,
  title: `${name} {party} {product} {extract}`,
  action: 'Do it',
  holder,
  ladder,
});

/** One rule of each kind; every period is a round number. */
export const smallRuleSet = {
  id: 'small',
  version: '1.0.0',
  title: 'Small',
  sendAt: '09:00',
  spreadMinutes: 60,
  workUntil: '17:00',
  ladders: {
    practice: [
      { id: 'week-before', workingDays: -5, type: 'reminder', to: 'practiceManager' },
      { id: 'on-the-day', workingDays: 0, type: 'reminder', to: 'practiceManager' },
      { id: 'late-1', workingDays: 1, type: 'escalation', to: 'csuOperator' },
    ],
    // Of what goes by with its day.
    day: [
      { id: 'week-before', workingDays: -5, type: 'reminder', to: 'practiceManager' },
      { id: 'on-the-day', workingDays: 0, type: 'reminder', to: 'practiceManager' },
    ],
    supplier: [
      { id: 'on-the-day', workingDays: 0, type: 'chase', to: 'partyContact' },
      { id: 'late-4', workingDays: 4, type: 'escalation', to: 'partyAccountManager' },
    ],
    request: [
      { id: 'at-once', atOnce: true, type: 'deliver', to: 'partyContact' },
      { id: 'late-1', workingDays: 1, type: 'escalation', to: 'csuOperator' },
    ],
    notice: [{ id: 'notice', workingDays: 0, type: 'deliver', to: 'partyContact' }],
    authorisation: [{ id: 'at-once', atOnce: true, type: 'deliver', to: 'practiceManager' }],
  },
  anchors: ['initialDataProduction', 'finalDataProduction', 'goLive'].map((anchor) => ({
    ...texts,
    anchor,
    holder: 'csu',
    ladder: anchor === 'goLive' ? 'practice' : 'day',
  })),
  confirmation: {
    ...texts,
    title: 'Confirm the date',
    ladder: 'practice',
    before: { amount: 10, unit: 'workingDays' },
    whenAbsent: { amount: 10, unit: 'workingDays' },
  },
  extracts: {
    ...about,
    authorisation: { title: 'Authorise', action: 'Do it', ladder: 'authorisation' },
    sourceSupplierNotice: { amount: 5, unit: 'weeks', source: 'a source' },
    turnaround: {
      sendsForm: workingDays(5),
      returnsForm: workingDays(5),
      confirmsForm: workingDays(2),
      schedules: workingDays(5),
    },
    hops: [
      hop('asked', 'requester', 'request'),
      hop('formAtPractice', 'party', 'supplier'),
      hop('formReturned', 'practice', 'practice'),
      hop('formReceived', 'party', 'supplier'),
      hop('scheduled', 'party', 'supplier'),
      hop('delivered', 'party', 'supplier'),
      hop('received', 'targetSupplier', 'supplier'),
    ],
  },
  noticePeriods: { pcse: { amount: 2, unit: 'weeks', source: 'PCSE' } },
  usualDurations: [
    { from: 'order', to: 'goLive', atLeastDays: 84, atMostDays: 140, source: 'a source' },
    { from: 'finalDataProduction', to: 'goLive', atLeastDays: 3, atMostDays: 14, source: 'a source' },
  ],
  rules: [
    {
      ...texts,
      id: 'clean-up',
      kind: 'task',
      holder: 'practice',
      due: { from: 'initialDataProduction', amount: -1, unit: 'workingDays' },
      ladder: 'practice',
    },
    {
      ...texts,
      id: 'notify',
      title: 'Notify {party}',
      kind: 'notice',
      forEach: 'thirdParty',
      exceptKinds: ['pcse'],
      holder: 'csu',
      due: { from: 'finalDataProduction', unit: 'noticePeriod' },
      ladder: 'notice',
    },
    {
      ...texts,
      id: 'notify-pcse',
      kind: 'notice',
      forEach: 'thirdParty',
      kinds: ['pcse'],
      holder: 'csu',
      due: { from: 'links-off', unit: 'noticePeriod' },
      ladder: 'notice',
    },
    {
      ...texts,
      id: 'contact-on-the-day',
      kind: 'contact',
      forEach: 'thirdParty',
      holder: 'csu',
      due: { from: 'finalDataProduction', amount: 0, unit: 'days' },
      ladder: 'notice',
    },
    {
      ...texts,
      id: 'links-off',
      kind: 'window',
      holder: 'csu',
      opens: { from: 'finalDataProduction', amount: -2, unit: 'days' },
      due: { from: 'finalDataProduction', amount: -1, unit: 'days' },
      ladder: 'practice',
    },
    {
      ...texts,
      id: 'posters',
      title: 'Posters at {site}',
      kind: 'task',
      forEach: 'site',
      holder: 'practice',
      due: { from: 'finalDataProduction', amount: -6, unit: 'weeks' },
      ladder: 'practice',
    },
    {
      ...texts,
      id: 'copy-templates',
      kind: 'followUp',
      holder: 'practice',
      due: { from: 'goLive', amount: 1, unit: 'months' },
      ladder: 'practice',
    },
    {
      ...texts,
      id: 'read-only-ends',
      kind: 'expiry',
      holder: 'sourceSupplier',
      due: { from: 'goLive', amount: 45, unit: 'days' },
      ladder: 'day',
    },
  ],
};

export const ruleSetWith = (changes: PlainOrder = {}): RuleSet => ruleSetSchema.parse({ ...smallRuleSet, ...changes });

/** Plans with the small rule set, as of the day of the order unless told otherwise. */
export function planOf(order: Order = orderWith(), asOf: Day = order.orderedOn, ruleSet = ruleSetWith()): Plan {
  return planMigration(order, ruleSet, calendar, asOf).plan;
}

/** The milestone with that id. @throws Error where the plan has none */
export function milestoneOf(plan: Plan, id: string): PlannedMilestone {
  const found = plan.milestones.find((milestone) => milestone.id === id);
  if (found === undefined) throw new Error(`no milestone ${id}: ${plan.milestones.map((each) => each.id).join(' ')}`);
  return found;
}

export const dueOn = (plan: Plan, id: string): Day | undefined => milestoneOf(plan, id).dueOn;

/** Days of the hops of a handshake of `alder`'s only product, in the order in which they happen. */
export function hopDays(
  plan: Plan,
  extract: 'initial' | 'final',
  product = 'alder.core',
): Record<string, Day | undefined> {
  const hops = plan.milestones.filter(({ hop: each }) => each?.handshakeId === `extract.${extract}.${product}.1`);
  return Object.fromEntries(hops.map((each) => [each.hop?.name ?? '', each.dueOn] as const));
}

/** A closure, as a change to the plain order. */
export const closed = (holder: string, from: Day, to: Day) => ({ closures: [{ holder, from, to, reason: 'closed' }] });
