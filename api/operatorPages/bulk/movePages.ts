/** Moving the days of many practices by a list: looked at first, and then done. */
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { bulkAnswer, bulkRowsAnswer } from '../../answers/bulk.js';
import { sendPage } from '../../pages/render.js';
import { Refused } from '../desk.js';
import { requestIdOf } from '../orders/order.js';
import { operatorHtml } from '../shell.js';
import type { Visit } from '../visit.js';
import { LIST_FIELDS, listIn, readList, type ListProblem } from './list.js';
import { FRAME } from './pages.js';
import { bulkHref, hasEnded, operationView, rowView, type Operation } from './view.js';

/** So many faults are shown beside their lines; with more, the file is another than was meant. */
const MOST_PROBLEMS = 200;
const MOST_ROWS = 100;

/** What a look shows at once; a long list takes longer, and can be looked at again. */
const PATIENCE_MS = 4_000;
const LOOK_EVERY_MS = 100;

const keptOf = (visit: Visit): Record<string, string> => ({
  ...Object.fromEntries(LIST_FIELDS.map((name) => [name, visit.typed[name] ?? ''])),
  list: listIn(visit.typed),
});

function formHtml(visit: Visit, problems: readonly ListProblem[] = []): string {
  const view = {
    problems: problems.slice(0, MOST_PROBLEMS),
    more: Math.max(problems.length - MOST_PROBLEMS, 0),
    requestId: requestIdOf(visit.typed),
  };
  return operatorHtml('bulkMove', { signedIn: visit.signedIn, ...FRAME }, view, { typed: keptOf(visit) });
}

/** `/operator/bulk/move`. */
export const bulkMovePage = (visit: Visit): string => formHtml(visit);

/** Back to the form, with what was typed. */
export const changeList = async (visit: Visit): Promise<FastifyReply> => sendPage(visit.reply, 200, formHtml(visit));

/** Words of the API, which has looked at the list as a whole. */
const refusalOf = ({ problem: { errors, detail } }: Refused): ListProblem[] => {
  const words = errors.map(({ pointer = '', detail: what = '' }) => `${pointer} ${what}`.trim());
  return (words.length > 0 ? words : [detail]).map((what) => ({ line: 1, text: '', what }));
};

const ask = (visit: Visit, rows: object[], dryRun: boolean): Promise<Operation> =>
  visit.desk.post('/bulk', { body: { dryRun, redate: rows }, requestId: requestIdOf(visit.typed) }, bulkAnswer);

/** @param then what is shown once the list is taken */
async function withList(visit: Visit, then: (rows: object[]) => Promise<FastifyReply>): Promise<FastifyReply> {
  const reading = readList(visit.typed);
  if (!reading.ok) return sendPage(visit.reply, 400, formHtml(visit, reading.problems));
  try {
    return await then(reading.rows);
  } catch (error) {
    if (!(error instanceof Refused) || ![400, 413, 422].includes(error.status)) throw error;
    return sendPage(visit.reply, error.status, formHtml(visit, refusalOf(error)));
  }
}

async function followed({ desk }: Visit, operation: Operation): Promise<Operation> {
  const untilMs = Date.now() + PATIENCE_MS;
  let last = operation;
  while (!hasEnded(last) && Date.now() < untilMs) {
    await pause(LOOK_EVERY_MS);
    last = await desk.get(`/bulk/${operation.bulkId}`, bulkAnswer);
  }
  return last;
}

async function lookedHtml(visit: Visit, operation: Operation): Promise<string> {
  const { desk, signedIn, typed } = visit;
  const { bulkId, failed } = operation;
  const status = failed > 0 ? '&status=failed' : '';
  const { rows } = await desk.get(`/bulk/${bulkId}/rows?limit=${String(MOST_ROWS)}${status}`, bulkRowsAnswer);
  const view = {
    operation: operationView(operation),
    rows: rows.map(rowView(true)),
    isCut: rows.length < (failed > 0 ? failed : operation.total),
    allHref: `${bulkHref(bulkId)}?show=all`,
    requestId: requestIdOf(typed),
  };
  return operatorHtml('bulkLooked', { signedIn, ...FRAME }, view, { typed: keptOf(visit) });
}

/** Asks every migration what would happen. The same form looks at the same operation again. */
export const lookAtList = (visit: Visit): Promise<FastifyReply> =>
  withList(visit, async (rows) => {
    const operation = await followed(visit, await ask(visit, rows, true));
    return sendPage(visit.reply, 200, await lookedHtml(visit, operation));
  });

/** Moves the days; the same form sent twice moves them once. */
export const moveByList = (visit: Visit): Promise<FastifyReply> =>
  withList(visit, async (rows) => visit.reply.redirect(bulkHref((await ask(visit, rows, false)).bulkId), 303));
