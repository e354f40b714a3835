/** What the forms of a page have in common: shown, shown again with what is wrong, or answered. */
import { randomUUID } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { PageTask } from '../../rules/migration/page.js';
import type { Migrations, Outcome } from '../migrations.js';
import type { Confirmation, Saying } from './answers.js';
import type { OpenPage } from './door.js';
import { readRequestId, type FieldError, type Reading, type Typed } from './fields.js';
import { PageProblem } from './problem.js';
import { settle } from './refused.js';
import { renderPage, sendPage } from './render.js';
import { pageView, taskView } from './view.js';

/** A form that came back: what was typed, and where it came from. */
export interface Posted {
  opened: OpenPage;
  typed: Typed;
  reply: FastifyReply;
  migrations: Migrations;
  /** Looks at the page again. */
  reopen: () => Promise<OpenPage>;
}

type Template = 'task' | 'counts' | 'help';

/** A form as it is shown: new, or again. */
interface Shown {
  opened: OpenPage;
  view?: object;
  typed?: Typed;
  errors?: FieldError[];
}

/** An error by its field, for the text beside it. */
const byField = (errors: readonly FieldError[]): Record<string, string> =>
  Object.fromEntries(errors.map(({ field, text }) => [field, text]));

/** The id stays while the same form is typed again, so that sending it twice has one effect. */
export function formHtml(template: Template, { opened, view = {}, typed = {}, errors = [] }: Shown): string {
  const requestId = readRequestId(typed) ?? randomUUID();
  const said = { typed, requestId, errors, errorOf: byField(errors) };
  return renderPage(template, { page: pageView(opened), ...view }, said);
}

const refusedForms = { wrong: 400, rejected: 422 };

/** Of a form that nobody can have filled in by hand. */
const unreadable = ({ base }: OpenPage): PageProblem =>
  new PageProblem({ status: 400, template: 'unreadable', context: { base } });

export const errorsIn = (readings: readonly Reading<unknown>[]): FieldError[] =>
  readings.flatMap((reading) => (reading.ok ? [] : [reading.error]));

export function sayingOf({ opened, typed }: Posted, name: string): Saying {
  const requestId = readRequestId(typed);
  if (requestId === undefined) throw unreadable(opened);
  return { opened, name, requestId };
}

/** Sends the reader on, so that loading the page again sends nothing again. */
export function redirect({ opened, reply }: Posted, confirmation: Confirmation, milestoneId?: string): FastifyReply {
  const about = milestoneId === undefined ? '' : `?task=${encodeURIComponent(milestoneId)}`;
  return reply.redirect(`${opened.base}/confirmed/${confirmation}${about}`, 303);
}

export interface Form {
  template: Template;
  view?: object;
  milestoneId?: string;
}

/** Answers a form whose fields were right. @throws PageProblem */
export async function finish(posted: Posted, form: Form, outcome: Outcome<Confirmation>): Promise<FastifyReply> {
  const { opened, typed, reply } = posted;
  const settlement = settle(opened, outcome);
  if (settlement.kind === 'answered') return redirect(posted, settlement.answer, form.milestoneId);
  if (settlement.kind === 'settledBefore') return sendPage(reply, 409, await settledHtml(posted, form.milestoneId));
  // Refused means that nothing was recorded under the id: the next try is a new one.
  const { request: _, ...kept } = typed;
  return again(posted, form, { typed: kept, errors: [settlement.error], status: refusedForms.rejected });
}

function again(
  { opened, reply }: Posted,
  { template, view = {} }: Form,
  { typed, errors, status }: { typed: Typed; errors: FieldError[]; status: number },
): FastifyReply {
  return sendPage(reply, status, formHtml(template, { opened, view, typed, errors }));
}

export const wrong = (posted: Posted, form: Form, errors: FieldError[]): FastifyReply =>
  again(posted, form, { typed: posted.typed, errors, status: refusedForms.wrong });

export const inList = (tasks: readonly PageTask[], id: string): PageTask | undefined =>
  tasks.find(({ milestoneId }) => milestoneId === id);

/** A task that is not to do any more, as whoever comes late sees it. */
export function settledTaskHtml(opened: OpenPage, task: PageTask | undefined): string {
  return renderPage('settled', { page: pageView(opened), task: task === undefined ? null : taskView(opened, task) });
}

async function settledHtml({ reopen }: Posted, milestoneId = ''): Promise<string> {
  const opened = await reopen();
  return settledTaskHtml(opened, inList(opened.page.settled, milestoneId));
}
