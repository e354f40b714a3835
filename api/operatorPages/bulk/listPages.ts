/** Something done to many practices by a list: looked at first, and then done. */
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { bulkAnswer, bulkRowsAnswer } from '../../answers/bulk.js';
import { listAnswer } from '../../answers/migrations.js';
import { sendPage } from '../../pages/render.js';
import type { Desk } from '../desk.js';
import { requestIdOf } from '../orders/order.js';
import { operatorHtml } from '../shell.js';
import type { Show, Take, Visit } from '../visit.js';
import type { ListKind } from './listKinds.js';
import { FRAME } from './pages.js';
import { isOfTheList, listIn, problemsOf, readList, type ListProblem } from './readList.js';
import { bulkHref, hasEnded, operationView, rowView, type Operation } from './view.js';

/** So many faults are shown beside their lines; with more, the file is another than was meant. */
const MOST_PROBLEMS = 200;
const MOST_ROWS = 100;

/** What a look shows at once; a long list takes longer, and can be looked at again. */
const PATIENCE_MS = 4_000;
const LOOK_EVERY_MS = 100;

/** What is sent on from page to page. */
const keptOf = ({ extras }: ListKind, typed: Visit['typed']): Record<string, string> => ({
  ...Object.fromEntries(extras.map(({ name }) => [name, typed[name] ?? ''])),
  list: listIn(typed),
});

const hrefOf = ({ path }: ListKind): string => `/operator/bulk/${path}`;

/** What a kind's pages have in common. */
const kindView = (kind: ListKind) => {
  const { title, intro, sample, hint, would, extras, fill } = kind;
  return { title, intro, sample, hint, would, extras, fill: fill ?? null, href: hrefOf(kind) };
};

function formHtml(kind: ListKind, visit: Visit, problems: readonly ListProblem[] = []): string {
  const view = {
    kind: kindView(kind),
    problems: problems.slice(0, MOST_PROBLEMS),
    more: Math.max(problems.length - MOST_PROBLEMS, 0),
    requestId: requestIdOf(visit.typed),
  };
  const typed = keptOf(kind, visit.typed);
  return operatorHtml('bulkForm', { signedIn: visit.signedIn, ...FRAME }, view, { typed });
}

const PAGE = 1_000;
const MOST_FILLED = 10_000;

/** Every running practice, one on each line. */
async function filled(desk: Desk): Promise<string> {
  const codes: string[] = [];
  for (let total = 1; codes.length < Math.min(total, MOST_FILLED);) {
    const query = `status=running&limit=${String(PAGE)}&offset=${String(codes.length)}`;
    const answer = await desk.get(`/migrations?${query}`, listAnswer);
    if (answer.migrations.length === 0) break;
    codes.push(...answer.migrations.map(({ odsCode }) => odsCode));
    total = answer.total;
  }
  return ['practice', ...new Set(codes)].join('\n');
}

/** `/operator/bulk/KIND`; with `?fill=running` the list is filled in. */
export const listForm =
  (kind: ListKind): Show =>
  async (visit) => {
    if (kind.fill === undefined || visit.query['fill'] !== 'running') return formHtml(kind, visit);
    return formHtml(kind, { ...visit, typed: { ...visit.typed, list: await filled(visit.desk) } });
  };

/** Back to the form, with what was typed. */
export const changeList =
  (kind: ListKind): Take =>
  async (visit) =>
    sendPage(visit.reply, 200, formHtml(kind, visit));

const ask = ({ desk, typed }: Visit, body: object, dryRun: boolean): Promise<Operation> =>
  desk.post('/bulk', { body: { dryRun, ...body }, requestId: requestIdOf(typed) }, bulkAnswer);

/** @param then what is shown once the list is taken */
async function withList(
  kind: ListKind,
  visit: Visit,
  then: (body: object) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const reading = await readList(kind, visit);
  if (!reading.ok) return sendPage(visit.reply, reading.status, formHtml(kind, visit, reading.problems));
  try {
    return await then(reading.body);
  } catch (error) {
    if (!isOfTheList(error)) throw error;
    return sendPage(visit.reply, error.status, formHtml(kind, visit, problemsOf(error, visit.typed)));
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

async function lookedHtml(kind: ListKind, visit: Visit, operation: Operation): Promise<string> {
  const { desk, signedIn, typed } = visit;
  const { bulkId, failed } = operation;
  const status = failed > 0 ? '&status=failed' : '';
  const { rows } = await desk.get(`/bulk/${bulkId}/rows?limit=${String(MOST_ROWS)}${status}`, bulkRowsAnswer);
  const view = {
    kind: kindView(kind),
    operation: operationView(operation),
    doIt: kind.doIt(operation.done),
    rows: rows.map(rowView(true)),
    isCut: rows.length < (failed > 0 ? failed : operation.total),
    allHref: `${bulkHref(bulkId)}?show=all`,
    requestId: requestIdOf(typed),
  };
  return operatorHtml('bulkLooked', { signedIn, ...FRAME }, view, { typed: keptOf(kind, typed) });
}

/** Asks every migration what would happen. The same form looks at the same operation again. */
export const lookAtList =
  (kind: ListKind): Take =>
  (visit) =>
    withList(kind, visit, async (body) => {
      const operation = await followed(visit, await ask(visit, body, true));
      return sendPage(visit.reply, 200, await lookedHtml(kind, visit, operation));
    });

/** Does it; the same form sent twice does it once. */
export const doByList =
  (kind: ListKind): Take =>
  (visit) =>
    withList(kind, visit, async (body) => visit.reply.redirect(bulkHref((await ask(visit, body, false)).bulkId), 303));
