import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import createRouter from 'find-my-way';
import { ApiProblem, badRequest, problemBody, type ProblemFields } from './problem.js';

const METHODS = ['GET', 'HEAD', 'POST'] as const;
const isMethod = (name: string): name is (typeof METHODS)[number] => METHODS.some((method) => method === name);
const CONTENT_TYPE = 'application/problem+json; charset=utf-8';

/** Sends a problem. */
export const sendProblem = (reply: FastifyReply, fields: ProblemFields): FastifyReply =>
  reply
    .code(fields.status)
    .headers({ ...fields.headers })
    .type(CONTENT_TYPE)
    .send(problemBody(fields));

const FRAMEWORK_PROBLEMS: Readonly<Record<string, ProblemFields>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    code: 'too-large',
    status: 413,
    title: 'The body is too large',
    detail: 'Send a smaller body.',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'media-type',
    status: 415,
    title: 'The content type is not taken here',
    detail: 'Send application/json.',
  },
};

const INTERNAL: ProblemFields = {
  code: 'internal',
  status: 500,
  title: 'Something went wrong on our side',
  detail: 'It is in the log of leadtime, under this request’s id. The request may be sent again.',
};

/** Anything can be thrown here, so nothing is taken for granted: gRPC errors have numbers for codes, others have none. */
const frameworkCode = (error: Partial<FastifyError>): string =>
  typeof error.code === 'string' && error.code.startsWith('FST_') ? error.code : '';

/** The problem that an error is for the client; undefined when the fault is ours and its words are not for outside. */
function problemOf(error: FastifyError): ProblemFields | undefined {
  if (error instanceof ApiProblem) return error.fields;
  const code = frameworkCode(error);
  const known = FRAMEWORK_PROBLEMS[code];
  if (known !== undefined) return known;
  // Fastify's own refusals (bad JSON, bad URL) have words that are safe to repeat.
  const { statusCode = 500, message } = error;
  return code !== '' && statusCode < 500 ? { ...badRequest(message).fields, status: statusCode } : undefined;
}

/** Turns every error into problem+json. Nothing of an unexpected error leaves the house; it is logged. */
export const problemHandler =
  (unexpected: ProblemFields = INTERNAL) =>
  (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const known = problemOf(error);
    if (known === undefined) request.log.error({ err: error }, 'request failed');
    return sendProblem(reply, known ?? { ...unexpected, extra: { requestId: request.id } });
  };

const notFound = (method: string, address: string): ProblemFields => ({
  code: 'not-found',
  status: 404,
  title: 'There is nothing here',
  detail: `No route for ${method} ${address}.`,
});

const notAllowed = (method: string, address: string, allow: string): ProblemFields => ({
  code: 'method-not-allowed',
  status: 405,
  title: 'Not with this method',
  detail: `${address} does not take ${method}: it takes ${allow}.`,
  headers: { allow },
});

/** Knows with which methods an address can be asked, from the routes that are added after it was made. */
function methodsOf(app: FastifyInstance): (address: string) => string {
  const router = createRouter();
  app.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat())
      if (isMethod(each) && !router.hasRoute(each, url)) router.on(each, url, () => undefined);
  });
  return (address) => METHODS.filter((method) => router.find(method, address) !== null).join(', ');
}

/** Makes problem+json the one form of every error of this server, unknown addresses and unreadable URLs included. */
export function useProblems(app: FastifyInstance): void {
  const methods = methodsOf(app);
  app.setErrorHandler(problemHandler());
  app.setNotFoundHandler(({ method, url }, reply) => {
    const address = url.split('?')[0] ?? '';
    const allow = methods(address);
    return sendProblem(reply, allow === '' ? notFound(method, address) : notAllowed(method, address, allow));
  });
}
