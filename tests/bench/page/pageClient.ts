/** Somebody who looks at the portfolio's first page over one connection that is kept open, as a browser does. */
import http from 'node:http';
import { brotliDecompressSync } from 'node:zlib';

export interface PageClient {
  /** Asks for the page and waits until all of it is there. @returns its bytes as they came, compressed */
  ask(): Promise<Buffer>;
  close(): Promise<void>;
}

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

type Send = (path: string, headers?: Record<string, string>, form?: string) => Promise<Answer>;

const sender =
  (url: string, agent: http.Agent): Send =>
  (path, headers = {}, form) =>
    new Promise((resolve, reject) => {
      const type = form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
      const options = { agent, method: form === undefined ? 'GET' : 'POST', headers: { ...headers, ...type } };
      const request = http.request(`${url}${path}`, options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
        );
      });
      request.on('error', reject);
      request.end(form);
    });

const cookiesOf = ({ headers }: Answer): string =>
  (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0] ?? '').join('; ');

/** Signs in with a link that works once. @returns the session's cookie */
async function signIn(send: Send, url: string, token: string): Promise<string> {
  const made = await fetch(`${url}/api/sign-in-links`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Ann Bell', role: 'operator', by: 'bench' }),
  });
  const link = new URL(((await made.json()) as { url: string }).url).pathname;
  const cookie = cookiesOf(await send(link));
  const { body } = await send('/sign-in/confirm', { cookie });
  const [, csrf = ''] = /name="csrf" value="([^"]+)"/.exec(body.toString()) ?? [];
  return cookiesOf(await send('/sign-in/confirm', { cookie }, new URLSearchParams({ csrf }).toString()));
}

export async function pageClient(url: string, token: string): Promise<PageClient> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const send = sender(url, agent);
  const cookie = await signIn(send, url, token);
  const ask = async (): Promise<Buffer> => {
    const { status, body } = await send('/operator', { cookie, 'accept-encoding': 'br' });
    if (status !== 200) throw new Error(`The portfolio answered ${status}.`);
    return body;
  };
  return { ask, close: async () => agent.destroy() };
}

/** The ids of the migrations that a page links to, in order. */
export const migrationIdsIn = (page: Buffer): string[] =>
  [
    ...brotliDecompressSync(page)
      .toString()
      .matchAll(/href="\/operator\/migrations\/([^"]+)"/g),
  ].map(([, id = '']) => id);
