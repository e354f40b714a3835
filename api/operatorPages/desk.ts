/** The operators' API as their pages use it: in this process, under the name of the person who is signed in. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CSRF_HEADER, csrfToken } from '../signIn/csrf.js';
import { PASS_HEADER, type Passes } from '../signIn/passes.js';
import type { SignedIn } from '../signIn/sessions.js';
import { OperatorPageProblem } from './problem.js';

/** What the API says where it says no. */
const problemSchema = z.looseObject({
  type: z.string().default(''),
  title: z.string().default('This could not be done'),
  detail: z.string().default(''),
  errors: z.array(z.looseObject({ pointer: z.string().optional(), detail: z.string().optional() })).default([]),
});
export type ApiProblemBody = z.infer<typeof problemSchema>;

/** The API said no. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly status: number,
    readonly problem: ApiProblemBody,
  ) {
    super(problem.title);
  }
}

/** @throws Refused */
export interface Desk {
  get<Schema extends z.ZodType>(path: string, answer: Schema): Promise<z.infer<Schema>>;
  /** @param requestId makes a repeat of the form harmless */
  post<Schema extends z.ZodType>(path: string, sent: Sent, answer: Schema): Promise<z.infer<Schema>>;
}

export interface Sent {
  body: object;
  requestId: string;
}

/** Titles and words of the API are for people; what a page adds is where to go from here. */
export const pageOfRefusal = ({ status, problem: { title, detail } }: Refused): OperatorPageProblem =>
  new OperatorPageProblem({ status, title, text: [detail], link: { href: '/operator', text: 'Go to the portfolio' } });

const bodyOf = (text: string): unknown => (text === '' ? undefined : JSON.parse(text));

/** Who asks, and what lets them in. */
export interface AtTheDesk {
  signedIn: SignedIn;
  passes: Passes;
}

/**
 * One way in: what a page shows or does passes the API's own checks of role and body, and its audit.
 *
 * @param app whose API it is
 * @param request of the page: its sender's address goes along
 */
export function deskOf(app: FastifyInstance, request: FastifyRequest, { signedIn, passes }: AtTheDesk): Desk {
  const send = (path: string, pass: string, sent?: Sent) =>
    app.inject({
      method: sent === undefined ? 'GET' : 'POST',
      url: `/api${path}`,
      remoteAddress: request.ip,
      headers: {
        [PASS_HEADER]: pass,
        ...(sent && {
          'content-type': 'application/json',
          'idempotency-key': sent.requestId,
          [CSRF_HEADER]: csrfToken(signedIn.csrfSecret),
        }),
      },
      ...(sent && { payload: JSON.stringify(sent.body) }),
    });
  const ask = async (path: string, sent?: Sent): Promise<unknown> => {
    const { statusCode, body } = await passes.during(signedIn, (pass) => send(path, pass, sent));
    const answer = bodyOf(body);
    if (statusCode >= 300) throw new Refused(statusCode, problemSchema.parse(answer));
    return answer;
  };
  return {
    get: async (path, answer) => answer.parse(await ask(path)),
    post: async (path, sent, answer) => answer.parse(await ask(path, sent)),
  };
}
