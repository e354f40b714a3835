import type { FastifyInstance } from 'fastify';
import { call } from './testServer.js';

export interface Seen {
  status: number;
  html: string;
  location: string | undefined;
  headers: Record<string, string | string[] | number | undefined>;
}

/** A browser without a window: keeps cookies, follows nothing by itself, and says where its forms come from. */
export class Visitor {
  readonly cookies = new Map<string, string>();

  constructor(readonly app: FastifyInstance) {}

  get(url: string, headers: Record<string, string> = {}): Promise<Seen> {
    return this.ask({ method: 'GET', url, headers });
  }

  post(url: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Seen> {
    const form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
    const payload = new URLSearchParams(fields).toString();
    return this.ask({ method: 'POST', url, headers: { ...form, ...headers }, payload });
  }

  /** Signs in with a link that was made for it. */
  async signIn(name = 'Ann Bell', role = 'operator'): Promise<this> {
    const { pathname } = new URL(await linkFor(this.app, name, role));
    await this.get(pathname);
    const { html } = await this.get('/sign-in/confirm');
    await this.post('/sign-in/confirm', { csrf: csrfIn(html) });
    return this;
  }

  /** The cookies as a request carries them. */
  header(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private async ask(request: {
    method: 'GET' | 'POST';
    url: string;
    headers: Record<string, string>;
    payload?: string;
  }): Promise<Seen> {
    const headers = { ...(this.cookies.size > 0 && { cookie: this.header() }), ...request.headers };
    const response = await this.app.inject({ ...request, headers });
    for (const { name, value } of response.cookies)
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    const { statusCode, body } = response;
    const { location } = response.headers;
    return { status: statusCode, html: body, headers: response.headers, location };
  }
}

/** A fresh link that signs somebody in. */
export async function linkFor(app: FastifyInstance, name = 'Ann Bell', role = 'operator'): Promise<string> {
  const { body } = await call(app, 'POST', '/api/sign-in-links', { name, role, by: 'root' });
  return String(body['url']);
}

/** The token of the first form on a page. */
export function csrfIn(html: string): string {
  const [, token] = /name="csrf" value="([^"]+)"/.exec(html) ?? [];
  if (token === undefined) throw new Error(`no token in ${html}`);
  return token;
}
