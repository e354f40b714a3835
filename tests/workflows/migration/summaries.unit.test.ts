import { describe, expect, it } from 'vitest';
import { decide } from '../../../rules/migration/decide.js';
import { emptyQueue, seal, writeOf } from '../../../workflows/migration/registerQueue.js';
import { currentDetails, deliverySummary, wakeSummary, writeSummary } from '../../../workflows/migration/summaries.js';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { Story } from '../../support/story.js';

const storyUntil = (day: string): Story => new Story(startedExample(exampleOrder('rich'), '2027-01-11')).until(day);

const wakeOf = ({ state, nowMs }: Story): number | undefined => decide(state, nowMs).wakeAtMs;

function summaryOn(day: string): string {
  const story = storyUntil(day);
  return wakeSummary(story.state, wakeOf(story) ?? 0);
}

describe('what Temporal’s pages say of a migration', () => {
  it('is when it wakes, by local time, and for what', () => {
    expect(summaryOn('2027-02-01')).toBe('2027-02-03 09:15: authorise-extracts reminder');
    expect(summaryOn('2027-04-01')).toMatch(/^2027-04-02 09:15: (\S+ escalation, ){3}\d+ more$/);
  });

  it('is that it only looks, where an instant brings nothing', () => {
    const { state, nowMs } = storyUntil('2027-02-01');
    expect(wakeSummary(state, nowMs)).toBe('2027-02-01 12:00: a look at what is due');
  });

  it('is never longer than Temporal keeps', () => {
    const story = storyUntil('2027-04-01');
    const { plan } = story.state;
    const milestones = plan.milestones.map((each) => ({ ...each, id: each.id.padEnd(150, 'x') }));
    expect(wakeSummary({ ...story.state, plan: { ...plan, milestones } }, wakeOf(story) ?? 0)).toHaveLength(200);
  });

  it('is what is sent and what is written, by kind and number', () => {
    const story = storyUntil('2027-02-20');
    const messages = story.sent.map(({ message }) => message);
    const escalations = messages.filter(({ kind }) => kind === 'escalation');
    expect(deliverySummary(escalations.slice(0, 1))).toBe('1 message: escalation');
    expect(deliverySummary(escalations.slice(0, 2))).toBe('2 messages: escalation');
    expect(deliverySummary(messages)).toMatch(/^\d+ messages: \w+, \w+, \w+, \d+ more$/);
    const write = writeOf(seal(emptyQueue(), story.state.outbox.slice(0, 1), ['anchor.goLive']), story.state, 'w');
    expect(writeSummary(write)).toBe('1 record, 1 milestone');
    expect(writeSummary({ ...write, audit: [], milestones: [] })).toBe('0 records, 0 milestones');
  });

  it('is how it stands: what is late, what comes next', () => {
    const story = storyUntil('2027-02-01');
    const [standing, wake, late, next] = currentDetails(story.state, wakeOf(story)).split('\n');
    expect([standing, wake]).toEqual([
      '- **running**, phase preMigration, date version 1',
      '- next wake: 2027-02-03 09:15: authorise-extracts reminder',
    ]);
    expect(late).toMatch(/^- late: go-live-date-agreed \(2027-01-11\), /);
    const days = [...(next ?? '').matchAll(/\((\d{4}-\d\d-\d\d)\)/g)].map(([, day]) => day);
    expect(days).toHaveLength(10);
    expect(days).toEqual(days.toSorted());
  });

  it('is that it rests, and that no mail leaves', () => {
    const { state } = storyUntil('2027-02-01');
    const hold = { on: '2027-02-01', by: 'Bo', reason: 'merger' };
    const resting = { ...state, hold, mailAway: { sinceMs: 0, tries: 1, nextTryAtMs: 1 } };
    const details = currentDetails(resting, undefined);
    expect(details).toContain('- on hold since 2027-02-01\n- the way out for mail is away\n- next wake: none\n');
    expect(details).not.toContain('Bo');
  });
});
