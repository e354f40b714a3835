import { describe, expect, it } from 'vitest';
import { calendarFileOf } from '../../../config/calendarFile.js';
import { migrationCalendar } from '../../../rules/calendarEntries/ofMigration.js';
import type { PageRole } from '../../../rules/migration/page.js';
import type { MigrationState } from '../../../rules/migration/state.js';
import { elementStory } from '../../support/elements.js';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { entryFor, readCalendar, type ReadCalendar } from '../../support/ics.js';
import { Story } from '../../support/story.js';

const textOf = (state: MigrationState, role: PageRole = 'practiceManager'): string =>
  calendarFileOf({ entries: migrationCalendar(state, role).entries });
const shown = (state: MigrationState, role?: PageRole): ReadCalendar => readCalendar(textOf(state, role));
const uids = ({ entries }: ReadCalendar): string[] => entries.map(({ uid }) => uid).toSorted();

const plain = (): Story => new Story(startedExample(exampleOrder('plain'))).until('2026-10-22');
const load = (story: Story): unknown => story.says('rowan', 'extract.loaded', { data: { extract: 'initial' } });

describe('the calendar of a practice', () => {
  it('has its own tasks and the anchors, each once, and nothing that others hold', () => {
    const { state } = plain();
    const calendar = shown(state);
    const mine = state.plan.milestones.filter(
      ({ kind, holder, hop, dueOn }) =>
        dueOn !== undefined && (kind === 'anchor' || holder === 'practice' || hop?.name === 'formAtPractice'),
    );
    const [, domain = ''] = state.directory.csu.mailbox.split('@');
    expect(uids(calendar)).toEqual(mine.map(({ id }) => `${id}.${state.migrationId}@${domain}`).toSorted());
    expect(mine.some(({ kind }) => kind === 'anchor')).toBe(true);
    expect(calendar.entries.every(({ isDate, transparency }) => isDate && transparency === 'TRANSPARENT')).toBe(true);
  });

  it('names practice and thing, says what to do and who does it, and holds no link', () => {
    const { state } = plain();
    const entry = entryFor(shown(state), 'posters.main');
    expect(entry).toMatchObject({ sequence: 0, status: 'CONFIRMED' });
    expect(entry.summary).toMatch(/^Millbrook Lane Surgery: /);
    expect(entry.description).toContain('Who: Millbrook Lane Surgery');
    expect(entry.description).toContain('open the link in our newest mail');
    expect(textOf(state)).not.toMatch(/https?:/);
  });

  it('ends an entry on the day after its last, of a window as well', () => {
    const { state } = plain();
    const { opensOn, dueOn } = state.plan.milestones.find(({ id }) => id === 'links-off') ?? {};
    expect([opensOn, dueOn]).toEqual(['2027-01-26', '2027-01-27']);
    const holder = state.plan.milestones.find(({ id }) => id === 'links-off')?.holder;
    const role = holder === 'practice' ? 'practiceManager' : `${holder ?? ''}.contact`;
    expect(entryFor(shown(state, role), 'links-off')).toMatchObject({ start: '2027-01-26', end: '2027-01-28' });
    expect(entryFor(shown(state), 'anchor.goLive')).toMatchObject({ start: '2027-02-02', end: '2027-02-03' });
  });

  it('is the same text however often it is asked for, also after mails that change no day', () => {
    const story = plain();
    const before = textOf(story.state);
    const sentBefore = story.sent.length;
    story.until('2026-11-10');
    expect(story.sent.length).toBeGreaterThan(sentBefore);
    expect(textOf(story.state)).toBe(before);
  });
});

describe('the calendar of a party', () => {
  const anchors = ['anchor.finalDataProduction', 'anchor.goLive', 'anchor.initialDataProduction'];
  const ids = (calendar: ReadCalendar) => uids(calendar).map((uid) => uid.slice(0, uid.indexOf('.Z98001')));

  it('has its own steps and the days that its page names', () => {
    const { state } = plain();
    const source = state.directory.parties.find(({ roles }) => roles.includes('sourceSupplier'))?.id ?? '';
    const own = state.plan.milestones.filter(
      ({ holder, dueOn, kind }) => holder === source && dueOn && kind !== 'notice',
    );
    expect(own.length).toBeGreaterThan(0);
    expect(ids(shown(state, `${source}.contact`))).toEqual([...own.map(({ id }) => id), ...anchors].toSorted());
  });

  it('shows who gets a notice the days that it is about, and not the day on which it was to go out', () => {
    expect(ids(shown(plain().state, 'eps.contact'))).toEqual(anchors);
  });
});

describe('a day that moves', () => {
  it('moves its entry: the same UID, a higher SEQUENCE, a later stamp, and no double', () => {
    const story = elementStory().until('2027-01-11');
    const before = shown(story.state);
    load(story);
    const after = shown(story.state);
    expect(uids(after)).toEqual(uids(before));
    const [was, is] = [before, after].map((calendar) => entryFor(calendar, 'check-1'));
    expect(was).toMatchObject({ start: '2027-01-12', sequence: 0 });
    expect(is).toMatchObject({ start: '2027-01-15', sequence: 1, uid: was?.uid });
    expect((is?.stamp ?? '') > (was?.stamp ?? '')).toBe(true);
    expect(is?.lastModified).toBe(is?.stamp);
  });

  it('leaves every other entry as it was, to the byte', () => {
    const story = elementStory().until('2027-01-11');
    const before = shown(story.state);
    load(story);
    const moved = ['check-1.', 'check-2.', 'visit.'];
    const others = ({ entries }: ReadCalendar) =>
      entries.filter(({ uid }) => !moved.some((id) => uid.startsWith(id)) && !uid.startsWith('extract.'));
    expect(others(shown(story.state))).toEqual(others(before));
  });

  it('rises again with each later move, and never falls when a new date version forgets the moves before', () => {
    const story = elementStory().until('2027-01-11');
    load(story);
    story.until('2027-01-13');
    story.says('rowan', 'extract.loaded', { data: { extract: 'initial', loadedOn: '2027-01-13' } });
    expect(entryFor(shown(story.state), 'check-1').sequence).toBe(2);
    const { plan } = story.state;
    const milestones = plan.milestones.map(({ revision: _, ...milestone }) => milestone);
    const planned = { ...story.state, plan: { ...plan, dateVersion: 2, milestones } };
    expect(entryFor(shown(planned), 'check-1').sequence).toBe(2);
    expect(entryFor(shown(planned), 'anchor.goLive').sequence).toBe(1);
  });
});

describe('what is settled', () => {
  it('stays when it is done, and says so, on the day it was due', () => {
    const story = plain();
    const before = entryFor(shown(story.state), 'posters.main');
    story.done('posters.main');
    const after = entryFor(shown(story.state), 'posters.main');
    expect(after).toMatchObject({ status: 'CONFIRMED', sequence: before.sequence, start: before.start });
    expect(after.summary).toBe(`Done: ${before.summary}`);
    expect(after.description).toContain('Done on Thursday 22 October 2026');
    expect(after.stamp > before.stamp).toBe(true);
  });

  it('is taken back when it is waived, and stands again, higher each time, when that is taken back', () => {
    const story = elementStory();
    const id = story.state.plan.milestones.find(({ restsOn, dueOn }) => restsOn !== undefined && dueOn)?.id ?? '';
    const role = 'practiceManager';
    const sequence = () => entryFor(shown(story.state, role), id).sequence;
    const status = () => entryFor(shown(story.state, role), id).status;
    const first = sequence();
    story.decides('notNeeded');
    expect([status(), sequence()]).toEqual(['CANCELLED', first + 1]);
    expect(entryFor(shown(story.state, role), id).summary).toMatch(/^Cancelled: /);
    story.decides('needed');
    expect([status(), sequence()]).toEqual(['CONFIRMED', first + 2]);
  });
});

describe('a day that is not confirmed', () => {
  it('is tentative until it is', () => {
    const { anchors } = exampleOrder('plain');
    const provisional = { ...anchors, goLive: { on: '2027-02-02', status: 'provisional' as const } };
    const story = new Story(startedExample(exampleOrder('plain', { anchors: provisional }))).until('2026-10-22');
    const before = entryFor(shown(story.state), 'anchor.goLive');
    expect(before).toMatchObject({ status: 'TENTATIVE' });
    expect(before.summary).toContain('(provisional)');
    story.done('confirm.goLive');
    const after = entryFor(shown(story.state), 'anchor.goLive');
    expect(after.status).toBe('CONFIRMED');
    expect(after.stamp > before.stamp).toBe(true);
  });
});

describe('a migration that is off', () => {
  it('takes every entry back, each once, under its own UID and a higher SEQUENCE', () => {
    const story = plain();
    story.done('posters.main');
    story.until('2026-10-23');
    const before = shown(story.state);
    story.cancel();
    const after = shown(story.state);
    expect(uids(after)).toEqual(uids(before));
    for (const entry of after.entries) {
      const was = before.entries.find(({ uid }) => uid === entry.uid);
      expect(entry).toMatchObject({ status: 'CANCELLED', sequence: (was?.sequence ?? 0) + 1, start: was?.start });
      expect(entry.stamp > (was?.stamp ?? '')).toBe(true);
    }
    expect(migrationCalendar(story.state, 'practiceManager').closedAtMs).toBe(story.nowMs);
    story.toTheEnd();
    expect(shown(story.state)).toEqual(after);
  });
});

describe('texts that people wrote', () => {
  const wild = [
    'Sürgery; of \\the, "Lane"\u{1F3E5}',
    'One\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Forged',
    'BEGIN:VEVENT;UID=1:x',
    '\u202Eright to left\u202C \u200Fmark',
    `${'\u{1F9D1}\u200D\u2695\uFE0F'.repeat(40)} very long`,
    'DTSTART;VALUE=DATE:19990101',
    '=1+1, \\n \\, \\; %0D%0A',
  ];

  it.each(wild)('come back on one line and make nothing but themselves: %j', (name) => {
    const { practice } = exampleOrder('plain');
    const { state } = new Story(startedExample(exampleOrder('plain', { practice: { ...practice, name } })));
    const text = calendarFileOf({ name, entries: migrationCalendar(state, 'practiceManager').entries });
    const calendar = readCalendar(text);
    expect(calendar.entries).toHaveLength(shown(plain().state).entries.length);
    expect(calendar.others).toEqual([]);
    const oneLine = name.replaceAll(/[\r\n\u202E\u202C\u200F]+/g, ' ').trim();
    expect(calendar.name).toBe(oneLine.replaceAll(/[\s\\;,]+/g, ' '));
    expect(entryFor(calendar, 'anchor.goLive').summary.startsWith(`${oneLine}: `)).toBe(true);
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });
});
