import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TemporaryFailure } from '../../../activities/deliver/ports.js';
import { createMailer, type Mailer } from '../../../activities/email/mailer.js';
import { emptyHead, sealRecords, verifyChain } from '../../../rules/migration/auditChain.js';
import type { RegisterWrite } from '../../../rules/migration/records.js';
import { sentDrafts } from '../../../rules/migration/sentDrafts.js';
import { heartbeatServer, inputOf, messagesLike, startWorker, type HeartbeatServer } from '../support/delivery.js';
import { aboutLike } from '../support/messages.js';
import { startSmtpCatcher, type SmtpCatcher } from '../support/smtpCatcher.js';

let smtp: SmtpCatcher;
let mailer: Mailer;
let server: HeartbeatServer;

beforeEach(async () => {
  smtp = await startSmtpCatcher();
  mailer = createMailer({ smtpUrl: smtp.url, catcherSmtpUrl: smtp.url });
  server = heartbeatServer();
});

afterEach(async () => {
  mailer.close();
  await smtp.close();
});

const received = () => smtp.mails.map(({ messageId }) => messageId);
const recipients = () =>
  smtp.mails.map(({ to }) => (Array.isArray(to) ? '' : to?.text)?.replace(/.*<(to\d+)@.*/, '$1'));
const worker = (change: Partial<Parameters<typeof startWorker>[1]> = {}) =>
  startWorker(server, { mail: mailer.send, ...change });

/** Starts the delivery, and kills the worker once the mail server has accepted that many mails, before it can say so. */
async function killAfterAccepting(amount: number, input: ReturnType<typeof inputOf>): Promise<void> {
  const doomed = worker();
  const killed = new Promise<void>((resolve) => {
    smtp.beforeAccepting = () => {
      if (smtp.mails.length < amount) return;
      doomed.kill();
      resolve();
    };
  });
  void doomed.deliver(1, input);
  await killed;
  smtp.beforeAccepting = () => undefined;
}

describe('deliverMessages', () => {
  it('sends each message once and tells the outcomes in order', async () => {
    const { outcomes, registerWritten } = await worker().deliver(1, inputOf(messagesLike(3)));
    expect(recipients()).toEqual(['to1', 'to2', 'to3']);
    expect(outcomes.map(({ key, outcome, mayHaveRepeated }) => [key, outcome, mayHaveRepeated])).toEqual([
      ['digest/a/1', 'sent', false],
      ['digest/a/2', 'sent', false],
      ['digest/a/3', 'sent', false],
    ]);
    expect(outcomes.map(({ messageId }) => `<${messageId}>`)).toEqual(received());
    expect(registerWritten).toBe(true);
  });

  it('has every message announced and acknowledged before it leaves, with all before it settled', async () => {
    const seen: unknown[] = [];
    smtp.beforeAccepting = () => {
      const { settled = [], inDoubt = [] } = server.acknowledged.at(-1) ?? {};
      seen.push([settled.map(({ key }) => key), inDoubt]);
    };
    await worker().deliver(1, inputOf(messagesLike(3)));
    expect(seen).toEqual([
      [[], ['digest/a/1']],
      [['digest/a/1'], ['digest/a/2']],
      [['digest/a/1', 'digest/a/2'], ['digest/a/3']],
    ]);
    expect(server.acknowledged.at(-1)).toMatchObject({ settled: [{}, {}, {}], inDoubt: [] });
  });

  it.each([1, 2, 3])(
    'repeats only the mail in flight, marked, when killed after mail %i was accepted',
    async (amount) => {
      const input = inputOf(messagesLike(3));
      await killAfterAccepting(amount, input);
      const { outcomes } = await worker().deliver(2, input);
      expect(outcomes.filter(({ mayHaveRepeated }) => mayHaveRepeated).map(({ key }) => key)).toEqual([
        `digest/a/${amount}`,
      ]);
      expect(new Set(received()).size).toBe(3);
      expect(received()).toHaveLength(4);
      expect(received().filter((id) => id === received()[amount - 1])).toHaveLength(2);
    },
  );

  it('loses none and repeats none but the marked, wherever between two steps it is killed', async () => {
    const input = inputOf(messagesLike(3));
    // One acknowledgement before each mail and one at the end.
    for (let step = 1; step <= 4; step += 1) {
      smtp.mails.length = 0;
      server = heartbeatServer();
      const doomed = worker();
      const killed = new Promise<void>((resolve) => {
        let beats = 0;
        server.before = () => {
          beats += 1;
          if (beats !== step) return;
          doomed.kill();
          resolve();
        };
      });
      void doomed.deliver(1, input);
      await killed;
      server.before = () => undefined;
      const { outcomes } = await worker().deliver(2, input);
      const marked = outcomes.filter(({ mayHaveRepeated }) => mayHaveRepeated).map(({ messageId }) => `<${messageId}>`);
      const repeated = received().filter((id, index) => received().indexOf(id) !== index);
      expect(new Set(received()).size).toBe(3);
      expect(marked.length).toBeLessThanOrEqual(1);
      expect(marked).toEqual(expect.arrayContaining(repeated));
    }
  });

  it('sends nothing while the server cannot acknowledge that it is about to', async () => {
    server.isAway = true;
    await expect(worker().deliver(1, inputOf(messagesLike(2)))).rejects.toThrow('UNAVAILABLE');
    expect(received()).toEqual([]);
  });

  it('repeats nothing when the server, not the worker, dies in the middle', async () => {
    const survivor = worker();
    const input = inputOf(messagesLike(3));
    smtp.beforeAccepting = () => {
      server.isAway = smtp.mails.length === 2;
    };
    await expect(survivor.deliver(1, input)).rejects.toThrow('UNAVAILABLE');
    expect(recipients()).toEqual(['to1', 'to2']);
    server.isAway = false;
    const { outcomes } = await survivor.deliver(2, input);
    expect(recipients()).toEqual(['to1', 'to2', 'to3']);
    expect(outcomes.some(({ mayHaveRepeated }) => mayHaveRepeated)).toBe(false);
  });

  it('believes the server rather than its own memory once another worker has had an attempt', async () => {
    const first = worker();
    const input = inputOf(messagesLike(2));
    smtp.beforeAccepting = () => {
      server.isAway = smtp.mails.length === 1;
    };
    await expect(first.deliver(1, input)).rejects.toThrow('UNAVAILABLE');
    server.isAway = false;
    const second = worker({ writeRegister: () => new Promise(() => undefined) });
    void second.deliver(2, input);
    await expect.poll(() => server.acknowledged.at(-1)?.settled.length).toBe(2);
    const { outcomes } = await first.deliver(3, input);
    expect(outcomes).toEqual(server.acknowledged.at(-1)?.settled);
    expect(outcomes[0]).toMatchObject({ mayHaveRepeated: true });
    expect(received()).toHaveLength(3);
  });

  it('goes on with the others when one recipient is put off, and does not mark that one', async () => {
    const input = inputOf(messagesLike(3));
    smtp.answer = { recipient: (address) => (address.startsWith('to1') ? 450 : undefined) };
    const same = worker();
    await expect(same.deliver(1, input)).rejects.toThrow(TemporaryFailure);
    expect(recipients()).toEqual(['to2', 'to3']);
    smtp.answer = {};
    const { outcomes } = await worker().deliver(2, input);
    expect(recipients()).toEqual(['to2', 'to3', 'to1']);
    expect(outcomes.map(({ mayHaveRepeated }) => mayHaveRepeated)).toEqual([false, false, false]);
  });

  it('stops at once when the mail server is away, and marks nothing, because nothing left', async () => {
    const input = inputOf(messagesLike(2));
    const { port } = smtp;
    await smtp.close();
    await expect(worker().deliver(1, input)).rejects.toThrow(TemporaryFailure);
    smtp = await startSmtpCatcher(port);
    const { outcomes } = await worker().deliver(2, input);
    expect(recipients()).toEqual(['to1', 'to2']);
    expect(outcomes.map(({ mayHaveRepeated }) => mayHaveRepeated)).toEqual([false, false]);
  });

  it('gives a message up that is only ever put off, so that it cannot hold up a migration', async () => {
    smtp.answer = { recipient: () => 452 };
    const { outcomes } = await worker({ waitedMs: 31 * 60_000 }).deliver(9, inputOf(messagesLike(1)));
    expect(outcomes).toEqual([expect.objectContaining({ outcome: 'undeliverable', mayHaveRepeated: false })]);
    expect(outcomes[0]?.detail).toMatch(/^given up: .*452/);
  });

  it('settles a message that is refused for good and sends the rest', async () => {
    smtp.answer = { recipient: (address) => (address.startsWith('to1') ? 550 : undefined) };
    const { outcomes } = await worker().deliver(1, inputOf(messagesLike(2)));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['undeliverable', 'sent']);
  });

  it('keeps telling the server that it is alive while a mail server is slow', async () => {
    const slow = startWorker(server, {
      mail: async () => {
        await expect.poll(() => server.acknowledged.length, { timeout: 120_000 }).toBeGreaterThanOrEqual(3);
        return { outcome: 'sent' };
      },
    });
    await slow.deliver(1, inputOf(messagesLike(1)));
    expect(server.acknowledged.slice(0, 3)).toEqual(Array(3).fill({ settled: [], inDoubt: ['digest/a/1'] }));
  });

  it('posts to a webhook, but mails the catcher in its place in a rehearsal', async () => {
    const posted: string[] = [];
    const webhook: typeof mailer.send = (message) => {
      posted.push(message.about.migrationId);
      return Promise.resolve({ outcome: 'sent' });
    };
    const change = { channel: 'webhook', webhookUrl: 'https://supplier.example/hook' } as const;
    await worker({ webhook }).deliver(1, inputOf(messagesLike(1, change)));
    expect([posted.length, smtp.mails.length]).toEqual([1, 0]);
    const about = aboutLike({ rehearsal: true, migrationId: 'rehearsal-Z90001-20260914-k3v9qa' });
    await worker({ webhook }).deliver(2, inputOf(messagesLike(1, { ...change, key: 'notice/x/1', about })));
    expect([posted.length, smtp.mails.length]).toEqual([1, 1]);
  });

  it('refuses heartbeat details that it cannot read rather than send everything again', async () => {
    server.acknowledged.push(JSON.parse('{"sent":["digest/a/1"]}') as never);
    await expect(worker().deliver(2, inputOf(messagesLike(1)))).rejects.toThrow();
    expect(received()).toEqual([]);
  });
});

describe('the register after a delivery', () => {
  it('is given the records that the workflow will seal, behind those that were queued', async () => {
    const writes: RegisterWrite[] = [];
    const queued = sealRecords(emptyHead, [{ atMs: 1, actor: 'leadtime', type: 'migration.started', data: {} }]);
    const messages = messagesLike(2);
    const base = inputOf(messages);
    const input = { ...base, head: queued.head, write: { ...base.write, asOfSeq: 1, audit: queued.records } };
    const writeRegister = (write: RegisterWrite) => {
      writes.push(write);
      return Promise.resolve({ registerWritten: true });
    };
    const { outcomes } = await worker({ writeRegister }).deliver(1, input);
    const sealed = sealRecords(queued.head, sentDrafts(messages, outcomes, input.atMs));
    expect(writes).toHaveLength(1);
    expect(writes[0]?.asOfSeq).toBe(3);
    expect(writes[0]?.audit).toEqual([...queued.records, ...sealed.records]);
    expect(verifyChain(writes[0]?.audit ?? [], sealed.head)).toEqual({ ok: true });
    expect(writes[0]?.messages.map(({ key, sentAtMs }) => [key, sentAtMs])).toEqual([
      ['digest/a/1', input.atMs],
      ['digest/a/2', input.atMs],
    ]);
    expect(JSON.stringify(writes[0]?.audit)).not.toContain('practice.example');
  });

  it.each([
    ['says so', () => Promise.resolve({ registerWritten: false })],
    ['throws', () => Promise.reject(new Error('connection refused'))],
  ])('may be away: nothing is sent twice when it %s', async (_, writeRegister) => {
    const { outcomes, registerWritten } = await worker({ writeRegister }).deliver(1, inputOf(messagesLike(2)));
    expect([outcomes.length, registerWritten, received().length]).toEqual([2, false, 2]);
  });

  it('is told what is known while mail cannot leave, and nothing of what would be sent', async () => {
    const { records } = sealRecords(emptyHead, [{ atMs: 1, actor: 'Bo', type: 'migration.started', data: {} }]);
    const writes: RegisterWrite[] = [];
    const writeRegister = async (write: RegisterWrite) => {
      writes.push(write);
      return { registerWritten: true };
    };
    const mail = () => Promise.reject(new TemporaryFailure('451 later', false, 'transport', {}));
    const input = inputOf(messagesLike(1));
    const milestone = { milestoneId: 'x', status: 'done' } as never;
    const write = { ...input.write, audit: records, milestones: [milestone] };
    const away = worker({ mail, writeRegister });
    await expect(away.deliver(1, { ...input, write })).rejects.toThrow('451');
    await expect(away.deliver(2, { ...input, write })).rejects.toThrow('451');
    expect(writes).toEqual([{ ...write, milestones: [], messages: [] }]);
  });

  it('is written by the next attempt, without any mail, after a crash between sending and writing', async () => {
    const doomed = worker({ writeRegister: () => new Promise(() => undefined) });
    const input = inputOf(messagesLike(2));
    void doomed.deliver(1, input);
    await expect.poll(() => server.acknowledged.at(-1)?.settled.length).toBe(2);
    doomed.kill();
    const { registerWritten } = await worker().deliver(2, input);
    expect(registerWritten).toBe(true);
    expect(received()).toHaveLength(2);
  });
});
