import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMailer } from '../../../activities/email/mailer.js';
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
