/** Opens the page that a link is for, or says why not. */
import type { LinkReading, LinkScope, Links } from '../../config/links.js';
import type { MigrationPage } from '../../rules/migration/page.js';
import { parseMigrationId } from '../../workflows/migration/ids.js';
import type { Migrations } from '../migrations.js';
import { PageProblem, unavailablePage } from './problem.js';

/** A page that somebody has the right to see. */
export interface OpenPage {
  /** `/p/TOKEN`: where its addresses begin. */
  base: string;
  scope: LinkScope;
  page: MigrationPage;
}

export interface DoorDependencies {
  links: Links;
  migrations: Migrations;
  nowMs: () => number;
}

/** Read, and not yet judged by the migration. */
export type Knock = Exclude<LinkReading, { kind: 'invalid' }>;

/** What a token is made of; it is written into addresses. */
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** @throws PageProblem 403 */
export async function readLink({ links, nowMs }: DoorDependencies, token: string): Promise<Knock> {
  const reading: LinkReading = TOKEN.test(token) ? await links.read(token, nowMs()) : { kind: 'invalid' };
  if (reading.kind === 'invalid') throw new PageProblem({ status: 403, template: 'badLink' });
  return reading;
}

const ended = (why: 'expired' | 'revoked', page?: MigrationPage): PageProblem =>
  new PageProblem({ status: 410, template: 'endedLink', context: { why, csu: page?.csu ?? null } });

async function pageOf({ migrations }: DoorDependencies, { migrationId, role }: LinkScope): Promise<MigrationPage> {
  const outcome = await migrations.page({ migrationId }, role);
  if (outcome.kind === 'unavailable') throw unavailablePage();
  if (outcome.kind === 'answered' && outcome.answer !== undefined) return outcome.answer;
  throw new PageProblem({ status: 410, template: 'gone' });
}

/** Of an expired link only whom to ask is told; where that cannot be found out, that it has expired. */
async function pageOfExpired(deps: DoorDependencies, scope: LinkScope): Promise<MigrationPage | undefined> {
  try {
    return await pageOf(deps, scope);
  } catch (error) {
    if (error instanceof PageProblem) return undefined;
    throw error;
  }
}

const endOf = (day: string): number => Date.parse(`${day}T23:59:59Z`);

/**
 * Links end by the calendar. A rehearsal has a calendar of its own, in which days pass in seconds, and may lie in the past: its
 * links end once both calendars have passed the day.
 */
async function worksByItsOwnDays(deps: DoorDependencies, token: string, page: MigrationPage): Promise<boolean> {
  if (!parseMigrationId(page.migrationId)?.rehearsal) return false;
  return (await deps.links.read(token, endOf(page.today))).kind === 'valid';
}

/** Opens the page of a link that has been read. @throws PageProblem 410 or 503 */
export async function openPage(deps: DoorDependencies, token: string, { kind, scope }: Knock): Promise<OpenPage> {
  const page = kind === 'expired' ? await pageOfExpired(deps, scope) : await pageOf(deps, scope);
  if (page === undefined || (kind === 'expired' && !(await worksByItsOwnDays(deps, token, page))))
    throw ended('expired', page);
  if (scope.generation < page.linkGeneration) throw ended('revoked', page);
  return { base: `/p/${token}`, scope, page };
}
