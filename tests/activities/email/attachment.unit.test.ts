import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { calendarAttachment } from '../../../activities/email/attachment.js';
import { createMailer } from '../../../activities/email/mailer.js';
import { migrationCalendar } from '../../../rules/calendarEntries/ofMigration.js';
import type { MessageKind, OutboundMessage } from '../../../rules/migration/messages.js';
import { elementStory } from '../../support/elements.js';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { entryFor, readCalendar, type ReadCalendar } from '../../support/ics.js';
import { Story } from '../../support/story.js';
import { itemLike, messageLike } from '../support/messages.js';
import { startSmtpCatcher, type SmtpCatcher } from '../support/smtpCatcher.js';

const fileOf = (message: OutboundMessage): string | undefined => calendarAttachment(message).attachments?.[0]?.content;
const datesOf = (message: OutboundMessage): ReadCalendar => readCalendar(fileOf(message) ?? '');
const plain = (): Story => new Story(startedExample(exampleOrder('plain')));
const dated = { calendarSequence: 0 };

describe('the dates that go along with a mail', () => {
  let catcher: SmtpCatcher;
  beforeEach(async () => {
    catcher = await startSmtpCatcher();
  });
  afterEach(() => catcher.close());

  it('are one attachment that mail programs know as a calendar, and no part of the text', async () => {
    const mailer = createMailer({ smtpUrl: catcher.url });
    await mailer.send(messageLike({ items: [itemLike(dated)] }), 'one@csu.example');
    mailer.close();
    const [file, ...others] = catcher.mails[0]?.attachments ?? [];
    expect(others).toEqual([]);
    expect(file).toMatchObject({
      filename: 'dates.ics',
      contentType: 'text/calendar',
      contentDisposition: 'attachment',
    });
    const { params } = file?.headers.get('content-type') as { params: Record<string, string> };
    expect(params).toMatchObject({ charset: 'utf-8', method: 'PUBLISH' });
    const calendar = readCalendar(file?.content.toString() ?? '');
    expect([calendar.method, calendar.name]).toEqual(['PUBLISH', '']);
    expect(calendar.entries).toMatchObject([{ start: '2026-12-03', end: '2026-12-04', isDate: true, sequence: 0 }]);
  });

  it('are the same file whenever the same message is sent', () => {
    const message = messageLike({ items: [itemLike(dated)] });
    expect(fileOf(structuredClone(message))).toBe(fileOf(message));
  });

  it('are one entry for each thing that has a day', () => {
    const items = [
      itemLike({ ...dated, milestoneId: 'a' }),
      itemLike({ milestoneId: 'without-an-entry' }),
      itemLike({ ...dated, milestoneId: 'b', calendarFrom: '2026-12-01' }),
      itemLike({ ...dated, milestoneId: 'a', rungId: 'second' }),
    ];
    const { entries } = datesOf(messageLike({ items }));
    expect(entries.map(({ uid }) => uid)).toEqual([
      'b.Z90001-20260914-k3v9qa@csu.example',
      'a.Z90001-20260914-k3v9qa@csu.example',
    ]);
    expect(entries[0]).toMatchObject({ start: '2026-12-01', end: '2026-12-04' });
  });

  it.each<MessageKind>(['callTask', 'undeliverable', 'help', 'countsNotFalling', 'escalation', 'mismatch', 'allClear'])(
    'are not there in a mail that is for whoever has to act at once: %s',
    (kind) => {
      expect(calendarAttachment(messageLike({ kind, items: [itemLike(dated)] }))).toEqual({});
    },
  );

  it('are the day that a supplier is chased for', () => {
    const to = { key: 'alder.contact', role: 'partyContact', name: 'Ada', email: 'ada@alder.example' } as const;
    const calendar = datesOf(messageLike({ kind: 'chase', to, items: [itemLike(dated)] }));
    expect(calendar.entries).toHaveLength(1);
  });

  it('are the days of the migration in what is formally told to a party, whose own day they are not', () => {
    const to = { key: 'eps.contact', role: 'partyContact', name: 'Eve', email: 'eve@eps.example' } as const;
    const calendar = datesOf(messageLike({ kind: 'notice', to, items: [itemLike(dated)] }));
    expect(calendar.entries.map(({ uid, start }) => [uid.slice(0, uid.indexOf('.Z')), start])).toEqual([
      ['anchor.initialDataProduction', '2027-01-07'],
      ['anchor.finalDataProduction', '2027-02-04'],
      ['anchor.goLive', '2027-02-09'],
    ]);
    expect(calendarAttachment(messageLike({ kind: 'withdrawal', to, items: [itemLike(dated)] }))).toEqual({});
    const off = itemLike({ calendarSequence: 1, calendarCancelled: true });
    const back = datesOf(messageLike({ kind: 'withdrawal', to, items: [off] }));
    expect(back.entries).toHaveLength(3);
    expect(back.entries.every(({ status, sequence }) => status === 'CANCELLED' && sequence === 1)).toBe(true);
  });
});

describe('the dates in the mails of a migration', () => {
  it('have the same UID, days and SEQUENCE as in the reader’s own calendar', () => {
    const story = plain().until('2026-10-26');
    const feed = new Map(migrationCalendar(story.state, 'practiceManager').entries.map((entry) => [entry.uid, entry]));
    const mails = story.sent.filter(({ message }) => message.to.key === 'practiceManager');
    const told = mails.flatMap(({ message }) => (fileOf(message) === undefined ? [] : datesOf(message).entries));
    expect(told.length).toBeGreaterThan(0);
    for (const { uid, start, sequence } of told) {
      const { from, sequence: now } = feed.get(uid) ?? {};
      expect([uid, start, sequence]).toEqual([uid, from, now]);
    }
  });

  it('move with the mail that says so: the same UID, a higher SEQUENCE, the new day', () => {
    const story = elementStory().until('2027-01-11');
    const before = story.mails({ about: 'check-1' }).map(({ message }) => datesOf(message));
    story.says('rowan', 'extract.loaded', { data: { extract: 'initial' } });
    story.until('2027-01-12');
    const [moved] = story.mails({ kind: 'dateMoved' });
    const was = before.map((calendar) => entryFor(calendar, 'check-1')).at(-1);
    const is = moved && entryFor(datesOf(moved.message), 'check-1');
    expect(was).toMatchObject({ start: '2027-01-12', sequence: 0 });
    expect(is).toMatchObject({ uid: was?.uid, start: '2027-01-15', sequence: 1, status: 'CONFIRMED' });
    expect((is?.stamp ?? '') > (was?.stamp ?? '')).toBe(true);
  });

  it('are all taken back with the word that the migration is off, and only what its reader was told of', () => {
    const story = plain().until('2026-12-18');
    const told = new Map<string, number>();
    for (const { message } of story.sent)
      if (message.to.key === 'practiceManager' && fileOf(message) !== undefined)
        for (const { uid, end, sequence } of datesOf(message).entries) if (end > '2026-12-18') told.set(uid, sequence);
    expect(told.size).toBeGreaterThan(1);
    story.cancel();
    const [mail] = story.mails({ kind: 'cancelled' }).filter(({ message }) => message.to.key === 'practiceManager');
    const off = mail === undefined ? [] : datesOf(mail.message).entries;
    expect(new Set(off.map(({ status }) => status))).toEqual(new Set(['CANCELLED']));
    for (const [uid, sequence] of told)
      expect(off.find((entry) => entry.uid === uid)?.sequence ?? uid).toBe(sequence + 1);
    const goLive = off.filter(({ uid }) => uid.startsWith('anchor.goLive.'));
    expect(goLive).toHaveLength(1);
  });
});
