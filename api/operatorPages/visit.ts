/** Somebody who is signed in and asks for a page, or sends a form. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { typedOf, type Typed } from '../pages/fields.js';
import { sendPage } from '../pages/render.js';
import { CSRF_FIELD, isCsrfToken, isFromOurPages } from '../signIn/csrf.js';
import type { SignedIn } from '../signIn/sessions.js';
import { signedInBy, type SignIn } from '../signIn/signIn.js';
import { deskOf, pageOfRefusal, Refused, type Desk } from './desk.js';
import { OperatorPageProblem } from './problem.js';
import { keptHtml } from './kept.js';

/** What the addresses beneath `/operator` may carry. */
export interface Routed {
  Params: { id: string; milestone: string; what: string };
  Querystring: Record<string, string | string[] | undefined>;
}

export interface Visit {
  signedIn: SignedIn;
  desk: Desk;
  params: Routed['Params'];
  /** The first of each. */
  query: Typed;
  /** The form that was sent, without its token; empty where none was. */
  typed: Typed;
  /** Where the form was sent. */
  url: string;
  reply: FastifyReply;
}

type Request = FastifyRequest<Routed>;

const textOf = (value: string | string[] | undefined): string => [value ?? ''].flat()[0] ?? '';

const queryOf = ({ query }: Request): Typed =>
  Object.fromEntries(Object.entries(query).map(([name, value]) => [name, textOf(value)]));

const withoutToken = (typed: Typed): Typed =>
  Object.fromEntries(Object.entries(typed).filter(([field]) => field !== CSRF_FIELD));

/** Whoever is signed in, or an answer that has been sent. */
async function admitted(request: Request, reply: FastifyReply, signIn: SignIn): Promise<SignedIn | undefined> {
  const signedIn = await signedInBy(signIn, request);
  if (request.method !== 'POST') {
    if (signedIn === undefined) await reply.redirect(`/sign-in?next=${encodeURIComponent(request.url)}`, 303);
    return signedIn;
  }
  if (!isFromOurPages(request, signIn.publicUrl))
    throw new OperatorPageProblem({
      status: 403,
      title: 'This did not come from our page',
      text: ['Another site tried to send this form in your name. Nothing was done.'],
    });
  if (signedIn !== undefined && isCsrfToken(signedIn.csrfSecret, typedOf(request.body)[CSRF_FIELD])) return signedIn;
  const typed = withoutToken(typedOf(request.body));
  const form = { url: request.url, typed };
  if (signedIn === undefined) await sendPage(reply, 401, keptHtml(form, { why: 'signedOut' }));
  else await sendPage(reply, 409, keptHtml(form, { why: 'signedInAgain', signedIn }));
  return undefined;
}

export type Show = (visit: Visit) => string | Promise<string>;
export type Take = (visit: Visit) => Promise<FastifyReply>;

export interface Doors {
  /** A page that looks. */
  get: (where: string, show: Show) => void;
  /** A form that is sent. */
  post: (where: string, take: Take) => void;
}

/** Lets in whoever is signed in, and hands them the API. @param options of the routes of forms */
export function doorsOf(app: FastifyInstance, signIn: SignIn, options: { bodyLimit?: number } = {}): Doors {
  const visitOf = (request: Request, reply: FastifyReply, signedIn: SignedIn): Visit => ({
    signedIn,
    desk: deskOf(app, request, { signedIn, passes: signIn.passes }),
    params: request.params,
    query: queryOf(request),
    typed: withoutToken(typedOf(request.body)),
    url: request.url,
    reply,
  });
  const asPage = (error: unknown): never => {
    throw error instanceof Refused ? pageOfRefusal(error) : error;
  };
  return {
    get: (where, show) => {
      app.get<Routed>(where, async (request, reply) => {
        const signedIn = await admitted(request, reply, signIn);
        if (signedIn === undefined) return reply;
        const html = await Promise.resolve(show(visitOf(request, reply, signedIn))).catch(asPage);
        return sendPage(reply, 200, html);
      });
    },
    post: (where, take) => {
      app.post<Routed>(where, options, async (request, reply) => {
        const signedIn = await admitted(request, reply, signIn);
        return signedIn === undefined ? reply : take(visitOf(request, reply, signedIn)).catch(asPage);
      });
    },
  };
}
