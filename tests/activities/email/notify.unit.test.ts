import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMailer } from '../../../activities/email/mailer.js';
import { TemporaryFailure } from '../../../activities/deliver/ports.js';
import { createNotify } from '../../../activities/email/notify.js';
import { NotifyServer, notifyKey, notifyTemplate } from '../support/notifyServer.js';
import { aboutLike, messageLike } from '../support/messages.js';

const ID = 'Z90001-20260914-k3v9qa.1f0a@csu.example';
const csuManager = { key: 'csuManager', role: 'csuManager', name: 'Helen', email: 'helen@csu.example' } as const;

let server: NotifyServer;

beforeEach(async () => {
  server = await new NotifyServer().start();
});

afterEach(() => server.stop());

const settings = (change = {}) => ({ apiKey: notifyKey, templateId: notifyTemplate, baseUrl: server.url, ...change });
const send = (change = {}, again = false) => createNotify(settings()).send(messageLike(change), ID, again);

describe('GOV.UK Notify', () => {
  it('takes subject and text under our Message-ID, with names that stay names', async () => {
    expect(await send()).toEqual({ outcome: 'sent', certainlyOnce: true });
    expect(server.taken).toMatchObject([
      { reference: ID, email: 'ann@practice.example', sanitised: ['subject', 'body'], status: 'created' },
    ]);
    const [taken] = server.taken;
    expect(taken?.personalisation['subject']).toContain('Example Medical Centre');
    expect(taken?.personalisation['body']).toContain('Send EMIS the request');
  });

  it('names the reply-to address where one is set', async () => {
    const replyToId = 'bbbbbbbb-bbbb-4ccc-8ddd-eeeeeeeeeeee';
    await createNotify(settings({ replyToId })).send(messageLike(), ID, false);
    expect(server.taken[0]?.replyToId).toBe(replyToId);
  });

  it('sends a copy as a mail of its own, and tells of one that is refused', async () => {
    await send({ cc: [csuManager] });
    expect(server.taken.map(({ email, reference }) => [email, reference])).toEqual([
      ['ann@practice.example', ID],
      ['helen@csu.example', `${ID}/copy-1`],
    ]);
  });

  it('gives the link to the reader’s page apart from what is sanitised, and gives a copy none', async () => {
    const url = 'https://leadtime.example.org/p/abc.def-ghi';
    const notify = createNotify(settings(), async () => ({ url, until: '2027-01-21' }));
    await notify.send(messageLike({ cc: [csuManager] }), ID, false);
    const [first, copy] = server.taken.map(({ personalisation }) => personalisation);
    expect(first?.['page']).toMatch(`Your page: ${url}\n`);
    expect(first?.['body']).not.toContain(url);
    expect(copy?.['page']).toBe('');
    expect(first?.['page']).not.toContain('Example Medical Centre');
  });

  it('looks up a message that may have been taken before, and does not send it again', async () => {
    server.answers.push('takenButNoAnswer');
    await expect(send()).rejects.toMatchObject({ mayHaveArrived: true, reach: 'transport' });
    expect(await send({}, true)).toEqual({ outcome: 'sent', certainlyOnce: true });
    expect(server.taken).toHaveLength(1);
    expect(server.lookedUp).toEqual([ID]);
  });

  it('sends again what was not taken after all', async () => {
    server.answers.push({ status: 500, error: 'Exception', message: 'Internal server error' });
    await expect(send()).rejects.toMatchObject({ mayHaveArrived: true });
    await send({}, true);
    expect(server.taken).toHaveLength(1);
  });

  it('gives up on an address that is refused for good, without naming it', async () => {
    server.answers.push({ status: 400, error: 'ValidationError', message: 'email_address Not a valid email address' });
    expect(await send()).toEqual({
      outcome: 'undeliverable',
      detail: 'ValidationError: email_address Not a valid email address',
    });
  });

  it.each([
    [429, 'RateLimitError', 'Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds'],
    [429, 'TooManyRequestsError', 'Exceeded send limits (50) for today'],
    [403, 'AuthError', 'Error: Your system clock must be accurate to within 30 seconds'],
    [400, 'BadRequestError', 'Template not found'],
  ])('waits and loses nothing when the service answers %i %s', async (status, error, message) => {
    server.answers.push({ status, error, message });
    await expect(send()).rejects.toMatchObject({ name: 'TemporaryFailure', mayHaveArrived: false, reach: 'transport' });
  });

  it.each([
    ['as long as it says', { 'retry-after': '120' }, 'RateLimitError', 120_000],
    ['for its minute where it does not say', {}, 'RateLimitError', 60_000],
    ['at most a day, whatever it says', { 'retry-after': '999999999' }, 'RateLimitError', 86_400_000],
    ['for its minute where what it says cannot be read', { 'retry-after': 'soon' }, 'RateLimitError', 60_000],
  ])('leaves Notify alone %s', async (_, headers, error, awayForMs) => {
    server.answers.push({ status: 429, error, message: 'Exceeded', headers });
    await expect(send()).rejects.toMatchObject({ also: { awayForMs } });
  });

  it('leaves Notify alone until midnight UTC once the mails of the day are used up', async () => {
    server.answers.push({ status: 429, error: 'TooManyRequestsError', message: 'Exceeded send limits (50) for today' });
    const failure: unknown = await send().catch((error: unknown) => error);
    const { awayForMs = 0 } = failure instanceof TemporaryFailure ? failure.also : {};
    const backMs = Math.round((Date.now() + awayForMs) / 1_000) * 1_000;
    expect(new Date(backMs).toISOString()).toMatch(/T00:00:0[01]/);
  });

  it('knows that 503 comes from before anything is kept', async () => {
    server.answers.push({ status: 503, error: 'Unavailable', message: 'Service unavailable' });
    await expect(send()).rejects.toMatchObject({ mayHaveArrived: false });
  });

  it('hands nothing over when it cannot look up, and says so', async () => {
    const { url } = server;
    await server.stop();
    const lost = createNotify(settings({ baseUrl: url })).send(messageLike(), ID, true);
    await expect(lost).rejects.toMatchObject({ mayHaveArrived: false });
    server = await new NotifyServer().start();
  });

  it('may have arrived when only a copy could not be handed over, and then sends the copy alone', async () => {
    const message = messageLike({ cc: [csuManager] });
    const notify = createNotify(settings());
    server.answers.push('taken', { status: 503, error: 'Unavailable', message: 'Service unavailable' });
    await expect(notify.send(message, ID, false)).rejects.toMatchObject({ mayHaveArrived: true });
    expect(await notify.send(message, ID, true)).toMatchObject({ outcome: 'sent', certainlyOnce: true });
    expect(server.taken.map(({ reference }) => reference)).toEqual([ID, `${ID}/copy-1`]);
  });

  it('says so when nobody answers', async () => {
    const { url } = server;
    await server.stop();
    const lost = createNotify(settings({ baseUrl: url })).send(messageLike(), ID, false);
    await expect(lost).rejects.toMatchObject({ mayHaveArrived: false, reach: 'transport' });
    server = await new NotifyServer().start();
  });

  it('is ready when key and template are right, and not with another key', async () => {
    await expect(createNotify(settings()).check()).resolves.toBeUndefined();
    const wrong = notifyKey.replace(/555$/, '556');
    await expect(createNotify(settings({ apiKey: wrong })).check()).rejects.toThrow('403');
  });
});

describe('the mailer', () => {
  it('uses Notify where it is set up, but never for a rehearsal', async () => {
    const mailer = createMailer({ notify: settings() });
    await mailer.send(messageLike(), ID);
    await expect(mailer.send(messageLike({ about: aboutLike({ rehearsal: true }) }), ID)).rejects.toThrow('catcher');
    expect(server.taken).toHaveLength(1);
  });
});
