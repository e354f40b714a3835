/** The portfolio: every migration by its next deadline, how it stands and why. */
import type { z } from 'zod';
import { phases } from '../../rules/migration/events.js';
import { listAnswer } from '../answers/migrations.js';
import type { FieldError, Typed } from '../pages/fields.js';
import type { SignedIn } from '../signIn/sessions.js';
import { Refused } from './desk.js';
import { viewLinks } from './portfolioViews.js';
import { operatorHtml } from './shell.js';
import type { Visit } from './visit.js';
import { phaseTitles, ratingTitles, shortDay, slackWords, suppliersWords, withShortDays } from './words.js';

type Answer = z.infer<typeof listAnswer>;
type Row = Answer['migrations'][number];

const PAGE = 50;
const MOST_PAGES = 1_000;

/** What can be asked for, as the API calls it. */
const FILTERS = [
  'search',
  'status',
  'rating',
  'overdue',
  'sourceSupplierId',
  'targetSupplierId',
  'instanceId',
  'icb',
  'owner',
  'delayHolder',
  'phase',
  'rehearsals',
] as const;

const STATUSES = { running: 'Running', completed: 'Completed', cancelled: 'Cancelled', all: 'All' } as const;

/** Those that run, unless others are asked for. */
const asked = (query: Typed): Record<string, string> => {
  const given = FILTERS.flatMap((name) => {
    const text = (query[name] ?? '').trim();
    return text === '' ? [] : [[name, text] as const];
  });
  return { status: 'running', ...Object.fromEntries(given) };
};

const pageNumber = ({ page = '1' }: Typed): number =>
  /^\d{1,4}$/.test(page) ? Math.min(Math.max(Number(page), 1), MOST_PAGES) : 1;

function apiQuery({ status = '', ...filters }: Record<string, string>, page: number): string {
  const wanted = { ...filters, ...(status !== 'all' && { status }) };
  return new URLSearchParams({ ...wanted, limit: String(PAGE), offset: String((page - 1) * PAGE) }).toString();
}

function rowView(row: Row): object {
  const { standing, phase, nextDeadlineOn, status } = row;
  return {
    href: `/operator/migrations/${encodeURIComponent(row.migrationId)}`,
    practiceName: row.practiceName,
    odsCode: row.odsCode,
    rehearsal: row.rehearsal,
    rating: (standing && ratingTitles[standing.rating]) ?? null,
    reason: withShortDays(standing?.reason ?? ''),
    due: shortDay(nextDeadlineOn),
    slack: slackWords(standing?.slackWorkingDays),
    phase: status === 'running' ? (phaseTitles[phase] ?? phase) : STATUSES[status],
    suppliers: suppliersWords(row),
    instance: row.instanceId ?? '',
    slipped: row.slipped,
    owner: row.owner ?? '',
  };
}

const option = (value: string, text: string, chosen = ''): object => ({ value, text, selected: value === chosen });

function choices(filters: Record<string, string>): object {
  const { status, rating, phase } = filters;
  return {
    status: Object.entries(STATUSES).map(([value, text]) => option(value, text, status)),
    rating: [
      option('', 'Any', rating),
      ...Object.entries(ratingTitles).map(([id, { title }]) => option(id, title, rating)),
    ],
    phase: [option('', 'Any', phase), ...phases.map((id) => option(id, phaseTitles[id] ?? id, phase))],
  };
}

function pages(filters: Record<string, string>, page: number, total: number): object {
  const hrefOf = (number: number): string => `?${new URLSearchParams({ ...filters, page: String(number) }).toString()}`;
  const last = Math.max(1, Math.ceil(total / PAGE));
  return {
    number: page,
    last,
    previousHref: page > 1 ? hrefOf(Math.min(page - 1, last)) : null,
    nextHref: page < last ? hrefOf(page + 1) : null,
    from: Math.min((page - 1) * PAGE + 1, total),
    to: Math.min(page * PAGE, total),
  };
}

/** A filter that the API does not take is named; nothing is listed then. */
function wrongFilters(error: unknown): FieldError[] {
  if (!(error instanceof Refused) || error.status !== 400) throw error;
  const { errors, detail } = error.problem;
  const named = errors.map(({ pointer = '', detail: what = '' }) => {
    const field = FILTERS.find((name) => pointer.endsWith(name));
    return { field: field ?? 'search', text: `${filterTitles[field ?? 'search'] ?? 'Search'}: ${what}` };
  });
  return named.length > 0 ? named : [{ field: 'search', text: detail }];
}

const filterTitles: Readonly<Record<string, string>> = {
  search: 'Search',
  sourceSupplierId: 'Present supplier',
  targetSupplierId: 'New supplier',
  instanceId: 'Shared instance',
  icb: 'ICB',
  owner: 'Operator',
  delayHolder: 'Holder of the delay',
};

/** Something beside the search is asked for: the filters are not folded away then. */
const hasMore = ({ search: _, ...filters }: Record<string, string>): boolean =>
  Object.keys(filters).length > 1 || filters['status'] !== 'running';

/** What was asked, and what came. */
interface Listed {
  filters: Record<string, string>;
  page: number;
  answer: Answer;
  errors?: FieldError[];
}

function listedHtml(signedIn: SignedIn, { filters, page, answer, errors = [] }: Listed): string {
  const { migrations, total } = answer;
  const isFiltered = Object.keys(filters).length > 1 || filters['status'] !== 'running';
  const views = viewLinks(signedIn.name, filters);
  const view = {
    rows: migrations.map(rowView),
    total,
    isFiltered,
    views,
    moreIsOpen: hasMore(filters) && views.every(({ isHere }) => !isHere),
    choices: choices(filters),
    pages: pages(filters, page, total),
  };
  return operatorHtml('portfolio', { signedIn, section: 'portfolio' }, view, { filters, errors });
}

/** The page over what the API has answered. */
export const portfolioHtml = (signedIn: SignedIn, query: Typed, answer: Answer): string =>
  listedHtml(signedIn, { filters: asked(query), page: pageNumber(query), answer });

const NONE: Answer = { migrations: [], total: 0 };

export async function portfolioPage({ desk, query, signedIn }: Visit): Promise<string> {
  const filters = asked(query);
  const page = pageNumber(query);
  try {
    const answer = await desk.get(`/migrations?${apiQuery(filters, page)}`, listAnswer);
    return portfolioHtml(signedIn, query, answer);
  } catch (error) {
    return listedHtml(signedIn, { filters, page, answer: NONE, errors: wrongFilters(error) });
  }
}
