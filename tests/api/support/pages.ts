import type { FastifyBaseLogger, InjectOptions } from 'fastify';
import type { RateLimits } from '../../../api/rateLimits.js';
import { addDays } from '../../../rules/calendar/day.js';
import { instantOf } from '../../../rules/calendar/clock.js';
import type { Day } from '../../../rules/calendar/day.js';
import type { MigrationPage, PageRole } from '../../../rules/migration/page.js';
import { pageOf } from '../../../rules/migration/page.js';
import type { MigrationState } from '../../../rules/migration/state.js';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { Story } from '../../support/story.js';
import { createPageMigrations, type PageMigrations } from './pageMigrations.js';
import { PUBLIC_URL, startTestServer, testLinks, type TestServer } from './testServer.js';
import { createPageLinks } from '../../../config/pageLinks.js';

/** The page of a role of the plain example on a day; nothing has happened but what the days bring. */
export function examplePage(role: PageRole = 'practiceManager', on: Day = '2026-11-23'): MigrationPage {
  const state = startedExample(exampleOrder('plain'));
  return pageOf(state, role, instantOf(state.plan.workingTime.clock, on));
}

/** The plain example as a day finds it: everything before has been sent, and nobody has answered. */
export const exampleStory = (on: Day = '2026-10-22'): Story =>
  new Story(startedExample(exampleOrder('plain'))).until(on);

export interface Shown {
  status: number;
  html: string;
  headers: Record<string, string | string[] | number | undefined>;
}

/** The real server over one migration that judges and applies, and the page of one of its readers. */
export class PageServer {
  private constructor(
    private readonly server: TestServer,
    readonly pages: PageMigrations,
    readonly base: string,
  ) {}

  static async start(
    story: Story,
    role: PageRole = 'practiceManager',
    { logger, limits = {} }: { logger?: FastifyBaseLogger; limits?: Partial<RateLimits> } = {},
  ): Promise<PageServer> {
    const pages = createPageMigrations(story.state, story.nowMs);
    const { migrations } = pages;
    const server = await startTestServer({ migrations, ...(logger && { logger }) }, limits);
    return new PageServer(server, pages, await linkFor(story.state, role));
  }

  async get(where = '', method: 'GET' | 'HEAD' = 'GET'): Promise<Shown> {
    return this.ask({ method, url: this.url(where) });
  }

  /** Asks for a whole address, with whatever method and headers a client may have. */
  async look(
    url: string,
    method: 'GET' | 'HEAD' | 'OPTIONS' | 'PUT' | 'PATCH' | 'DELETE',
    headers: Record<string, string> = {},
  ): Promise<Shown> {
    return this.ask({ method, url, headers });
  }

  /** Something else than a page. */
  async asset(url: string): Promise<Shown> {
    return this.ask({ method: 'GET', url });
  }

  /** Posts a form as a browser does. */
  async post(where: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Shown> {
    const payload = new URLSearchParams(fields).toString();
    return this.ask({
      method: 'POST',
      url: this.url(where),
      payload,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
  }

  /** The id that the form was shown with. */
  async requestId(where: string): Promise<string> {
    const { html } = await this.get(where);
    const [, id] = /name="request" value="([^"]+)"/.exec(html) ?? [];
    if (id === undefined) throw new Error(`no form at ${where}: ${html}`);
    return id;
  }

  /** Opens a form and sends it filled in. */
  async fillIn(where: string, fields: Record<string, string>): Promise<Shown> {
    return this.post(where, { request: await this.requestId(where), ...fields });
  }

  /** For a browser: the address of the page, on a free port of this machine. */
  async listen(): Promise<string> {
    const origin = await this.server.app.listen({ host: '127.0.0.1', port: 0 });
    return `${origin}${this.base}`;
  }

  close(): Promise<void> {
    return this.server.app.close();
  }

  /** An address beneath the page, or a whole path. */
  private url(where: string): string {
    return where.startsWith('/p/') ? where : `${this.base}${where}`;
  }

  private async ask(request: InjectOptions): Promise<Shown> {
    const { statusCode, body, headers } = await this.server.app.inject(request);
    return { status: statusCode, html: body, headers };
  }
}

/** `/p/TOKEN`, as a mail of today would have it. */
export async function linkFor(
  { migrationId, linkGenerations = {} }: MigrationState,
  role: PageRole,
  { madeOn = addDays(new Date().toISOString().slice(0, 10), -1), generation = linkGenerations[role] ?? 0 } = {},
): Promise<string> {
  const { url } = await createPageLinks(testLinks, PUBLIC_URL)({ migrationId, role, generation }, madeOn);
  return url.slice(PUBLIC_URL.length);
}
