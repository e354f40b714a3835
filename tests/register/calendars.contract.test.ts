import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRegister } from '../../register/open.js';
import type { Register } from '../../register/types.js';
import { operatorKeyOf } from '../../rules/calendarEntries/ofRows.js';
import { type Places, pglitePlaces, postgresPlaces } from './places.js';
import { migration, milestone, MORNING_MS, undatedMilestone, write } from './registerWrites.js';

const engines: [string, () => Promise<Places>][] = [
  ['PGlite', pglitePlaces],
  ['PostgreSQL', postgresPlaces],
];

const DAY_MS = 86_400_000;
const tom = operatorKeyOf('Tom.Ashdown@csu.example');
const since = { closedAfterMs: MORNING_MS - 42 * DAY_MS, from: '2027-01-01' };

describe.each(engines)('operators’ calendars on %s', (_engine, makePlaces) => {
  let places: Places;
  let register: Register;

  beforeAll(async () => {
    places = await makePlaces();
    register = await openRegister(await places.fresh());
    const mailDomain = 'csu.example';
    const rows: Parameters<typeof migration>[0][] = [
      { migrationId: 'mine', operatorKey: tom, mailDomain },
      { migrationId: 'theirs', operatorKey: operatorKeyOf('helen@csu.example'), mailDomain },
      { migrationId: 'rehearsed', operatorKey: tom, mailDomain, rehearsal: true },
      { migrationId: 'off', operatorKey: tom, mailDomain, status: 'cancelled', closedAtMs: MORNING_MS - 41 * DAY_MS },
      { migrationId: 'old', operatorKey: tom, mailDomain, status: 'completed', closedAtMs: MORNING_MS - 43 * DAY_MS },
      { migrationId: 'of an older version' },
      { migrationId: 'without a domain', operatorKey: tom },
    ];
    const days = [
      milestone({ holder: 'csu', opensOn: '2027-01-11', calendarSequence: 3, calendarChangedAtMs: MORNING_MS }),
      undatedMilestone({ milestoneId: 'undated', holder: 'csu' }),
      milestone({ milestoneId: 'the practice’s' }),
      milestone({ milestoneId: 'past', holder: 'csu', dueOn: '2026-12-31' }),
      milestone({ milestoneId: 'unmarked', kind: 'anchor', status: 'done', settledOn: '2027-01-12' }),
    ];
    for (const row of rows) await register.write(write({ migration: migration(row), milestones: days }));
  });

  afterAll(async () => {
    await register.close();
    await places.stop();
  });

  it('hold the anchors and what the CSU does, of running migrations and of those that closed a short while ago', async () => {
    const rows = await register.operatorCalendar(tom, since);
    const found = rows.map(({ migrationId, milestoneId }) => `${migrationId} ${milestoneId}`).toSorted();
    expect(found).toEqual(['mine clean-up', 'mine unmarked', 'off clean-up', 'off unmarked']);
  });

  it('say of each day all that its entry needs', async () => {
    const rows = await register.operatorCalendar(tom, since);
    const [marked, unmarked] = ['clean-up', 'unmarked'].map((id) =>
      rows.find(({ migrationId, milestoneId }) => migrationId === 'off' && milestoneId === id),
    );
    expect(marked).toEqual({
      migrationId: 'off',
      practiceName: 'Example Medical Centre',
      mailDomain: 'csu.example',
      migrationStatus: 'cancelled',
      closedAtMs: MORNING_MS - 41 * DAY_MS,
      milestoneId: 'clean-up',
      title: 'Clean up the data',
      holderName: 'Example Medical Centre',
      opensOn: '2027-01-11',
      dueOn: '2027-01-14',
      provisional: false,
      status: 'open',
      calendarSequence: 3,
      calendarChangedAtMs: MORNING_MS,
    });
    expect(unmarked).toMatchObject({ settledOn: '2027-01-12', calendarSequence: 0, calendarChangedAtMs: MORNING_MS });
  });

  it('know an operator by their address, however it is written, and nobody by a part of it', async () => {
    expect(operatorKeyOf(' TOM.ashdown@CSU.example')).toBe(tom);
    expect(tom).not.toContain('tom');
    expect(await register.operatorCalendar(operatorKeyOf('ashdown@csu.example'), since)).toEqual([]);
  });

  it('keep what they are made of out of what people list', async () => {
    const shown = await register.show('off');
    expect(shown?.migration).not.toHaveProperty('operatorKey');
    expect(shown?.milestones[0]).not.toHaveProperty('calendarSequence');
  });

  describe('the feed of an operator', () => {
    it('keeps its first id, until it is ended', async () => {
      expect(await register.keepFeed(tom, 'first', MORNING_MS)).toBe('first');
      expect(await register.keepFeed(tom, 'second', MORNING_MS)).toBe('first');
      expect(await register.findFeed('first')).toBe(tom);
      expect(await register.findFeed('second')).toBeUndefined();
      expect([await register.endFeed(tom), await register.endFeed(tom)]).toEqual(['first', undefined]);
      expect(await register.findFeed('first')).toBeUndefined();
      expect(await register.keepFeed(tom, 'third', MORNING_MS)).toBe('third');
    });
  });
});
