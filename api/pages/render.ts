/** From a view to HTML. Templates: config/pages, on top of the NHS design system's. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyReply } from 'fastify';
import nunjucks from 'nunjucks';
import { packTemplatesFolder } from '../../config/pack/folder.js';
import { pageTemplatesFolder } from '../../config/pages/folder.js';
import { harmless } from '../../rules/text/harmless.js';
import type { PageProblemFields } from './problem.js';

/** The folder that the design system's own templates call `nhsuk/…`. */
export const designSystemFolder = path.join(
  path.dirname(fileURLToPath(import.meta.resolve('nhsuk-frontend/package.json'))),
  'dist',
);

const environment = new nunjucks.Environment(
  // The words for patients are the pack's: its templates are called `pack/…`.
  new nunjucks.FileSystemLoader([pageTemplatesFolder, path.dirname(packTemplatesFolder), designSystemFolder]),
  // The design system's templates ask for options that nobody gave.
  { autoescape: true, trimBlocks: true, lstripBlocks: true },
);

/**
 * Renders a template of `config/pages`.
 *
 * @param view made harmless: texts of orders and people lose control characters
 * @param typed shown again as it was typed, escaped
 */
export function renderPage(template: string, view: object, typed: object = {}): string {
  return environment.render(`${template}.njk`, Object.assign({}, harmless(view), typed)).trim();
}

/** Answers with a page. */
export const sendPage = (reply: FastifyReply, status: number, html: string): FastifyReply =>
  reply.code(status).type('text/html; charset=utf-8').send(html);

/** Answers with a page that says no. @param typed what was typed, where it is kept */
export const sendPageProblem = (
  reply: FastifyReply,
  { status, template, context = {}, headers = {} }: PageProblemFields,
  typed: object = {},
): FastifyReply => sendPage(reply.headers(headers), status, renderPage(template, context, typed));
