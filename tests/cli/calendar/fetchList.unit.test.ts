import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { fetchList } from '../../../cli/calendar/fetchList.js';
import { CommandFailure } from '../../../cli/failure.js';
import { serve, serveText, type ListServer } from './listServer.js';

let server: ListServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function failureOf(from: string, timeoutMs?: number): Promise<CommandFailure> {
  const reason: unknown = await fetchList(from, timeoutMs).catch((error: unknown) => error);
  if (reason instanceof CommandFailure) return reason;
  throw new Error(`${from} should have failed, not ${String(reason)}`);
}

const started = async (answer: RequestListener): Promise<string> => {
  server = await serve(answer);
  return server.url;
};

describe('fetching the official list', () => {
  it('gives the bytes and the address', async () => {
    server = await serveText('{"a":1}');
    const { bytes, url } = await fetchList(`${server.url}/list.json`);
    expect(Buffer.from(bytes).toString()).toBe('{"a":1}');
    expect(url).toBe(`${server.url}/list.json`);
  });

  it('follows a redirect on the same server', async () => {
    const url = await started((request, response) => {
      if (request.url === '/new') response.end('here');
      else response.writeHead(301, { location: '/new' }).end();
    });
    expect(Buffer.from((await fetchList(`${url}/old`)).bytes).toString()).toBe('here');
  });

  it('does not follow a redirect to another server', async () => {
    const url = await started((_, response) => response.writeHead(302, { location: 'https://example.org/x' }).end());
    const { message, exitCode } = await failureOf(url);
    expect(message).toContain('redirects to another server, https://example.org');
    expect(exitCode).toBe(1);
  });

  it('gives up on a server that redirects for ever', async () => {
    const url = await started((_, response) => response.writeHead(302, { location: '/again' }).end());
    expect((await failureOf(url)).message).toContain('redirects more than 3 times');
  });

  it.each([404, 500])('says so when the answer is %i', async (status) => {
    server = await serveText('no', status);
    const { message, exitCode } = await failureOf(server.url);
    expect(message).toContain(`it answered ${status}`);
    expect(exitCode).toBe(1);
  });

  it('stops at 1 MiB, however much is sent', async () => {
    const url = await started((_, response) => {
      const chunk = Buffer.alloc(64 * 1024, 32);
      const push = (): void => {
        if (!response.destroyed) response.write(chunk, () => setImmediate(push));
      };
      push();
    });
    const { message, exitCode } = await failureOf(url);
    expect(message).toContain('larger than 1 MiB');
    expect(exitCode).toBe(2);
  });

  it('gives up on a server that never comes to an end', async () => {
    const url = await started((_, response) => {
      response.write('{');
    });
    expect((await failureOf(url, 300)).message).toContain('no answer within 0.3 seconds');
  });

  it('says what is wrong and what to do when there is no server', async () => {
    server = await serveText('');
    const { url } = server;
    await server.close();
    const { message, exitCode } = await failureOf(url);
    expect(message).toContain('ECONNREFUSED');
    expect(message).toContain('Nothing was changed');
    expect(message).toContain('--from FILE');
    expect(exitCode).toBe(1);
  });

  it.each([
    ['http://www.gov.uk/bank-holidays.json', 'only fetched over https'],
    ['http://127.0.0.1.example.org/x', 'only fetched over https'],
    ['ftp://example.org/x', 'only fetched over https'],
    ['https://me:secret@example.org/x', 'leave user and password out'],
    ['https://', 'no address'],
  ])('refuses %s before asking anybody', async (from, reason) => {
    const { message, exitCode } = await failureOf(from);
    expect(message).toContain(reason);
    expect(message).not.toContain('secret');
    expect(exitCode).toBe(2);
  });

  it('reads a file, and refuses one that is missing or too large', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'leadtime-list-'));
    const file = path.join(folder, 'list.json');
    await writeFile(file, '{}');
    expect(await fetchList(file)).toEqual({ bytes: Buffer.from('{}') });
    await writeFile(file, Buffer.alloc(1024 * 1024 + 1, 32));
    expect((await failureOf(file)).message).toContain('larger than 1 MiB');
    expect((await failureOf(path.join(folder, 'none'))).message).toContain('ENOENT');
    await rm(folder, { recursive: true });
  });
});
