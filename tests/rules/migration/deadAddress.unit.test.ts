import { describe, expect, it } from 'vitest';
import { armedOf } from '../../../rules/migration/armed.js';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { Story } from '../../support/story.js';

const plain = () => new Story(startedExample(exampleOrder('plain')));

/** To whom something went from a day on, each once: role and address. */
const readers = (story: Story, from: string): string[] => [
  ...new Set(story.sent.filter(({ on }) => on >= from).map(({ message: { to } }) => `${to.key} ${to.email}`)),
];

describe('an address at which mail is refused for good', () => {
  it('is not written to again: the deputy is, then whoever is left at the CSU, then its mailbox', () => {
    const story = plain();
    const { csuOperator, csuManager } = story.state.directory.contacts;
    story.refused.add('csuOperator');
    story.until('2026-11-20');
    const later = readers(story.until('2027-01-20'), '2026-11-21');
    expect(later.some((reader) => reader.endsWith(` ${csuOperator.email ?? ''}`))).toBe(false);
    expect(later).toContain(`csuOperator ${csuOperator.deputy?.email ?? ''}`);
    const alone = plain();
    alone.refused.add('csuOperator').add('csuManager').add('csuOperator.deputy');
    alone.until('2026-11-20');
    const last = readers(alone.until('2027-04-01'), '2027-01-01');
    expect(last.some((reader) => reader.endsWith(` ${csuManager.email ?? ''}`))).toBe(false);
    expect(alone.mails({ kind: 'escalation', from: '2027-01-01' }).length).toBeGreaterThan(0);
  });

  it('is told once, by name and address, to somebody who can still act', () => {
    const story = plain();
    const { practiceManager } = story.state.directory.contacts;
    story.refused.add('practiceManager');
    story.until('2027-01-20');
    const told = story.mails({ kind: 'undeliverable' });
    // The first digest had gone before the address failed.
    const lost = story.sent.filter(
      ({ on, message: { to } }) => on > '2026-10-20' && to.email === practiceManager.email,
    );
    expect(told).toHaveLength(lost.length);
    expect(new Set(lost.map(({ on }) => on)).size).toBe(1);
    expect(told[0]?.message.items[0]?.news).toContain(practiceManager.email);
  });

  it('makes a party one that is told by hand', () => {
    const story = plain();
    story.refused.add('eps.contact');
    story.until('2027-02-03');
    const later = story.sent.filter(({ message: { items } }) =>
      items.some(({ milestoneId }) => milestoneId.endsWith('.eps')),
    );
    expect(later.filter(({ message: { to } }) => to.key === 'eps.contact')).toHaveLength(1);
    expect(later.some(({ message: { kind } }) => kind === 'callTask')).toBe(true);
  });

  it('is a finding that fails, until the contact is amended', () => {
    const story = plain();
    story.refused.add('alder.contact');
    story.until('2026-12-01');
    const failed = () => armedOf(story.state, story.nowMs).findings.filter(({ severity }) => severity === 'failed');
    expect(
      failed()
        .map(({ what }) => what)
        .join(),
    ).toContain('The address of alder.contact does not work');
    story.refused.clear();
    const contact = { name: 'New Desk', email: 'new@alder.example' };
    story.happens({
      type: 'contactAmended',
      atMs: story.nowMs,
      amendment: { target: 'alder.contact', contact, by: 'Tom' },
    });
    expect(failed()).toEqual([]);
    expect(readers(story.until('2027-01-05'), '2026-12-01')).toContain('alder.contact new@alder.example');
  });

  it('stays in use in a migration that was planned before this was so', () => {
    const start = startedExample(exampleOrder('plain'));
    const story = new Story({ ...start, plan: { ...start.plan, behaviourVersion: 3 } });
    story.refused.add('practiceManager');
    story.until('2027-01-20');
    const lost = story.sent.filter(({ message: { to } }) => to.key === 'practiceManager');
    expect(new Set(lost.map(({ on }) => on)).size).toBeGreaterThan(3);
  });
});

describe('a migration that is cancelled during cut-over', () => {
  it('tells every party that still waits for Go Live, once', () => {
    const story = plain().until('2027-01-29').cancel();
    const parties = story.mails({ kind: 'withdrawal' }).map(({ message: { to } }) => to.key);
    expect(parties.filter((key) => key !== 'alder.contact').toSorted()).toEqual([
      'county-labs.contact',
      'eps.contact',
      'pcse.contact',
    ]);
  });

  it('tells nobody of a notice once Go Live is over too', () => {
    const story = plain().until('2027-02-10').cancel();
    expect(story.mails({ kind: 'withdrawal' }).map(({ message: { to } }) => to.key)).not.toContain('eps.contact');
  });
});
