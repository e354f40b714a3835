import { describe, expect, it } from 'vitest';
import { addDays, type Day } from '../../../rules/calendar/day.js';
import { instantOf } from '../../../rules/calendar/clock.js';
import type { OutboundMessage } from '../../../rules/migration/messages.js';
import type { MigrationState } from '../../../rules/migration/state.js';
import type { Rung } from '../../../rules/plan/types.js';
import { rehearseMigration, type Rehearsal } from '../../../rules/rehearsal/run.js';
import { exampleOrder, startedExample } from '../../support/examples.js';

const ONE_BY_ONE = ['request', 'authorisation', 'letter', 'notice', 'contact', 'callTask', 'withdrawal'];
const MORNING = 11 * 60;

const plain = startedExample(exampleOrder('plain'));
const rich = startedExample(exampleOrder('rich'));

interface Outage {
  from: Day;
  /** First day on which everything runs again, from 11:00 on. */
  to: Day;
}

interface Interrupted extends Rehearsal {
  backAtMs: number;
  backOn: Day;
}

function rehearsedWith(start: MigrationState, { from, to }: Outage): Interrupted {
  const { clock } = start.plan.workingTime;
  const [fromMs, backAtMs] = [instantOf(clock, from, 0), instantOf(clock, to, MORNING)];
  return { ...rehearseMigration(start, { outages: [{ fromMs, toMs: backAtMs }] }), backAtMs, backOn: to };
}

/**
 * Every rung that went out where nothing failed but not here, and whose place no later one to the same reader has taken. Of a day or
 * period that goes by itself nobody is told once it has gone by.
 */
function missing(calm: Rehearsal, { state, sent, backOn }: Interrupted): string[] {
  const keyOf = (milestoneId: string, rungId: string): string => `${milestoneId}/${rungId}`;
  const settled = ({ sent: all }: Rehearsal) => all.flatMap(({ message }) => message.settles);
  const told = new Set(sent.flatMap(({ message }) => message.settles).map((key) => keyOf(key.milestoneId, key.rungId)));
  const isReplaced = (ladder: readonly Rung[], milestoneId: string, rung: Rung): boolean =>
    ladder.some(
      (other) => other.to === rung.to && (other.atMs ?? 0) > (rung.atMs ?? 0) && told.has(keyOf(milestoneId, other.id)),
    );
  return settled(calm)
    .filter(({ milestoneId, rungId }) => !told.has(keyOf(milestoneId, rungId)))
    .filter(({ milestoneId, rungId }) => {
      const { ladder = [], dueOn = '' } = state.plan.milestones.find(({ id }) => id === milestoneId) ?? {};
      const rung = ladder.find(({ id }) => id === rungId);
      const hasGoneBy = state.milestones[milestoneId]?.status === 'passed' && dueOn < backOn;
      return !hasGoneBy && (rung === undefined || !isReplaced(ladder, milestoneId, rung));
    })
    .map(({ milestoneId, rungId }) => keyOf(milestoneId, rungId));
}

const twice = (words: readonly string[]): string[] => words.filter((word, index) => words.indexOf(word) !== index);

const mailsOf = ({ sent }: Rehearsal, atMs: number): OutboundMessage[] =>
  sent.filter((each) => each.atMs === atMs).map(({ message }) => message);

const nameOf = ({ kind, to }: OutboundMessage): string => `${kind} to ${to.key}`;

describe('two days in which nothing runs', () => {
  const calm = rehearseMigration(plain);
  // Every third day of the whole migration, weekends and the days about Christmas among them.
  const outages = Array.from({ length: 45 }, (_, index): Outage => {
    const from = addDays('2026-10-21', index * 3);
    return { from, to: addDays(from, 2) };
  });
  const runs = outages.map((outage) => rehearsedWith(plain, outage));

  it('lose nothing: what was due goes out later, or gives way to a later word to the same reader', () => {
    expect(runs.flatMap((run) => missing(calm, run))).toEqual([]);
  });

  it('are followed by one mail of a kind to a person, besides formal ones', () => {
    const mails = runs.map((run) => mailsOf(run, run.backAtMs).filter(({ kind }) => !ONE_BY_ONE.includes(kind)));
    expect(mails.filter((each) => each.length > 1).length).toBeGreaterThan(5);
    expect(mails.flatMap((each) => twice(each.map(nameOf)))).toEqual([]);
  });

  it('leave each thing once in a mail', () => {
    const items = runs.flatMap((run) => mailsOf(run, run.backAtMs)).map((message) => message.items);
    expect(items.some((each) => each.length > 1)).toBe(true);
    expect(items.flatMap((each) => twice(each.map(({ milestoneId }) => milestoneId)))).toEqual([]);
  });

  it('let nothing go out twice', () => {
    const settled = runs.map(({ sent }) =>
      sent.flatMap(({ message }) => message.settles.map((key) => `${key.milestoneId}/${key.rungId}`)),
    );
    expect(settled.flatMap(twice)).toEqual([]);
  });

  it('make formal mail late and say so', () => {
    const notices = runs.flatMap(({ sent }) =>
      sent.filter(({ message }) => message.kind === 'notice').map(({ message }) => message),
    );
    const late = notices.filter(({ items: [item] }) => item?.shouldHaveGoneOn !== undefined);
    expect(late.length).toBeGreaterThan(0);
    expect(late.every(({ items: [item], sentOn }) => (item?.shouldHaveGoneOn ?? '') < sentOn)).toBe(true);
  });
});

describe('an outage of weeks', () => {
  const run = rehearsedWith(rich, { from: '2027-04-20', to: '2027-05-17' });
  const mails = mailsOf(run, run.backAtMs);

  it('tells a thing once to a person, though several of its escalations were due, and counts them all as told', () => {
    const escalations = mails.filter(({ kind }) => kind === 'escalation');
    expect(escalations.some(({ items, settles }) => settles.length > items.length)).toBe(true);
    expect(mails.flatMap(({ items }) => twice(items.map(({ milestoneId }) => milestoneId)))).toEqual([]);
    const folded = escalations.flatMap(({ settles }) => settles);
    expect(folded.map(({ milestoneId, rungId }) => run.state.milestones[milestoneId]?.rungs[rungId])).toEqual(
      folded.map(() => 'sent'),
    );
  });

  it('is followed by one mail of a kind to a person', () => {
    expect(twice(mails.filter(({ kind }) => !ONE_BY_ONE.includes(kind)).map(nameOf))).toEqual([]);
  });
});
