import { describe, expect, it } from 'vitest';
import { readBounce } from '../../../cli/bounce/readBounce.js';
import { bounceMail, MESSAGE_ID } from './mails.js';

const read = (text: string) => readBounce(Buffer.from(text, 'latin1'));

describe('readBounce', () => {
  it('finds which mail came back and what the other server said, on one line and without addresses', async () => {
    expect(await read(bounceMail())).toEqual({
      kind: 'bounce',
      messageId: MESSAGE_ID,
      detail: '5.1.1: 550 5.1.1 <[address]>: Recipient address rejected: User unknown',
    });
  });

  it.each([
    ['the whole mail', { returned: { type: 'message/rfc822', text: `Message-ID: <${MESSAGE_ID}>\r\n\r\nDear Ann` } }],
    ['nothing but what it answers', { returned: null, headers: [`In-Reply-To: <${MESSAGE_ID}>`] }],
    [
      'nothing but a chain of what it answers',
      { returned: null, headers: [`References: <a@b.example> <${MESSAGE_ID}>`] },
    ],
    [
      'the mail inside one that our relay has made of it',
      {
        returned: {
          type: 'text/rfc822-headers',
          text: `Message-ID: <relay.1@mail.example>\r\nIn-Reply-To: <x@y.example>`,
        },
        headers: [`References: <${MESSAGE_ID}>`],
      },
    ],
  ])('finds it where the report returns %s', async (_, change) => {
    expect(await read(bounceMail(change))).toMatchObject({ kind: 'bounce', messageId: MESSAGE_ID });
  });

  it('tells of each recipient that failed, once', async () => {
    const second = 'Final-Recipient: rfc822; dee@csu.example\r\nAction: failed\r\nStatus: 5.2.2';
    const fine = 'Final-Recipient: rfc822; dan@csu.example\r\nAction: relayed\r\nStatus: 2.0.0';
    expect(await read(bounceMail({ diagnostic: 'smtp; 550 gone', more: [second, fine, second] }))).toMatchObject({
      detail: '5.1.1: 550 gone; 5.2.2',
    });
  });

  it.each([
    ['delayed', 'it reports a delay or a delivery, and no mail that came back'],
    ['delivered', 'it reports a delay or a delivery, and no mail that came back'],
    ['FAILED (permanent)', undefined],
    ['failedish', 'it reports a delay or a delivery, and no mail that came back'],
  ])('takes the action "%s" for what it is', async (action, why) => {
    const found = await read(bounceMail({ action }));
    expect(found).toMatchObject(why === undefined ? { kind: 'bounce' } : { kind: 'other', why });
  });

  it.each([
    ['a letter', 'From: ann@practice.example\r\nSubject: Hello\r\n\r\nDear CSU', /no report/],
    ['nothing', '', /no report/],
    ['no text at all', '\0\0\0\xff\xfe', /no report/],
    ['a report of no mail', bounceMail({ returned: null }), /does not say which/],
    [
      'a report of somebody else’s mail',
      bounceMail({ returned: { type: 'text/rfc822-headers', text: 'Message-ID: <x@y.example>' } }),
      /none of leadtime/,
    ],
    [
      'a report without recipients',
      bounceMail().replaceAll(/^(Action|Final-Recipient).*\r\n/gm, ''),
      /no mail that came/,
    ],
    ['a report that is cut off', bounceMail().slice(0, 300), /no report/],
  ])('says why %s is none', async (_, text, why) => {
    const found = await read(text);
    expect(found.kind === 'other' ? found.why : found).toMatch(why);
  });

  it('keeps control characters and endless words out of what it tells', async () => {
    const diagnostic = `smtp; 550 \x1b[31mred\x07 ${'x'.repeat(5_000)}`;
    const found = await read(bounceMail({ diagnostic }));
    const detail = found.kind === 'bounce' ? found.detail : '';
    expect(detail).toMatch(/^5\.1\.1: 550 ?\[31mred/);
    expect(detail.length).toBeLessThanOrEqual(300);
    expect(detail).not.toMatch(/\p{Cc}/u);
  });

  it.each([
    [
      'parts within parts',
      Array.from({ length: 2_000 }, (_, at) => `Content-Type: multipart/mixed; boundary="b${at}"\r\n\r\n--b${at}`).join(
        '\r\n',
      ),
    ],
    ['a thousand parts', `Content-Type: multipart/mixed; boundary="b"\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(5_000)}--b--`],
    ['a header without end', `X: ${'x'.repeat(2_000_000)}\r\n\r\n`],
    ['a report of a hundred thousand recipients', bounceMail({ more: Array<string>(100_000).fill('Action: failed') })],
  ])('is not held up by %s', async (_, text) => {
    expect(await read(text)).toBeDefined();
  });
});
