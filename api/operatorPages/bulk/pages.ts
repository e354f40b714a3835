/** Operations on many practices: all of them, and one with what came of each practice. */
import { randomUUID } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { bulkAnswer, bulkRowsAnswer, bulksAnswer } from '../../answers/bulk.js';
import { bulkRowStatuses } from '../../../rules/bulk/bulk.js';
import { sendPage } from '../../pages/render.js';
import { Refused } from '../desk.js';
import { requestIdOf } from '../orders/order.js';
import { operatorHtml } from '../shell.js';
import type { Visit } from '../visit.js';
import { liveBulk } from '../live/view.js';
import { listKinds } from './listKinds.js';
import { bulkHref, operationView, rowView, type Operation } from './view.js';

export const FRAME = { section: 'bulk' } as const;
const PAGE = 100;

/** `/operator/bulk`. */
export async function bulkListPage({ desk, signedIn }: Visit): Promise<string> {
  const { operations } = await desk.get('/bulk?limit=50', bulksAnswer);
  const kinds = listKinds.map(({ path: step, title }) => ({ title, href: `/operator/bulk/${step}` }));
  const view = { operations: operations.map(operationView), kinds, mayAsk: signedIn.role !== 'viewer' };
  return operatorHtml('bulkList', { signedIn, ...FRAME }, view);
}

const path = (bulkId: string): string => `/bulk/${encodeURIComponent(bulkId)}`;

const TITLES = { all: 'All', failed: 'Failed', done: 'Done', waiting: 'Waiting' } as const;
type Shown = keyof typeof TITLES;

/** Failures first: they are what somebody has to look at. */
function shownOf(asked: string | undefined, { failed }: Operation): Shown {
  const status = bulkRowStatuses.find((each) => each === asked);
  if (status !== undefined) return status;
  return asked === undefined && failed > 0 ? 'failed' : 'all';
}

const countOf = (operation: Operation, shown: Shown): number => (shown === 'all' ? operation.total : operation[shown]);

/** Of the last row on the page before. */
const afterOf = (text = ''): number => (/^\d{1,5}$/.test(text) ? Number(text) : 0);

async function operationHtml({ desk, params: { id }, query, signedIn }: Visit, note = ''): Promise<string> {
  const operation = await desk.get(path(id), bulkAnswer);
  const { bulkId, dryRun } = operation;
  const shown = shownOf(query['show'], operation);
  const after = afterOf(query['after']);
  const status = shown === 'all' ? '' : `&status=${shown}`;
  const rowsPath = `${path(bulkId)}/rows?after=${String(after)}&limit=${String(PAGE)}${status}`;
  const { rows } = await desk.get(rowsPath, bulkRowsAnswer);
  const last = rows.at(-1)?.row ?? 0;
  const hrefOf = (which: Shown, from = 0): string =>
    `${bulkHref(bulkId)}?show=${which}${from > 0 ? `&after=${String(from)}` : ''}`;
  const view = {
    live: liveBulk(operation),
    operation: operationView(operation),
    note,
    requestId: randomUUID(),
    mayAct: signedIn.role !== 'viewer',
    shown: TITLES[shown],
    rows: rows.map(rowView(dryRun)),
    tabs: (['failed', 'done', 'waiting', 'all'] as const).map((which) => ({
      title: `${TITLES[which]} (${String(countOf(operation, which))})`,
      href: hrefOf(which),
      isHere: which === shown,
    })),
    firstHref: after > 0 ? hrefOf(shown) : null,
    nextHref: rows.length === PAGE ? hrefOf(shown, last) : null,
  };
  return operatorHtml('bulk', { signedIn, ...FRAME }, view);
}

/** `/operator/bulk/:id`, with `?show=failed|done|waiting|all`. */
export const bulkPage = (visit: Visit): Promise<string> => operationHtml(visit);

/** What does not fit the operation any more is said on its page, which shows how it stands now. */
async function act(visit: Visit, what: 'repeat' | 'stop'): Promise<FastifyReply> {
  const { desk, params, typed, reply } = visit;
  try {
    const sent = { body: {}, requestId: requestIdOf(typed) };
    const { bulkId } = await desk.post(`${path(params.id)}/${what}`, sent, bulkAnswer);
    return await reply.redirect(bulkHref(bulkId), 303);
  } catch (error) {
    if (!(error instanceof Refused) || ![409, 503].includes(error.status)) throw error;
    return sendPage(reply, error.status, await operationHtml(visit, error.problem.detail));
  }
}

export const repeatBulk = (visit: Visit): Promise<FastifyReply> => act(visit, 'repeat');
export const stopBulk = (visit: Visit): Promise<FastifyReply> => act(visit, 'stop');
