import { describe, expect, it } from 'vitest';
import { createLinkOfMessage } from '../../../activities/email/pageLink.js';
import { messageId, renderMessage } from '../../../activities/email/render.js';
import { messageKinds } from '../../../rules/migration/messages.js';
import { aboutLike, itemLike, messageLike } from '../support/messages.js';

const operator = { key: 'csuOperator', role: 'csuOperator', name: 'Bo', email: 'bo@csu.example' } as const;
const reach = { channel: 'phone', phone: '0300 111 1111', contactName: 'Cy Supplier' } as const;

describe('renderMessage', () => {
  it.each(messageKinds)('says practice, thing and day, who to answer and the source in every format: %s', (kind) => {
    const item = itemLike({ reach, statedDate: '2027-01-08', lateWorkingDays: 2 });
    const { subject, text, html } = renderMessage(messageLike({ kind, to: operator, items: [item] }));
    expect(subject).toMatch(/^Example Medical Centre: .*\d{4}/);
    for (const body of [text, html]) {
      for (const part of [
        'Example CSU',
        'migrations@csu.example',
        '0300 000 0000',
        'guide/00:83-97',
        'Z90001-20260914-k3v9qa',
      ])
        expect(body).toContain(part);
      expect(body).not.toMatch(/undefined|\[object|NaN|\{\{|\d{4}-\d\d-\d\d[^-]/);
    }
    expect(html).toMatch(/<html lang="en-GB">[^]*<title>Example Medical Centre: /);
    expect(html.match(/<h1>/g)).toHaveLength(1);
  });

  it.each(messageKinds)('says REHEARSAL in the subject and at top and bottom of the body: %s', (kind) => {
    const { subject, text, html } = renderMessage(messageLike({ kind, about: aboutLike({ rehearsal: true }) }));
    expect(subject).toMatch(/^REHEARSAL: Example Medical Centre: /);
    const lines = text.trim().split('\n');
    expect([lines.at(0), lines.at(-1)]).toEqual([
      expect.stringContaining('REHEARSAL'),
      expect.stringContaining('REHEARSAL'),
    ]);
    expect(html.indexOf('class="rehearsal"')).toBeLessThan(html.indexOf('<h1>'));
    expect(html.lastIndexOf('class="rehearsal"')).toBeGreaterThan(html.indexOf('<footer>'));
  });

  it.each(messageKinds)('renders a message that has nothing but what every one has: %s', (kind) => {
    const { dueOn: _, partyName: __, ...bare } = itemLike({ milestoneId: 'clean-up', provisional: true });
    const { initialDataProduction: _1, finalDataProduction: _2, goLive: _3, ...about } = aboutLike();
    const { subject, text } = renderMessage(messageLike({ kind, about, items: [bare] }));
    expect(`${subject}\n${text}`).not.toMatch(/undefined|by [.,:]|due [.,:]| {2,}\S+ by$/m);
  });

  it('puts the one thing to do, and by when, in the first line', () => {
    const clean = itemLike({
      milestoneId: 'clean-up',
      title: 'Clean up',
      action: 'Empty every inbox.',
      dueOn: '2026-11-30',
    });
    const { subject, text } = renderMessage(messageLike({ to: operator, items: [itemLike(), clean] }));
    expect(text.split('\n')[0]).toBe('By Monday 30 November 2026: Empty every inbox.');
    expect(subject).toBe('Example Medical Centre: 2 things to do, the first by Monday 30 November 2026');
  });

  it('says of what somebody else holds that it is for information, after what the reader holds', () => {
    const theirs = itemLike({ dueOn: '2026-11-20', lateWorkingDays: 1, holderName: 'EMIS' });
    const own = itemLike({
      milestoneId: 'clean-up',
      action: 'Empty every inbox.',
      holderName: 'Example Medical Centre',
    });
    const first = (items: (typeof own)[]) => renderMessage(messageLike({ items })).text.split('\n')[0];
    expect(first([theirs])).toBe(
      'For your information: EMIS has not done this, which was due by Friday 20 November 2026: Ask EMIS for its data extract request form (core record, initial).',
    );
    expect(first([theirs, own])).toBe('By Thursday 3 December 2026: Empty every inbox.');
  });

  it('says in an escalation what slipped, who holds it, by how much, what it does and the earliest day left', () => {
    const item = itemLike({
      holderName: 'EMIS',
      lateWorkingDays: 1,
      effect: 'The Initial data production day can no longer be met.',
      earliestAnchorDay: '2027-01-12',
    });
    const { text } = renderMessage(messageLike({ kind: 'escalation', items: [item] }));
    for (const line of [
      'Who holds it: EMIS',
      'Late by: 1 working day',
      'What it does to the date: The Initial data production day can no longer be met.',
      'Initial data production day as planned: Thursday 7 January 2027',
      'Earliest day that would still work: Tuesday 12 January 2027',
    ])
      expect(text.split('\n')).toContain(line);
  });

  it('states in a mismatch both days and the two ways out', () => {
    const items = [itemLike({ milestoneId: 'extract.final.emis.core.1.formReceived', statedDate: '2027-02-11' })];
    const { text } = renderMessage(messageLike({ kind: 'mismatch', items }));
    expect(text).toContain('1. Correct the form or the booking, so that it says Thursday 4 February 2027.');
    expect(text).toContain('2. Move the Final data production day to Thursday 11 February 2027');
  });

  it('gives in a call task the script and where to record the reference', () => {
    const { text, html } = renderMessage(messageLike({ kind: 'callTask', items: [itemLike({ reach })] }));
    expect(text).toContain('Please tell EMIS by telephone by Thursday 3 December 2026');
    expect(text).toContain('ODS code Z90001');
    const command = 'leadtime done Z90001-20260914-k3v9qa extract.initial.emis.core.1.asked --reference';
    expect(text).toContain(command);
    expect(html).toContain(`<code>${command} &quot;`);
  });

  it('asks in one call about all that a party has not answered, with a command for each', () => {
    const chasedOn = ['2026-11-09', '2026-11-16', '2026-11-23'];
    const items = [
      itemLike({ milestoneId: 'survey.router', title: 'A new router', chasedOn, reach }),
      itemLike({ milestoneId: 'survey.switch', title: 'A new switch', chasedOn, reach, dueOn: '2026-12-04' }),
    ];
    const { subject, text } = renderMessage(messageLike({ kind: 'callTask', items }));
    expect(subject).toContain('ring EMIS: A new router and 1 more, by Thursday 3 December 2026');
    expect(text).toContain('They have not answered 3 mails');
    for (const id of ['survey.router', 'survey.switch'])
      for (const verb of ['done', 'acknowledge'])
        expect(text).toContain(`leadtime ${verb} Z90001-20260914-k3v9qa ${id} `);
  });

  it('asks for somebody else where the contact is away', () => {
    const absent = { ...reach, contactName: 'Pat Reed', awayUntil: '2026-12-04' };
    const { text } = renderMessage(messageLike({ kind: 'callTask', items: [itemLike({ reach: absent })] }));
    expect(text).toContain('Ask for: somebody who stands in for Pat Reed, away until Friday 4 December 2026');
  });

  it('shows in a digest what was counted, the known data issues and what has happened, in text and HTML', () => {
    const counts = [
      {
        counterId: 'inbox',
        title: 'Inbox',
        value: 40,
        on: '2026-11-23',
        before: { value: 55, on: '2026-11-16' },
        direction: 'falling' as const,
      },
      { counterId: 'duplicates', title: 'Duplicates', value: 3, on: '2026-11-20', threshold: 5 },
    ];
    const advice = ['Doses come over as text. Check <each> of them.'];
    const { text, html } = renderMessage(
      messageLike({ items: [itemLike({ counts, advice, news: 'Nobody answers.' })] }),
    );
    for (const line of [
      'What has happened: Nobody answers.',
      '- Inbox 40, was 55 a week ago',
      '- Duplicates 3 on Friday 20 November 2026 (low enough at 5)',
      '- Doses come over as text. Check <each> of them.',
    ])
      expect(text.split('\n')).toContain(line);
    expect(html).toContain('<li>Inbox 40, was 55 a week ago</li>');
    expect(html).toContain('<li>Doses come over as text. Check &lt;each&gt; of them.</li>');
    expect(renderMessage(messageLike()).text).not.toMatch(/counted|Known problems|What has happened/);
  });

  it.each([
    ['2026-11-26', 'From Thursday 26 November 2026 to Thursday 3 December 2026: '],
    ['2026-11-23', 'Until Thursday 3 December 2026: '],
    ['2026-12-03', 'On Thursday 3 December 2026: '],
  ])('says of a period from %s how long it lasts, not by when it is due', (periodFrom, words) => {
    const { text } = renderMessage(messageLike({ to: operator, items: [itemLike({ periodFrom })] }));
    expect(text.split('\n')[0]).toContain(words);
    expect(text).toMatch(/^When: /m);
  });

  it('says of numbers that do not fall what they are and were, and asks for no more than numbers', () => {
    const trend = { counterId: 'inbox', title: 'Inbox', value: 60, on: '2026-11-23' };
    const counts = [{ ...trend, before: { value: 55, on: '2026-11-16' }, direction: 'rising' as const }];
    const item = itemLike({ milestoneId: 'inboxes-low', title: 'Empty every inbox', counts });
    const { subject, text } = renderMessage(messageLike({ kind: 'countsNotFalling', items: [item] }));
    expect(subject).toContain('the numbers are not falling: Empty every inbox, due Thursday 3 December 2026');
    expect(text).toContain('- Inbox 60, was 55 a week ago');
    expect(text).toContain('only how many there are, and nothing about any patient');
  });

  it('says in an escalation of what is at risk, but not late, what has happened', () => {
    const news = 'The checking no longer fits before the Final data production day, Thursday 4 February 2027.';
    const { subject, text } = renderMessage(messageLike({ kind: 'escalation', items: [itemLike({ news })] }));
    expect(subject).toContain(': at risk: Ask EMIS');
    expect(text.split('\n')[0]).toBe(`Please agree today with Example CSU what to do. ${news}`);
    expect(text).not.toContain('Was due by');
    const late = renderMessage(messageLike({ kind: 'escalation', items: [itemLike({ news, lateWorkingDays: 1 })] }));
    expect(late.subject).toContain(': late: Ask EMIS');
  });

  it('states in a notice both cut-over and Go Live, and marks what is provisional', () => {
    const about = aboutLike({ provisional: ['goLive'] });
    const { text } = renderMessage(
      messageLike({ kind: 'notice', about, items: [itemLike({ milestoneId: 'notify.eps' })] }),
    );
    expect(text).toContain('Final data production day (start of cut-over): Thursday 4 February 2027\n');
    expect(text).toContain('Go Live: Tuesday 9 February 2027 (provisional)\n');
  });

  it('takes a hostile name as text', () => {
    const practiceName = 'Surgery\r\nBcc: spy@evil.example\u0000<script>alert(1)</script>\u202e{{ 7 * 7 }} {% raw %}';
    const { subject, text, html } = renderMessage(messageLike({ about: aboutLike({ practiceName }) }));
    expect(subject).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(subject).toContain('Surgery Bcc: spy@evil.example <script>');
    expect(text).toContain('{{ 7 * 7 }}');
    expect(text.split('\n').filter((line) => line.startsWith('Bcc'))).toEqual([]);
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script&gt;');
  });

  it('cuts a subject that no mail program would show', () => {
    const items = [itemLike({ title: 'very long '.repeat(100) })];
    expect(renderMessage(messageLike({ items })).subject.length).toBeLessThanOrEqual(200);
  });

  it('refuses a message about nothing', () => {
    expect(() => renderMessage(messageLike({ items: [] }))).toThrow(RangeError);
  });
});

describe('the link to the reader’s page', () => {
  const link = { url: 'https://leadtime.example.org/p/abc.def-ghi', until: '2027-01-21' };

  it.each(messageKinds)('stands near the top of a %s, after the first line, and says what it is for', (kind) => {
    const message = messageLike({ kind, items: [itemLike({ reach, statedDate: '2027-01-08' })] });
    const { text, html } = renderMessage(message, link);
    const lines = text.split('\n').filter((line) => line !== '');
    const [without = ''] = renderMessage(message).text.split('\n');
    expect(lines[0]).toBe(without.replace('by replying', 'on your page'));
    expect(lines[1]).toBe(`Your page: ${link.url}`);
    expect(lines[2]).toMatch(/see there what is due.* personal.* works until Thursday 21 January 2027\.$/i);
    expect(text.split(link.url)).toHaveLength(2);
    expect(html).toContain(`<a href="${link.url}">`);
    expect(html.split(link.url)).toHaveLength(2);
    expect(html).toContain('It works until Thursday 21 January 2027.');
  });

  it('offers numbers to a practice, and booked days to a supplier', () => {
    const to = { key: 'emis.contact', role: 'partyContact', name: 'Cy', email: 'cy@emis.example' } as const;
    expect(renderMessage(messageLike(), link).text).toContain('report your numbers');
    expect(renderMessage(messageLike({ to }), link).text).toContain('confirm the days you have booked');
  });

  it('is made for the migration, the reader and the generation, as of the day of the mail', async () => {
    const asked: unknown[] = [];
    const linkOf = createLinkOfMessage(async (...args) => {
      asked.push(args);
      return link;
    });
    expect(await linkOf(messageLike({ linkGeneration: 2 }))).toEqual(link);
    const scope = { migrationId: 'Z90001-20260914-k3v9qa', role: 'practiceManager', generation: 2 };
    expect(asked).toEqual([[scope, '2026-11-23']]);
    expect(await linkOf(messageLike())).toBeUndefined();
    expect(await createLinkOfMessage(undefined)(messageLike({ linkGeneration: 0 }))).toBeUndefined();
  });
});

describe('messageId', () => {
  it('is made of the migration, the key and the mailbox alone', () => {
    expect(messageId(messageLike())).toBe('Z90001-20260914-k3v9qa.41e418b4ea72eb4dd4e9@csu.example');
    expect(messageId(messageLike({ sentOn: '2027-01-01', kind: 'notice' }))).toBe(messageId(messageLike()));
  });

  it('differs for another message and for another migration of the practice', () => {
    const ids = [
      messageLike(),
      messageLike({ key: 'digest/practiceManager/0000000000000000' }),
      messageLike({ about: aboutLike({ migrationId: 'Z90001-20280101-aaaaaa' }) }),
    ].map(messageId);
    expect(new Set(ids).size).toBe(3);
  });
});
