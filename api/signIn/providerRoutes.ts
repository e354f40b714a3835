/** To the organisation's provider, and back. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ON_THE_WAY_SECONDS } from './cookies.js';
import { isOurPath, letIn, type Routed } from './letIn.js';
import { flowSchema, type Flow, type Provider } from './provider.js';
import type { Refuse } from './refusals.js';
import { dropCookie, type SignIn } from './signIn.js';

interface ProviderRouteDependencies {
  signIn: SignIn;
  provider: Provider;
  refuse: Refuse;
  askedNext: (request: FastifyRequest<Routed>) => string;
}

const packed = (flow: Flow): string => Buffer.from(JSON.stringify(flow)).toString('base64url');

function unpacked(text = ''): Flow | undefined {
  try {
    return flowSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    return undefined;
  }
}

/** What went wrong may hold codes and tokens of the provider: only its name is for the log. */
const nameOfError = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${'code' in error ? String(error.code) : 'no code'}` : typeof error;

export function providerRoutes(
  app: FastifyInstance,
  { signIn, provider, refuse, askedNext }: ProviderRouteDependencies,
): void {
  const { cookies, publicUrl } = signIn;
  app.get<Routed>('/start', async (request, reply) => {
    const way = await provider.leave(askedNext(request)).catch((error: unknown) => {
      request.log.error({ why: nameOfError(error) }, 'the sign-in provider cannot be used');
      throw refuse.away();
    });
    const options = { ...cookies.options, maxAge: ON_THE_WAY_SECONDS };
    return reply.setCookie(cookies.flow, packed(way.flow), options).redirect(way.url.href, 303);
  });
  app.get('/callback', async (request, reply) => {
    const flow = unpacked(request.cookies[cookies.flow]);
    dropCookie(reply, signIn, 'flow');
    if (flow === undefined) throw refuse.lost();
    const arrival = await provider.arrive(new URL(request.url, publicUrl), flow);
    if (arrival.kind === 'noRole') throw await refuse.noRole(arrival);
    if (arrival.kind !== 'known') {
      request.log.warn({ why: nameOfError(arrival.error) }, 'signing in at the provider came to nothing');
      throw arrival.kind === 'away' ? refuse.away() : await refuse.provider();
    }
    await letIn(signIn, request, reply, arrival.person);
    return reply.redirect(isOurPath(flow.next) ? flow.next : '/operator', 303);
  });
}
