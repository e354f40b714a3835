/** An order by a form: the fields of one practice, and a template for what is the same for all of them. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyReply } from 'fastify';
import { projectFolder } from '../../../config/project.js';
import { importAnswer } from '../../answers/orders.js';
import type { FieldError, Typed } from '../../pages/fields.js';
import { sendPage } from '../../pages/render.js';
import { Refused } from '../desk.js';
import { operatorHtml } from '../shell.js';
import type { Visit } from '../visit.js';
import { fieldName, formFields, trackerOf } from './formFields.js';
import { problemWords, requestIdOf, wordsOfRefusal } from './order.js';
import { lookAtOrder } from './startPages.js';

const FRAME = { section: 'start' } as const;

const exampleTemplate = (): Promise<string> =>
  readFile(path.join(projectFolder, 'examples/tracker/template.yaml'), 'utf8');

function formHtml({ signedIn, typed }: Visit, errors: readonly FieldError[] = []): string {
  const errorOf = Object.fromEntries(errors.map(({ field, text }) => [field, text]));
  const fields = formFields.map((field) => ({ ...field, hint: field.hint ?? null, name: fieldName(field.header) }));
  const view = { fields, errors, errorOf, requestId: requestIdOf(typed) };
  return operatorHtml('startForm', { signedIn, ...FRAME }, view, { typed: { ...typed } });
}

/** `/operator/start/form`; with `?example=template` the example's template is filled in. */
export async function orderFormPage(visit: Visit): Promise<string> {
  if (visit.query['example'] !== 'template') return formHtml(visit);
  return formHtml({ ...visit, typed: { ...visit.typed, template: await exampleTemplate() } });
}

/** Beside the field that it is about; what is wrong with the template, at the template. */
function errorOf(problem: { file: string; field: string; what: string; fix: string }): FieldError {
  const { file, field, what, fix } = problem;
  const words = [what, fix].filter((text) => text !== '').join('; ');
  const named = formFields.find(({ header }) => header === field || field.startsWith(`${header}:`));
  if (file === 'tracker' && named !== undefined)
    return { field: fieldName(named.header), text: `${named.label}: ${words}` };
  return { field: 'template', text: problemWords(problem) };
}

/** Of the first fault of each field. */
const oncePerField = (errors: readonly FieldError[]): FieldError[] =>
  [...new Map(errors.toReversed().map((error) => [error.field, error])).values()].toReversed();

async function orderIn({ desk, typed }: Visit): Promise<string | FieldError[]> {
  const { template = '' } = typed;
  if (template.trim() === '')
    return [{ field: 'template', text: 'Enter the template: what is the same for every practice' }];
  const body = { tracker: trackerOf(typed), template };
  try {
    const sent = { body, requestId: requestIdOf({}) };
    const { orders, problems } = await desk.post('/orders/import', sent, importAnswer);
    return orders[0]?.text ?? oncePerField(problems.map(errorOf));
  } catch (error) {
    if (!(error instanceof Refused) || ![400, 413, 422].includes(error.status)) throw error;
    return wordsOfRefusal(error).map((text) => ({ field: 'template', text }));
  }
}

/** The plan of what was typed. Nothing is started. */
export async function lookAtForm(visit: Visit): Promise<FastifyReply> {
  const order = await orderIn(visit);
  if (typeof order !== 'string') return sendPage(visit.reply, 400, formHtml(visit, order));
  const typed: Typed = { order, request: visit.typed['request'] ?? '' };
  return lookAtOrder({ ...visit, typed });
}
