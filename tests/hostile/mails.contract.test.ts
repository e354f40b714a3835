import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ParsedMail } from 'mailparser';
import { createMailer, type Mailer } from '../../activities/email/mailer.js';
import { renderMessage } from '../../activities/email/render.js';
import { messageKinds, type OutboundMessage } from '../../rules/migration/messages.js';
import { aboutLike, itemLike, messageLike } from '../activities/support/messages.js';
import { startSmtpCatcher, type SmtpCatcher } from '../activities/support/smtpCatcher.js';
import { htmlShape } from '../support/htmlShape.js';
import { naughtyStrings } from '../support/naughtyStrings.js';

const HARMLESS = 'Example';
const link = { url: 'https://leadtime.example.org/p/a.b.c', until: '2027-01-21' };

/** A message with a text in every field that somebody wrote. Orders refuse some of them: here all arrive. */
function messageWith(text: string, kind: OutboundMessage['kind']): OutboundMessage {
  const reach = { channel: 'portal', address: text, phone: text, contactName: text } as const;
  const trend = { counterId: 'inbox', title: text, value: 4, on: '2026-11-23' };
  const words = {
    title: text,
    action: text,
    holderName: text,
    partyName: text,
    effect: text,
    news: text,
    waitsFor: text,
  };
  const item = itemLike({
    ...words,
    advice: [text],
    counts: [trend],
    reach,
    statedDate: '2027-01-08',
    lateWorkingDays: 2,
  });
  const csu = { name: text, mailbox: 'migrations@csu.example', phone: text };
  const about = aboutLike({ practiceName: text, csu, sourceSupplierName: text, targetSupplierName: text });
  return messageLike({
    kind,
    about,
    items: [item, { ...item, milestoneId: 'clean-up' }],
    to: { ...messageLike().to, name: text },
    cc: [{ key: 'csuManager.deputy', role: 'csuManager', name: text, email: 'dee@csu.example' }],
    linkGeneration: 0,
  });
}

/** Kinds in turn, so that each meets some thirty strings and each string three kinds. */
const kindsFor = (index: number): OutboundMessage['kind'][] =>
  [0, 5, 11].flatMap((step) => messageKinds[(index + step) % messageKinds.length] ?? []);

const spoken = naughtyStrings.filter((text) => text.trim() !== '').map((text, index) => ({ text, index }));

describe('every naughty string, in every field of a mail', () => {
  it.each(spoken)('makes no element and no attribute, and stays on its line: $text', ({ text, index }) => {
    for (const kind of kindsFor(index)) {
      const mail = renderMessage(messageWith(text, kind), link);
      const plain = renderMessage(messageWith(HARMLESS, kind), link);
      expect(htmlShape(mail.html), kind).toEqual(htmlShape(plain.html));
      expect(mail.subject, kind).not.toMatch(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
      if (wellFormed(text) === text) expect(wellFormed(mail.subject), kind).toBe(mail.subject);
      expect(mail.text.split('\n').length, kind).toBe(plain.text.split('\n').length);
      expect(`${mail.subject}${mail.text}`, kind).not.toContain('62615533');
    }
  });
});

/** Half a character cannot be written in UTF-8. */
const wellFormed = (text: string): string => text.replaceAll(/\p{Surrogate}/gu, '\ufffd');

describe('on its way', () => {
  let catcher: SmtpCatcher;
  let mailer: Mailer;
  beforeAll(async () => {
    catcher = await startSmtpCatcher();
    mailer = createMailer({ smtpUrl: catcher.url });
  });
  afterAll(async () => {
    mailer.close();
    await catcher.close();
  });

  async function sent(message: OutboundMessage): Promise<ParsedMail> {
    const id = `Z90001-20260914-k3v9qa.${'0'.repeat(20)}@csu.example`;
    expect(await mailer.send(message, id)).toEqual({ outcome: 'sent' });
    const mail = catcher.mails.at(-1);
    if (mail === undefined) throw new Error('nothing arrived');
    return mail;
  }

  const addresses = (field: ParsedMail['to'] | ParsedMail['from']): (string | undefined)[] =>
    [field ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address));

  const facts = (mail: ParsedMail) => ({
    headers: mail.headerLines.map(({ key }) => key),
    from: addresses(mail.from),
    replyTo: addresses(mail.replyTo),
    to: addresses(mail.to),
    cc: addresses(mail.cc),
    bcc: addresses(mail.bcc),
    attachments: mail.attachments.length,
    messageId: mail.messageId,
  });

  it('adds no header, no recipient and no part to a mail that a mail program reads', async () => {
    const kind = 'escalation';
    const plain = facts(await sent(messageWith(HARMLESS, kind)));
    expect(plain).toMatchObject({ to: ['ann@practice.example'], cc: ['dee@csu.example'], bcc: [] });
    for (const { text } of spoken) {
      const message = messageWith(text, kind);
      const mail = await sent(message);
      expect(facts(mail), text).toEqual(plain);
      expect(mail.subject, text).toBe(wellFormed(renderMessage(message).subject));
      expect(mail.html === false ? [] : htmlShape(mail.html ?? ''), text).toEqual(
        htmlShape(renderMessage(messageWith(HARMLESS, kind)).html),
      );
    }
  });
});
