/** `/sign-in`: how operators come in, and go. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Role } from '../../register/types.js';
import { OperatorPageProblem } from '../operatorPages/problem.js';
import { operatorHtml, usePages } from '../operatorPages/shell.js';
import { typedOf } from '../pages/fields.js';
import { sendPage } from '../pages/render.js';
import type { RateChecks } from '../rateLimits.js';
import { ON_THE_WAY_SECONDS } from './cookies.js';
import { CSRF_FIELD, csrfSecretOf, csrfToken, isCsrfToken, isFromOurPages } from './csrf.js';
import { refusals, type Refuse } from './refusals.js';
import { providerRoutes } from './providerRoutes.js';
import { dropCookie, signedInBy, type SignIn, type SignInDependencies } from './signIn.js';
import { isOurPath, letIn, type Routed } from './letIn.js';

export interface SignInRouteDependencies extends Pick<SignInDependencies, 'register' | 'nowMs'> {
  signIn: SignIn;
  rateChecks: Pick<RateChecks, 'perAddress'>;
}

const may: Readonly<Record<Role, string>> = {
  viewer: 'You may look at everything, and change nothing.',
  operator: 'You may look at everything and work on migrations.',
  admin: 'You may do everything, also say who else may do what.',
};

const askedNext = ({ query }: FastifyRequest<Routed>): string => {
  const next = [query.next ?? ''].flat()[0] ?? '';
  return isOurPath(next) ? next : '/operator';
};

function signInPage(app: FastifyInstance, signIn: SignIn): void {
  app.get<Routed>('/', async (request, reply) => {
    const next = askedNext(request);
    if ((await signedInBy(signIn, request)) !== undefined) return reply.redirect(next, 303);
    const startHref = `/sign-in/start?next=${encodeURIComponent(next)}`;
    const hasProvider = signIn.provider !== undefined;
    return sendPage(reply, 200, operatorHtml('signIn', {}, { hasProvider, startHref }));
  });
}

/**
 * The token leaves the address at once: it goes into a cookie, and the browser on to a page that asks. Only the press of its
 * button uses the link, so that a mail program that looks at links does not.
 */
function linkRoutes(app: FastifyInstance, signIn: SignIn, refuse: Refuse): void {
  const { cookies, links } = signIn;
  const tokenOf = (request: FastifyRequest): string => request.cookies[cookies.link] ?? '';
  app.get<Routed>('/with/:token', async (request, reply) => {
    const options = { ...cookies.options, maxAge: ON_THE_WAY_SECONDS };
    return reply
      .setCookie(cookies.link, request.params.token, options)
      .header('referrer-policy', 'no-referrer')
      .redirect('/sign-in/confirm', 303);
  });
  app.get('/confirm', async (request, reply) => {
    const state = await links.look(tokenOf(request));
    if (state.kind !== 'ready') throw await refuse.link(state);
    const { name, role, createdBy } = state.link;
    const csrf = csrfToken(csrfSecretOf(tokenOf(request)));
    return sendPage(reply, 200, operatorHtml('confirmSignIn', {}, { link: { name, createdBy, may: may[role] }, csrf }));
  });
  app.post('/confirm', async (request, reply) => {
    const token = tokenOf(request);
    if (!isCsrfToken(csrfSecretOf(token), typedOf(request.body)[CSRF_FIELD])) throw refuse.form();
    const person = await links.spend(token);
    if (person === undefined) throw await refuse.link(await links.look(token));
    await letIn(signIn, request, reply, person);
    return dropCookie(reply, signIn, 'link').redirect('/operator', 303);
  });
}

function signOutRoutes(app: FastifyInstance, signIn: SignIn, refuse: Refuse): void {
  app.post('/out', async (request, reply): Promise<FastifyReply> => {
    const signedIn = await signedInBy(signIn, request);
    if (signedIn !== undefined) {
      if (!isCsrfToken(signedIn.csrfSecret, typedOf(request.body)[CSRF_FIELD])) throw refuse.form();
      await signIn.sessions.end(signedIn.sessionId, signedIn.name);
    }
    return dropCookie(reply, signIn, 'session').redirect('/sign-in/out', 303);
  });
  app.get('/out', async (_request, reply) => {
    const providerHref = signIn.provider?.signOutUrl() ?? null;
    return sendPage(reply, 200, operatorHtml('signedOut', {}, { providerHref }));
  });
}

/** Pages to sign in on: at the organisation's provider, or with a link that works once. */
export const signInRoutes =
  ({ signIn, register, nowMs, rateChecks }: SignInRouteDependencies) =>
  async (app: FastifyInstance): Promise<void> => {
    await usePages(app);
    app.addHook('onRequest', async (request) => {
      await rateChecks.perAddress(request, request.ip);
      if (request.method === 'POST' && !isFromOurPages(request, signIn.publicUrl))
        throw new OperatorPageProblem({
          status: 403,
          title: 'This did not come from our page',
          text: ['Another site tried to send this form in your name. Nothing was done.'],
        });
    });
    const refuse = refusals({ register, nowMs });
    signInPage(app, signIn);
    if (signIn.provider !== undefined) providerRoutes(app, { signIn, provider: signIn.provider, refuse, askedNext });
    else linkRoutes(app, signIn, refuse);
    signOutRoutes(app, signIn, refuse);
  };
