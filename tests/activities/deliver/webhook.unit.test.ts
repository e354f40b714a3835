import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Webhook } from 'standardwebhooks';
import { TemporaryFailure } from '../../../activities/deliver/ports.js';
import { isPrivateAddress, lookupPublic } from '../../../activities/deliver/publicAddress.js';
import { createWebhooks } from '../../../activities/deliver/webhook.js';
import { messageLike } from '../support/messages.js';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

let server: Server;
let received: Received[];
let answer: { status: number; headers?: Record<string, string> };
let url: string;

beforeEach(async () => {
  received = [];
  answer = { status: 204 };
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      response.writeHead(answer.status, answer.headers).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});

afterEach(() => new Promise((resolve) => server.close(resolve)));

const secretOf = (partyId: string) => Promise.resolve(partyId === 'docman' ? SECRET : undefined);
const to = { key: 'docman.contact', role: 'partyContact', name: 'DocMan', email: 'desk@docman.example' } as const;
const hook = (webhookUrl: string, change = {}) =>
  messageLike({ kind: 'notice', channel: 'webhook', webhookUrl, partyId: 'docman', to, ...change });
const send = (webhookUrl = url, toPrivateNetworks = true, change = {}) =>
  createWebhooks({ secretOf, toPrivateNetworks })(hook(webhookUrl, change), 'unused');

const verified = ({ headers, body }: Received): unknown =>
  new Webhook(SECRET).verify(body, {
    'webhook-id': String(headers['webhook-id']),
    'webhook-timestamp': String(headers['webhook-timestamp']),
    'webhook-signature': String(headers['webhook-signature']),
  });

describe('createWebhooks', () => {
  it('posts a body that the party’s own library verifies, without any person’s address', async () => {
    expect(await send()).toEqual({ outcome: 'sent' });
    const [first] = received;
    expect(first && verified(first)).toMatchObject({
      type: 'migration.notice',
      data: { migrationId: 'Z90001-20260914-k3v9qa', odsCode: 'Z90001', days: { goLive: '2027-02-09' } },
    });
    expect(first?.body).not.toContain('desk@docman.example');
  });

  it('repeats under the same id, without a full stop, so that the party can tell', async () => {
    await send();
    await send();
    const ids = received.map(({ headers }) => headers['webhook-id']);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[0]).toMatch(/^Z90001-20260914-k3v9qa_[0-9a-f]{20}$/);
  });

  it.each([400, 401, 404, 410, 422])('takes %i as an answer that will not change', async (status) => {
    answer = { status };
    expect(await send()).toEqual({ outcome: 'undeliverable', detail: `the address answers ${status}` });
  });

  it.each([408, 425, 429, 500, 503])('takes %i as a reason to come back', async (status) => {
    answer = { status };
    await expect(send()).rejects.toMatchObject({ reach: 'message', mayHaveArrived: false });
  });

  it('follows no redirect', async () => {
    answer = { status: 307, headers: { location: url } };
    expect(await send()).toMatchObject({ outcome: 'undeliverable' });
    expect(received).toHaveLength(1);
  });

  it('knows that nothing arrived where nobody listens', async () => {
    const gone = url;
    await new Promise((resolve) => server.close(resolve));
    const failure = await send(gone).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TemporaryFailure);
    expect(failure).toMatchObject({ mayHaveArrived: false });
    server.listen(0, '127.0.0.1');
  });

  it('posts nothing without a secret', async () => {
    expect(await send(url, true, { partyId: 'stranger' })).toMatchObject({ outcome: 'undeliverable' });
    expect(received).toHaveLength(0);
  });

  it.each([
    ['http://supplier.example/hook', 'the address is not https'],
    ['ftp://supplier.example/hook', 'the address is not https'],
    ['https://user:pass@supplier.example/', 'the address holds a user name'],
    ['nonsense', 'the address is no web address'],
    ['https://127.0.0.1/', 'the address is in a private network'],
    ['https://2130706433/', 'the address is in a private network'],
    ['https://169.254.169.254/latest', 'the address is in a private network'],
    ['https://[::1]/', 'the address is in a private network'],
    ['https://[::ffff:10.0.0.1]/', 'the address is in a private network'],
    ['https://localhost:1/', 'the address is in a private network'],
  ])('never posts to %s: %s', async (webhookUrl, detail) => {
    expect(await send(webhookUrl, false)).toEqual({ outcome: 'undeliverable', detail });
  });
});

describe('isPrivateAddress', () => {
  it.each([
    '10.1.2.3',
    '172.31.255.255',
    '192.168.0.1',
    '100.64.0.1',
    '0.0.0.0',
    'fe80::1',
    'fd00::1',
    '64:ff9b::a00:1',
  ])('refuses %s', (address) => expect(isPrivateAddress(address)).toBe(true));

  it.each(['1.1.1.1', '172.32.0.1', '192.169.0.1', '2606:4700:4700::1111', 'supplier.example'])(
    'lets %s pass',
    (address) => expect(isPrivateAddress(address)).toBe(false),
  );
});

describe('lookupPublic', () => {
  it('refuses a name that leads to this machine, whichever form of answer is asked for', async () => {
    for (const all of [true, false]) {
      const error = await new Promise((resolve) => lookupPublic('localhost', { all }, resolve));
      expect(error).toMatchObject({ name: 'PrivateAddressError' });
    }
  });
});
