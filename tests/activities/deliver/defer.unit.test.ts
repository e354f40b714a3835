import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TemporaryFailure } from '../../../activities/deliver/ports.js';
import { createMailer, type Mailer } from '../../../activities/email/mailer.js';
import type { DeliverInput } from '../../../rules/migration/ports.js';
import { heartbeatServer, inputOf, messagesLike, startWorker, type HeartbeatServer } from '../support/delivery.js';
import { aboutLike } from '../support/messages.js';
import { startSmtpCatcher, type SmtpCatcher } from '../support/smtpCatcher.js';

const MINUTE_MS = 60_000;
/** Longer than the 15 minutes for which one delivery is tried. */
const LONG_MS = 16 * MINUTE_MS;

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

const worker = (change: Partial<Parameters<typeof startWorker>[1]> = {}) =>
  startWorker(server, { mail: mailer.send, ...change });

const unanswered = (): Promise<never> => Promise.reject(new TemporaryFailure('no answer', true, 'transport'));
const away = (): Promise<never> => Promise.reject(new TemporaryFailure('connection refused', false, 'transport'));

/** The mail server takes the first message, and is gone when the second comes. */
function goneAfterFirst(): typeof mailer.send {
  let count = 0;
  return async (message, id) => {
    count += 1;
    return count === 1 ? mailer.send(message, id) : away();
  };
}

describe('a delivery while mail cannot leave', () => {
  it('goes on trying for a quarter of an hour', async () => {
    await smtp.close();
    const short = worker({ waitedMs: 14 * MINUTE_MS }).deliver(1, inputOf(messagesLike(2)));
    await expect(short).rejects.toThrow('ECONNREFUSED');
    smtp = await startSmtpCatcher();
  });

  it('then ends with what was sent, and says why the rest has to wait', async () => {
    const { outcomes, deferred } = await worker({ mail: goneAfterFirst(), waitedMs: LONG_MS }).deliver(
      9,
      inputOf(messagesLike(3)),
    );
    expect(outcomes.map(({ key, outcome }) => [key, outcome])).toEqual([['digest/a/1', 'sent']]);
    expect(deferred).toEqual({ reason: 'connection refused', inDoubt: [] });
    expect(smtp.mails).toHaveLength(1);
  });

  it('leaves the register to the migration: what came along shows everything as sent', async () => {
    let writes = 0;
    const writeRegister = () => {
      writes += 1;
      return Promise.resolve({ registerWritten: true });
    };
    const { registerWritten } = await worker({ mail: away, waitedMs: LONG_MS, writeRegister }).deliver(
      9,
      inputOf(messagesLike(1)),
    );
    expect([registerWritten, writes]).toEqual([false, 0]);
  });

  it('names what may have arrived, once for each time that it was handed over', async () => {
    const input = inputOf(messagesLike(2));
    const same = worker({ mail: unanswered });
    await expect(same.deliver(1, input)).rejects.toThrow('no answer');
    const { deferred } = await worker({ mail: unanswered, waitedMs: LONG_MS }).deliver(2, input);
    expect(deferred).toEqual({ reason: 'no answer', inDoubt: ['digest/a/1', 'digest/a/1'] });
  });

  it('knows from an earlier delivery what may have arrived, and marks it when it is out', async () => {
    const again: (boolean | undefined)[] = [];
    const input: DeliverInput = { ...inputOf(messagesLike(2)), inDoubt: ['digest/a/2'] };
    const { outcomes } = await worker({
      mail: async (message, id, isAgain) => {
        again.push(isAgain);
        return mailer.send(message, id);
      },
    }).deliver(1, input);
    expect(again).toEqual([false, true]);
    expect(outcomes.map(({ mayHaveRepeated }) => mayHaveRepeated)).toEqual([false, true]);
  });

  it('keeps in doubt what was, when it cannot be handed over this time', async () => {
    const input: DeliverInput = { ...inputOf(messagesLike(2)), inDoubt: ['digest/a/2'], patienceMs: MINUTE_MS };
    const { deferred } = await worker({ mail: away, waitedMs: MINUTE_MS }).deliver(9, input);
    expect(deferred?.inDoubt).toEqual(['digest/a/2']);
  });

  it('gives up what was handed over five times without an answer, and says that it may have arrived', async () => {
    const input: DeliverInput = { ...inputOf(messagesLike(1)), inDoubt: Array<string>(4).fill('digest/a/1') };
    const { outcomes, deferred } = await worker({ mail: unanswered }).deliver(1, input);
    expect(deferred).toBeUndefined();
    expect(outcomes).toMatchObject([
      { outcome: 'undeliverable', mayHaveRepeated: true, detail: 'given up: no answer It may have arrived.' },
    ]);
  });

  it('never gives up where the other side can be asked: no repeat arrives twice', async () => {
    const asked = () => Promise.reject(new TemporaryFailure('no answer', true, 'transport', { repeatsAreKnown: true }));
    const input: DeliverInput = { ...inputOf(messagesLike(1)), inDoubt: Array<string>(9).fill('digest/a/1') };
    await expect(worker({ mail: asked }).deliver(1, input)).rejects.toThrow('no answer');
  });

  it('posts webhooks all the same', async () => {
    const posted: string[] = [];
    const hooks = messagesLike(1, { key: 'notice/hook/1', channel: 'webhook' });
    const messages = messagesLike(3).toSpliced(1, 0, ...hooks);
    const { outcomes, deferred } = await worker({
      mail: away,
      waitedMs: LONG_MS,
      webhook: (message) => {
        posted.push(message.key);
        return Promise.resolve({ outcome: 'sent' });
      },
    }).deliver(9, inputOf(messages));
    expect([posted, outcomes.map(({ key }) => key)]).toEqual([['notice/hook/1'], ['notice/hook/1']]);
    expect(deferred).toBeDefined();
  });

  it('puts a rehearsal off never: its days stand still until its mail can leave', async () => {
    const messages = messagesLike(1, { about: aboutLike({ rehearsal: true }) });
    await expect(worker({ mail: away, waitedMs: 100 * LONG_MS }).deliver(9, inputOf(messages))).rejects.toThrow();
  });

  it.each([
    ['comes back when the other side says, where that is soon', 2 * MINUTE_MS, 2 * MINUTE_MS],
    ['comes back at once after no time at all', 0, 0],
  ])('%s', async (_, awayForMs, comeBackAfterMs) => {
    const busy = () => Promise.reject(new TemporaryFailure('busy', false, 'transport', { awayForMs }));
    await expect(worker({ mail: busy }).deliver(1, inputOf(messagesLike(1)))).rejects.toMatchObject({
      comeBackAfterMs,
    });
  });

  it('puts everything off at once when the other side says that it will refuse for hours', async () => {
    const awayForMs = 3 * 60 * MINUTE_MS;
    const closed = () => Promise.reject(new TemporaryFailure('no more today', false, 'transport', { awayForMs }));
    const { deferred } = await worker({ mail: closed }).deliver(1, inputOf(messagesLike(1)));
    expect(deferred).toEqual({ reason: 'no more today', awayForMs, inDoubt: [] });
  });

  it('waits for a way out that is not set up rather than call addresses wrong', async () => {
    mailer.close();
    mailer = createMailer({});
    const { outcomes, deferred } = await worker({ waitedMs: LONG_MS }).deliver(9, inputOf(messagesLike(1)));
    expect(outcomes).toEqual([]);
    expect(deferred?.reason).toContain('LEADTIME_SMTP_URL');
  });
});
