import formbody from '@fastify/formbody';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FeedLinks } from '../../config/feedLinks.js';
import { ApiProblem } from '../problem.js';
import type { RateChecks } from '../rateLimits.js';
import { calendarPage } from './calendarPage.js';
import { confirmations, type Confirmation } from './answers.js';
import { openPage, readLink, type DoorDependencies, type OpenPage } from './door.js';
import { typedOf } from './fields.js';
import { countsPage, takeCounts } from './countsForm.js';
import type { Posted } from './form.js';
import { helpPage, takeHelp } from './helpForm.js';
import { takeTask, taskPage } from './taskForm.js';
import { notHere, PageProblem, type PageProblemFields } from './problem.js';
import { closedPage } from './refused.js';
import { privatePageHeaders } from './headers.js';
import { renderPage, sendPage, sendPageProblem } from './render.js';
import { planSheet, posterPage } from './sheets.js';
import { pageView, taskView } from './view.js';

/** Far more than any form of ours holds. */
const MAX_FORM_BYTES = 32 * 1024;

export interface PageDependencies extends DoorDependencies {
  rateChecks: Pick<RateChecks, 'perAddress' | 'perLink'>;
  feedLinks: Pick<FeedLinks, 'linkOf'>;
}

interface Route {
  Params: { token: string; milestone: string; what: string; site: string };
  Querystring: { task?: string | string[] };
}

type PageRequest = FastifyRequest<Route>;

const askedTask = ({ query }: PageRequest): string => [query.task ?? ''].flat()[0] ?? '';

const isConfirmation = (text: string): text is Confirmation => confirmations.some((each) => each === text);

function confirmedPage(opened: OpenPage, request: PageRequest): string {
  const { what } = request.params;
  if (!isConfirmation(what)) throw notHere(opened.base);
  const { tasks, settled } = opened.page;
  const task = [...tasks, ...settled].find(({ milestoneId }) => milestoneId === askedTask(request));
  const view = { page: pageView(opened), task: task === undefined ? null : taskView(opened, task) };
  return renderPage('confirmed', view, { what });
}

/** The page that an error is. Nothing of an unexpected one leaves the house. */
function problemOf(error: FastifyError | ApiProblem | PageProblem): PageProblemFields | undefined {
  if (error instanceof PageProblem) return error.fields;
  if (error instanceof ApiProblem)
    return { status: error.fields.status, template: 'busy', headers: error.fields.headers ?? {} };
  if (typeof error.code !== 'string' || !error.code.startsWith('FST_')) return undefined;
  if (error.statusCode === 413) return { status: 413, template: 'tooLarge' };
  const { statusCode = 500 } = error;
  return statusCode < 500 ? { status: statusCode, template: 'unreadable', context: { base: '' } } : undefined;
}

/** What was typed goes along with a page that asks to try again. */
const keptOf = ({ method, url, body }: FastifyRequest): object => ({
  retry: method === 'POST' ? { url, typed: Object.entries(typedOf(body)) } : null,
});

function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const known = problemOf(error);
    if (known === undefined) request.log.error({ err: error }, 'page failed');
    return sendPageProblem(reply, known ?? { status: 500, template: 'broken' }, keptOf(request));
  });
  app.setNotFoundHandler((_request, reply) => sendPageProblem(reply, notHere('').fields));
}

type Show = (opened: OpenPage, request: PageRequest) => string | Promise<string>;
type Take = (posted: Posted, request: PageRequest) => Promise<FastifyReply>;

/** Looking changes nothing, however often and whoever looks; only what is posted does. */
function registerRoutes(app: FastifyInstance, deps: PageDependencies): void {
  const open = async (request: PageRequest, counted = true): Promise<OpenPage> => {
    const { token } = request.params;
    const knock = await readLink(deps, token);
    const { migrationId, role } = knock.scope;
    if (counted) await deps.rateChecks.perLink(request, `${migrationId}/${role}`);
    return openPage(deps, token, knock);
  };
  const get = (where: string, show: Show): void => {
    app.get<Route>(where, async (request, reply) => {
      const opened = await open(request);
      if (opened.page.status !== 'running') throw closedPage(opened, 200);
      return sendPage(reply, 200, await show(opened, request));
    });
  };
  const form = (where: string, show: Show, take: Take): void => {
    get(where, show);
    app.post<Route>(where, { bodyLimit: MAX_FORM_BYTES }, async (request, reply) => {
      const opened = await open(request);
      if (opened.page.status !== 'running') throw closedPage(opened, 409);
      const { migrations } = deps;
      const reopen = () => open(request, false);
      return take({ opened, typed: typedOf(request.body), reply, migrations, reopen }, request);
    });
  };
  get('/:token', (opened) => renderPage('home', { page: pageView(opened) }));
  get('/:token/confirmed/:what', confirmedPage);
  get('/:token/plan', planSheet);
  get('/:token/posters/:site', (opened, { params }) => posterPage(opened, params.site));
  get('/:token/calendar', (opened) => calendarPage(opened, deps.feedLinks));
  form(
    '/:token/tasks/:milestone',
    (opened, { params }) => taskPage(opened, params.milestone),
    (posted, { params }) => takeTask(posted, params.milestone),
  );
  form('/:token/counts', countsPage, takeCounts);
  form('/:token/help', (opened, request) => helpPage(opened, askedTask(request)), takeHelp);
}

/**
 * `/p/TOKEN`: the page of one reader of one migration, and its forms.
 *
 * The token in the address is all that opens it. There are no cookies, so there is nothing that another site could ride on.
 */
export const pageRoutes =
  (deps: PageDependencies) =>
  async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers();
    await app.register(formbody, { bodyLimit: MAX_FORM_BYTES });
    app.addHook('onRoute', (route) => {
      route.schema = { ...route.schema, hide: true };
    });
    app.addHook('onRequest', async (request, reply) => {
      reply.headers(privatePageHeaders);
      await deps.rateChecks.perAddress(request, request.ip);
    });
    handleErrors(app);
    registerRoutes(app, deps);
  };
