/** What all pages for operators have in common: headers, errors as pages, and the frame around them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import formbody from '@fastify/formbody';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { pageTemplatesFolder } from '../../config/pages/folder.js';
import { designSystemStyles } from '../pages/assets.js';
import { operatorPageHeaders } from '../pages/headers.js';
import { renderPage, sendPage } from '../pages/render.js';
import { csrfToken } from '../signIn/csrf.js';
import type { SignedIn } from '../signIn/sessions.js';
import { brokenPage, nothingHere, pageProblemOf, type PageProblemFields } from './problem.js';

/** Far more than any form of ours holds, but for files. */
const MAX_FORM_BYTES = 64 * 1024;

/** Another after each change of style sheets and script: browsers keep them for a day. */
const assetVersion = createHash('sha256')
  .update(designSystemStyles())
  .update(readFileSync(path.join(pageTemplatesFolder, 'assets/pages.css')))
  .update(readFileSync(path.join(pageTemplatesFolder, 'assets/live.js')))
  .digest('hex')
  .slice(0, 12);

/** The parts of the navigation. */
export type Section = 'portfolio' | 'ringList' | 'suppliers' | 'start' | 'bulk';

/** The frame around a page. */
export interface Frame {
  signedIn?: SignedIn;
  section?: Section;
}

/** Ready for the templates: who is signed in, and the token for the forms. */
const frameView = ({ signedIn, section }: Frame): object => ({
  section: section ?? null,
  assets: assetVersion,
  signedIn: signedIn === undefined ? null : { name: signedIn.name, role: signedIn.role },
  csrf: signedIn === undefined ? null : csrfToken(signedIn.csrfSecret),
});

/**
 * Renders a template of `config/pages/operator`.
 *
 * @param view made harmless: texts of orders and people lose control characters
 * @param typed shown again as it was typed, escaped
 */
export const operatorHtml = (template: string, frame: Frame, view: object = {}, typed: object = {}): string =>
  renderPage(`operator/${template}`, { ...view, frame: frameView(frame) }, typed);

/** Answers with a page that says no. */
export const sendProblemPage = (reply: FastifyReply, fields: PageProblemFields, frame: Frame = {}): FastifyReply =>
  sendPage(
    reply.headers({ ...fields.headers }),
    fields.status,
    operatorHtml('problem', frame, { problem: { link: null, ...fields } }),
  );

/** Makes a scope one of pages: forms are read, errors are pages, nothing is in the API's description. */
export async function usePages(app: FastifyInstance): Promise<void> {
  app.removeAllContentTypeParsers();
  await app.register(formbody, { bodyLimit: MAX_FORM_BYTES });
  app.addHook('onRoute', (route) => {
    route.schema = { ...route.schema, hide: true };
  });
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(operatorPageHeaders);
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const known = pageProblemOf(error);
    if (known === undefined) request.log.error({ err: error }, 'page failed');
    return sendProblemPage(reply, known ?? brokenPage);
  });
  app.setNotFoundHandler((_request, reply) => sendProblemPage(reply, nothingHere));
}
