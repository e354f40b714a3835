import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { TemporaryFailure } from '../../../activities/deliver/ports.js';
import { createMailer, type Mailer, type MailerSettings } from '../../../activities/email/mailer.js';
import { messageKinds } from '../../../rules/migration/messages.js';
import { aboutLike, messageLike } from '../support/messages.js';
import { startSmtpCatcher, type SmtpCatcher } from '../support/smtpCatcher.js';

const ID = 'Z90001-20260914-k3v9qa.0123456789abcdef0123@csu.example';
const deputy = { key: 'csuManager.deputy', role: 'csuManager', name: 'Dee', email: 'dee@csu.example' } as const;

let server: SmtpCatcher;
let catcher: SmtpCatcher;
let mailer: Mailer | undefined;

beforeEach(async () => {
  server = await startSmtpCatcher();
  catcher = await startSmtpCatcher();
});

afterEach(async () => {
  mailer?.close();
  await Promise.all([server.close(), catcher.close()]);
});

function open(settings: MailerSettings = { smtpUrl: server.url, catcherSmtpUrl: catcher.url }): Mailer {
  mailer = createMailer(settings);
  return mailer;
}

async function failureOf(sending: Promise<unknown>): Promise<TemporaryFailure> {
  const error = await sending.then(
    () => new Error('it was delivered'),
    (reason: unknown) => reason,
  );
  if (error instanceof TemporaryFailure) return error;
  throw error;
}

describe('createMailer', () => {
  it.each(messageKinds)('sends a mail that a mail program can read: %s', async (kind) => {
    expect(await open().send(messageLike({ kind }), ID)).toEqual({ outcome: 'sent' });
    const [mail] = server.mails;
    expect(mail?.messageId).toBe(`<${ID}>`);
    expect(mail?.from?.value).toEqual([{ name: 'Example CSU', address: 'migrations@csu.example' }]);
    expect(mail?.replyTo?.value).toEqual(mail?.from?.value);
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail?.subject).toMatch(/^Example Medical Centre: /);
    expect(mail?.text).toContain('0300 000 0000');
    expect(mail?.html).toContain('<html lang="en-GB">');
  });

  it('adds no header and no recipient for a name that tries to', async () => {
    const to = { ...messageLike().to, name: 'Ann\r\nBcc: spy@evil.example' };
    const about = aboutLike({
      practiceName: 'Surgery\r\nX-Evil: yes',
      csu: { ...aboutLike().csu, name: 'CSU\nX-Evil: yes' },
    });
    await open().send(messageLike({ to, about }), ID);
    const [mail] = server.mails;
    expect(mail?.headers.has('x-evil')).toBe(false);
    expect(mail?.headers.has('bcc')).toBe(false);
    expect(mail?.to).toMatchObject({ value: [{ address: 'ann@practice.example' }] });
  });

  it('mails a rehearsal to the catcher alone, whatever the mail server is', async () => {
    await open().send(messageLike({ about: aboutLike({ rehearsal: true }) }), ID);
    expect(server.mails).toHaveLength(0);
    expect(catcher.mails[0]?.subject).toMatch(/^REHEARSAL: /);
  });

  it('mails a rehearsal nowhere when there is no catcher', async () => {
    const sending = open({ smtpUrl: server.url }).send(messageLike({ about: aboutLike({ rehearsal: true }) }), ID);
    await expect(sending).rejects.toThrow('LEADTIME_CATCHER_SMTP_URL');
    expect(server.mails).toHaveLength(0);
  });

  it('never mails a real migration to the catcher', async () => {
    await expect(open({ catcherSmtpUrl: catcher.url }).send(messageLike(), ID)).rejects.toThrow('LEADTIME_SMTP_URL');
    expect(catcher.mails).toHaveLength(0);
  });

  it.each([
    ['recipient', 550],
    ['recipient', 553],
    ['data', 554],
  ] as const)('takes a %s refused with %i as undeliverable, and says why without an address', async (stage, code) => {
    server.answer = { [stage]: () => code };
    const delivery = await open().send(messageLike(), ID);
    expect(delivery).toEqual({ outcome: 'undeliverable', detail: `${code} no thanks, <[address]>` });
  });

  it.each([
    ['recipient', 450, 'message'],
    ['data', 452, 'message'],
    ['recipient', 421, 'transport'],
  ] as const)(
    'takes a %s put off with %i as a failure of the %s that is worth another attempt',
    async (stage, code, reach) => {
      server.answer = { [stage]: () => code };
      const failure = await failureOf(open().send(messageLike(), ID));
      expect(failure).toMatchObject({
        reach,
        mayHaveArrived: false,
      });
      expect(failure.message).not.toContain('@');
    },
  );

  it.each([
    ['login', 535, 'wrong password'],
    ['login', 454, 'the login is off for now'],
    ['sender', 530, 'it wants a login'],
    ['sender', 550, 'it does not let us send'],
    ['recipient', 530, 'it wants encryption'],
  ] as const)('blames no address when the %s is answered with %i: %s', async (stage, code, _) => {
    server.answer = { [stage]: () => code };
    const url = server.url.replace('//', '//leadtime:secret@');
    const failure = await failureOf(open({ smtpUrl: url }).send(messageLike(), ID));
    expect(failure).toMatchObject({ reach: 'transport', mayHaveArrived: false });
    expect(failure.message).not.toContain('secret');
  });

  it.each(['sender', 'data'] as const)(
    'takes a message that is too big, as the %s is told, as undeliverable',
    async (stage) => {
      server.answer = { [stage]: () => 552 };
      expect(await open().send(messageLike(), ID)).toMatchObject({ outcome: 'undeliverable' });
    },
  );

  it('comes back to a greylisting server, and is then taken', async () => {
    let attempts = 0;
    server.answer = {
      recipient: () => {
        attempts += 1;
        return attempts === 1 ? 451 : undefined;
      },
    };
    const failure = await failureOf(open().send(messageLike(), ID));
    expect(failure).toMatchObject({ reach: 'message', mayHaveArrived: false });
    expect(await mailer?.send(messageLike(), ID)).toEqual({ outcome: 'sent' });
  });

  it('tells that all copies were refused, when the addressee was not', async () => {
    const second = { ...deputy, key: 'csuOperator.deputy', email: 'dan@csu.example' };
    server.answer = { recipient: (address) => (address === 'ann@practice.example' ? undefined : 550) };
    const delivery = await open().send(messageLike({ cc: [deputy, second] }), ID);
    expect(delivery).toMatchObject({ outcome: 'sent' });
    expect(delivery.detail?.match(/550/g)).toHaveLength(2);
    expect(server.mails).toHaveLength(1);
  });

  it.each([
    ['before it greets', ''],
    ['after it has greeted', '220 hello\r\n'],
  ])('knows that nothing arrived when the server hangs up %s', async (_, greeting) => {
    const rude: Server = createServer((socket) => {
      socket.on('error', () => undefined);
      if (greeting !== '') socket.write(greeting);
      socket.once(greeting === '' ? 'ready' : 'data', () => socket.destroy());
      if (greeting === '') socket.destroy();
    });
    await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve));
    const { port } = rude.address() as AddressInfo;
    const failure = await failureOf(open({ smtpUrl: `smtp://127.0.0.1:${port}` }).send(messageLike(), ID));
    expect(failure).toMatchObject({ reach: 'transport', mayHaveArrived: false });
    rude.close();
  });

  it('knows that nothing arrived where no server listens', async () => {
    await server.close();
    const failure = await failureOf(open().send(messageLike(), ID));
    expect(failure).toMatchObject({ reach: 'transport', mayHaveArrived: false });
    server = await startSmtpCatcher();
  });

  it('does not know whether a mail arrived when the server goes away instead of answering', async () => {
    const rude = await startRudeServer();
    try {
      const failure = await failureOf(open({ smtpUrl: rude.url }).send(messageLike(), ID));
      expect(failure).toMatchObject({ reach: 'transport', mayHaveArrived: true });
      expect(rude.messages()).toBe(1);
    } finally {
      rude.close();
    }
  });

  it('sends the others their copy, and says so, when one address is refused', async () => {
    server.answer = { recipient: (address) => (address === deputy.email ? 550 : undefined) };
    expect(await open().send(messageLike({ cc: [deputy] }), ID)).toEqual({
      outcome: 'sent',
      detail: 'a copy was refused: 550 no thanks, <[address]>',
    });
    server.answer = { recipient: (address) => (address === deputy.email ? undefined : 450) };
    expect(await open().send(messageLike({ cc: [deputy] }), ID)).toMatchObject({ outcome: 'undeliverable' });
  });

  it('sends no second copy to somebody who is the recipient already', async () => {
    await open().send(messageLike({ cc: [{ ...deputy, email: 'ann@practice.example' }] }), ID);
    expect(server.mails[0]?.cc).toBeUndefined();
  });

  it('takes an address that cannot exist as undeliverable', async () => {
    const to = { ...messageLike().to, email: 'ann@practice.example>\r\nRCPT TO:<spy@evil.example' };
    expect(await open().send(messageLike({ to }), ID)).toMatchObject({ outcome: 'undeliverable' });
    expect(server.mails).toHaveLength(0);
  });

  it.each([
    ['offers no encryption', {}],
    ['has a certificate that nobody vouches for', { disabledCommands: [] }],
  ])('says nothing to a server that %s, where encryption is required', async (_, options) => {
    await server.close();
    server = await startSmtpCatcher(0, options);
    const smtp = { requireTls: true, connections: 1 };
    const failure = await failureOf(open({ smtpUrl: server.url, smtp }).send(messageLike(), ID));
    expect(failure).toMatchObject({ reach: 'transport', mayHaveArrived: false });
    expect(server.mails).toHaveLength(0);
  });

  it('sends no more in a minute than it is let', async () => {
    const limited = open({ smtpUrl: server.url, smtp: { requireTls: false, connections: 1, perMinute: 2 } });
    const sending = ['1', '2', '3'].map((each) => limited.send(messageLike(), `${each}.${ID}`));
    const third = failureOf(sending[2] ?? Promise.resolve());
    await Promise.all(sending.slice(0, 2));
    limited.close();
    expect(await third).toMatchObject({ reach: 'transport', mayHaveArrived: false });
    expect(server.mails).toHaveLength(2);
  });

  it('checks that the mail server is there', async () => {
    await expect(open().check()).resolves.toBeUndefined();
    await server.close();
    await expect(open().check()).rejects.toThrow();
    server = await startSmtpCatcher();
  });
});

/** A server that takes a whole message and hangs up without an answer. */
async function startRudeServer() {
  let messages = 0;
  const rude: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('220 rude\r\n');
    let inData = false;
    socket.on('data', (chunk) => {
      const text = chunk.toString();
      if (!inData) {
        inData = text.startsWith('DATA');
        socket.write(inData ? '354 go on\r\n' : '250 fine\r\n');
      } else if (text.endsWith('\r\n.\r\n')) {
        messages += 1;
        socket.destroy();
      }
    });
  });
  await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve));
  const { port } = rude.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, messages: () => messages, close: () => rude.close() };
}
