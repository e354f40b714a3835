/** A small migration with everything that happens beside its days: numbers, a decision, days that follow, items. */
import type { Order } from '../../rules/order/schema.js';
import { instantOf } from '../../rules/calendar/clock.js';
import { startMigration } from '../../rules/migration/start.js';
import { planMigration, type PlannedMigration } from '../../rules/plan/planMigration.js';
import type { Plan } from '../../rules/plan/types.js';
import type { RuleSet } from '../../rules/ruleset/schema.js';
import { calendar, orderWith, ruleSetWith, smallRuleSet, sourceParty, targetParty } from '../rules/plan/fixtures.js';
import { Story } from './story.js';

const texts = { title: 'A title', action: 'An action', section: 'A section', source: 'a source' };
const days = (from: string, amount: number, unit = 'days') => ({ from, amount, unit });
const task = { ...texts, kind: 'task', holder: 'practice', ladder: 'practice' };
const weekly = { id: 'weekly', everyWeeks: 1, type: 'reminder', to: 'practiceManager' };

const ladders = {
  ...smallRuleSet.ladders,
  weekly: [{ ...weekly, workingDays: 0, until: 'due' }],
  meeting: [
    { ...weekly, workingDays: 0, until: 'due', to: 'csuOperator' },
    { ...weekly, id: 'weekly-practice', workingDays: 0, until: 'due', type: 'inform' },
  ],
  item: [
    { ...weekly, atOnce: true, until: 'goLive' },
    { id: 'late-1', workingDays: 1, type: 'escalation', to: 'practiceManager' },
    { id: 'late-3', workingDays: 3, type: 'escalation', to: 'csuOperator' },
  ],
};

const rules = [
  ...smallRuleSet.rules,
  // Thu 26 Nov 2026 to Thu 28 Jan 2027.
  {
    ...texts,
    id: 'counting',
    title: 'Count what is left to clean up',
    kind: 'period',
    holder: 'practice',
    ladder: 'weekly',
    opens: days('initialDataProduction', -6, 'weeks'),
    due: days('finalDataProduction', 0),
    counts: { counters: ['duplicates', 'inbox'], target: 'low' },
  },
  {
    ...task,
    id: 'inbox-low',
    title: 'Bring the inbox down',
    due: days('initialDataProduction', -1, 'workingDays'),
    counts: { counters: ['inbox'], target: 'low' },
  },
  {
    ...task,
    id: 'inbox-zero',
    title: 'Empty the inbox',
    due: days('finalDataProduction', -1, 'workingDays'),
    counts: { counters: ['inbox'], target: 'zero' },
  },
  {
    ...task,
    id: 'list-ready',
    due: days('initialDataProduction', 0),
    counts: { counters: ['records'], target: 'ready' },
  },
  {
    ...texts,
    id: 'meeting',
    kind: 'period',
    holder: 'csu',
    ladder: 'meeting',
    opens: days('kickOff', 1, 'weeks'),
    due: days('goLive', 0),
  },
  { ...task, id: 'decision', decides: 'reconciliation', due: days('finalDataProduction', -8, 'weeks') },
  { ...task, id: 'list-request', when: 'reconciliationNeeded', due: days('finalDataProduction', -7, 'weeks') },
  {
    ...task,
    id: 'list-complete',
    when: 'reconciliationNeeded',
    due: days('finalDataProduction', -1, 'weeks'),
    blocks: 'goLive',
  },
  { ...task, id: 'check-1', title: 'Check the data', due: days('initialDataLoaded', 5) },
  { ...task, id: 'check-2', title: 'Check the data again', due: days('check-1', 5) },
  {
    ...texts,
    id: 'visit',
    kind: 'period',
    holder: 'practice',
    ladder: 'meeting',
    opens: days('initialDataLoaded', 0),
    due: days('finalDataProduction', 0),
  },
  { ...task, id: 'sign-off', due: days('finalDataProduction', -1, 'workingDays') },
];

const itemRule = {
  section: 'A section',
  source: 'a source',
  due: days('goLive', -5, 'workingDays'),
  ladders: { practice: 'item', csu: 'item', party: 'supplier' },
  title: '{item} ({site})',
  action: 'Deliver {item}',
};

const counter = (id: string, title: string) => ({ id, title, source: 'a source' });

export const elementRules: RuleSet = ruleSetWith({
  ladders,
  rules,
  counters: [counter('duplicates', 'Duplicates'), counter('inbox', 'Inbox'), counter('records', 'Records')],
  items: { survey: itemRule, action: { ...itemRule, due: days('goLive', 0) } },
  knownIssues: [
    { id: 'doses', from: 'alder-gp', to: 'any', issue: 'Doses come over as text.', advice: 'Check them.', source: 'x' },
  ],
});

/** Reaches its days; its systems are known, so that data issues are. */
export const elementOrder = (changes: Record<string, unknown> = {}): Order =>
  orderWith({ parties: [{ ...sourceParty, system: 'alder-gp' }, targetParty], ...changes });

export const plannedElements = (order: Order): PlannedMigration =>
  planMigration(order, elementRules, calendar, order.orderedOn);

/** Ordered on Mon 5 Oct 2026; IDPD Thu 7 Jan 2027, FDP Thu 28 Jan, Go Live Tue 2 Feb. @param change what an older plan lacks */
export function elementStory(order: Order = elementOrder(), change: (plan: Plan) => Plan = (plan) => plan): Story {
  const { plan, directory } = plannedElements(order);
  const atMs = instantOf(plan.workingTime.clock, order.orderedOn, plan.workingTime.sendAtMinute);
  const migrationId = 'Z98001-20261005-test01';
  return new Story(startMigration({ migrationId, rehearsal: true, order, plan: change(plan), directory, atMs }));
}
