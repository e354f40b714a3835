/** How a request is refused, for the OpenAPI document: problem+json (RFC 9457) of every status that a route may answer. */
import { z } from 'zod';

const problem = z.looseObject({
  type: z.string().describe('urn:leadtime:problem:CODE; clients branch on it.'),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe('What is wrong this time, and what to do.'),
  errors: z.array(z.looseObject({})).optional().describe('Every wrong field, with its JSON Pointer.'),
});

const descriptions = {
  400: 'The request is not valid; every wrong field is listed.',
  401: 'No valid token, or a session that has ended.',
  403: 'The caller may not do that.',
  404: 'There is no such thing, or the migration has closed.',
  409: 'It contradicts what is there already.',
  413: 'The body is too large.',
  415: 'The content type is not taken.',
  422: 'It does not fit the migration as it stands, or the plan.',
  429: 'Too many requests: wait for as long as retry-after says.',
  503: 'Nothing is wrong with the request: send the same again later.',
} as const;

export type RefusalStatus = keyof typeof descriptions;

/** The refusals of a route, by status. */
export const refusals = (...statuses: RefusalStatus[]) =>
  Object.fromEntries(
    statuses.map((status) => [
      status,
      { description: descriptions[status], content: { 'application/problem+json': { schema: problem } } },
    ]),
  );

const always: readonly RefusalStatus[] = [400, 401, 403, 429, 503];
const ofAnAddress: readonly RefusalStatus[] = [404];
const ofABody: readonly RefusalStatus[] = [404, 409, 413, 415, 422];

/** What any route of the operators' API may be refused with: one that changes something by more. */
export function operatorRefusals(method: string, url: string): ReturnType<typeof refusals> {
  const reads = method === 'GET' || method === 'HEAD';
  return refusals(...always, ...(reads ? (url.includes(':') ? ofAnAddress : []) : ofABody));
}
