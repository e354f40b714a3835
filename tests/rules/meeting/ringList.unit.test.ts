import { describe, expect, it } from 'vitest';
import { ringCalls } from '../../../rules/meeting/ringCalls.js';
import { ringTopics } from '../../../rules/meeting/ringList.js';
import type { RingRow } from '../../../rules/meeting/ringRow.js';
import type { MigrationState } from '../../../rules/migration/state.js';
import type { Order } from '../../../rules/order/schema.js';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { Story } from '../../support/story.js';

const TODAY = '2026-12-01';

const row = (over: Partial<RingRow> = {}): RingRow => ({
  migrationId: 'm1',
  odsCode: 'Z98001',
  practiceName: 'Millbrook Lane Surgery',
  milestoneId: 'clean-up',
  kind: 'task',
  title: 'Clean up',
  holder: 'practice',
  holderName: 'Millbrook Lane Surgery',
  anchor: 'goLive',
  anchorOn: '2027-02-02',
  dueOn: '2026-11-20',
  isCallTask: false,
  ...over,
});

describe('the order of a morning’s calls', () => {
  it('is what holds up a day, then whose day is nearest, then what has been due the longest', () => {
    const topics = ringTopics([
      row({ migrationId: 'late', dueOn: '2026-11-02' }),
      row({ migrationId: 'near', anchorOn: '2026-12-10' }),
      row({ migrationId: 'notice', kind: 'notice', holder: 'csu', anchorOn: '2027-03-02' }),
      row({ migrationId: 'hop', milestoneId: 'extract.initial.alder.core.1.formReturned', anchorOn: '2027-01-07' }),
      row({ migrationId: 'blocks', milestoneId: 'sign-off', criticalMilestoneId: 'sign-off', anchorOn: '2027-04-01' }),
      row({ migrationId: 'usual' }),
    ]);
    expect(topics.map(({ migrationId }) => migrationId)).toEqual(['hop', 'notice', 'blocks', 'near', 'late', 'usual']);
  });

  it('has one matter for all that one holder has in one migration', () => {
    const topics = ringTopics([row(), row({ milestoneId: 'posters' }), row({ holder: 'alder' })]);
    expect(topics.map(({ whom, rows }) => [whom, rows.length])).toEqual([
      ['practice', 2],
      ['alder', 1],
    ]);
  });

  it('rings the party that the CSU has to tell by hand', () => {
    expect(ringTopics([row({ holder: 'csu', partyId: 'alder', isCallTask: true })])).toMatchObject([{ whom: 'alder' }]);
    expect(ringTopics([row({ holder: 'csu', partyId: 'alder' })])).toMatchObject([{ whom: 'csu' }]);
  });
});

/** Nobody has answered until 1 December 2026. */
const silent = (order: Order = exampleOrder('plain')): Story => new Story(startedExample(order)).until(TODAY);

const rowsOf = ({ state }: Story, migrationId = state.migrationId): RingRow[] =>
  state.plan.milestones
    .filter(({ dueOn = '9999', kind }) => dueOn < TODAY && !['anchor', 'period', 'expiry'].includes(kind))
    .map(({ id, ...each }) => row({ ...each, milestoneId: id, migrationId }));

const callsFor = (stories: readonly Story[]) => {
  const states = new Map(stories.map(({ state }, index): [string, MigrationState] => [`m${index}`, state]));
  return ringCalls(ringTopics(stories.flatMap((story, index) => rowsOf(story, `m${index}`))), states, TODAY);
};

describe('a call', () => {
  it('has a person, a number, and two sentences to say', () => {
    const { calls } = callsFor([silent()]);
    const practice = calls.find(({ whom }) => whom === 'practice');
    expect(practice).toMatchObject({ person: { name: 'Priya Nayar', phone: '01632 960101' } });
    expect(practice?.script).toHaveLength(2);
    expect(practice?.script[0]).toBe(
      'This is Weald Commissioning Support, about the move of Millbrook Lane Surgery (Z98001).',
    );
    expect(practice?.items.every(({ lateWorkingDays = 0 }) => lateWorkingDays > 0)).toBe(true);
  });

  it('goes to the deputy while the contact is away, and says instead of whom', () => {
    const { contacts } = exampleOrder('plain');
    const away = {
      ...contacts.practiceManager,
      away: [{ from: '2026-11-30', to: '2026-12-04' }],
      deputy: { name: 'Sam Deputy', phone: '01632 960999' },
    };
    const { calls } = callsFor([silent(exampleOrder('plain', { contacts: { ...contacts, practiceManager: away } }))]);
    expect(calls.find(({ whom }) => whom === 'practice')?.person).toEqual({
      name: 'Sam Deputy',
      phone: '01632 960999',
      insteadOf: { name: 'Priya Nayar', until: '2026-12-04' },
    });
  });

  it('is one for a supplier who delays several practices', () => {
    const asked = (): Story => {
      const story = silent();
      for (const { id } of story.state.plan.milestones.filter(({ hop }) => hop?.name === 'asked')) story.done(id);
      return story;
    };
    const { calls } = callsFor([asked(), asked()]);
    const alder = calls.filter(({ whom }) => whom === 'alder');
    expect(alder).toHaveLength(1);
    expect(new Set(alder[0]?.items.map(({ migrationId }) => migrationId))).toEqual(new Set(['m0', 'm1']));
  });

  it('is none about what is ours to do: that stands at the end, once for all practices', () => {
    const { calls } = callsFor([silent(), silent()]);
    const ours = calls.filter(({ whom }) => whom === 'csu');
    expect(ours).toEqual([calls.at(-1)]);
    expect(new Set(ours[0]?.items.map(({ migrationId }) => migrationId))).toEqual(new Set(['m0', 'm1']));
    expect(ours[0]?.person).toBeUndefined();
  });

  it('is not made about what somebody has in hand, nor about what is done meanwhile', () => {
    const story = silent();
    const before = callsFor([story]);
    const [first, second] = before.calls.find(({ whom }) => whom === 'practice')?.items ?? [];
    expect(story.acknowledges(first?.milestoneId ?? '')).toBeUndefined();
    expect(story.done(second?.milestoneId ?? '')).toBeUndefined();
    const after = callsFor([story]);
    const ids = after.calls.flatMap(({ items }) => items.map(({ milestoneId }) => milestoneId));
    expect(ids).not.toContain(first?.milestoneId);
    expect(ids).not.toContain(second?.milestoneId);
    expect(after.takenOn).toBe(1);
  });

  it('stays on the list without a number where the migration cannot be asked', () => {
    const rows = rowsOf(silent(), 'm0');
    const { calls, unasked } = ringCalls(ringTopics(rows), new Map(), TODAY);
    expect(unasked).toEqual(['m0']);
    expect(calls.flatMap(({ items }) => items)).toHaveLength(rows.length);
    expect(calls.every(({ person, script }) => person === undefined && script.length === 0)).toBe(true);
  });
});
