import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { type DeskServer, startDeskServer } from './support/desk.js';
import { OPERATOR_TOKEN } from './support/testServer.js';
import { Visitor } from './support/visitor.js';

let server: DeskServer;
afterEach(() => server.app.close());

const raw = (url: string, headers: Record<string, string>) => server.app.inject({ url, headers });

describe('an answer', () => {
  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ])('is compressed as %s for whoever takes it so, and the same', async (encoding, open) => {
    server = await startDeskServer();
    const visitor = await new Visitor(server.app).signIn();
    const cookie = visitor.header();
    const plain = await raw(server.base, { cookie });
    const packed = await raw(server.base, { cookie, 'accept-encoding': encoding });
    expect(packed.headers['content-encoding']).toBe(encoding);
    expect(packed.headers.vary).toMatch(/accept-encoding/i);
    expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 4);
    const tokens = /name="csrf" value="[^"]+"/g;
    expect(open(packed.rawPayload).toString().replaceAll(tokens, '')).toBe(plain.body.replaceAll(tokens, ''));
  });

  it('has one ETag however it is packed, and none of it is sent twice', async () => {
    server = await startDeskServer();
    const authorization = `Bearer ${OPERATOR_TOKEN}`;
    const url = `/api/migrations/${server.base.split('/').at(-1) ?? ''}`;
    const { headers } = await raw(url, { authorization, 'accept-encoding': 'br' });
    expect(headers['content-encoding']).toBe('br');
    const again = await raw(url, { authorization, 'if-none-match': headers.etag ?? '', 'accept-encoding': 'br' });
    expect([again.statusCode, again.rawPayload.length]).toEqual([304, 0]);
  });

  it('is left as it is where it is short, or nobody asks', async () => {
    server = await startDeskServer();
    expect((await raw('/healthz', { 'accept-encoding': 'br' })).headers['content-encoding']).toBeUndefined();
    expect((await raw('/assets/nhsuk.css', {})).headers['content-encoding']).toBeUndefined();
    const { headers, rawPayload } = await raw('/assets/nhsuk.css', { 'accept-encoding': 'br' });
    expect(headers['content-encoding']).toBe('br');
    expect(rawPayload.length).toBeLessThan(100_000);
  });
});
