/** One thing that is wrong with a request, and where. */
export interface ProblemItem {
  /** JSON Pointer into the body (RFC 6901): `/date`; empty for the whole body. */
  pointer?: string;
  /** For a header: its name. */
  header?: string;
  detail: string;
}

export interface ProblemFields {
  /** Last part of the type URN: `bad-signature`. Stable: clients branch on it. */
  code: string;
  status: number;
  title: string;
  /** What is wrong this time, and what to do; for people. */
  detail: string;
  errors?: object[];
  /** Further members of the answer, next to the standard ones. */
  extra?: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** An answer that says no, as `application/problem+json` (RFC 9457). The only error that reaches a client in words. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  constructor(readonly fields: ProblemFields) {
    super(fields.detail);
  }
}

/** The body of a problem as it goes over the wire. */
export const problemBody = ({
  code,
  status,
  title,
  detail,
  errors,
  extra,
}: ProblemFields): Record<string, unknown> => ({
  type: `urn:leadtime:problem:${code}`,
  title,
  status,
  detail,
  ...(errors !== undefined && { errors }),
  ...extra,
});

/** A 400 that lists everything wrong with the request. */
export const badRequest = (detail: string, errors: object[] = []): ApiProblem =>
  new ApiProblem({ code: 'bad-request', status: 400, title: 'The request is not valid', detail, errors });

/** A 503: nothing is wrong with the request, so the sender should send the same again later. */
export const unavailable = (detail: string, retryAfterSeconds = 10): ApiProblem =>
  new ApiProblem({
    code: 'unavailable',
    status: 503,
    title: 'Not available at the moment',
    detail,
    headers: { 'retry-after': String(retryAfterSeconds) },
  });

/** A 429 that says when there is room again. */
export const tooManyRequests = (retryAfterSeconds: number): ApiProblem =>
  new ApiProblem({
    code: 'too-many-requests',
    status: 429,
    title: 'Too many requests',
    detail: `Wait ${retryAfterSeconds} seconds, then send the same request again.`,
    headers: { 'retry-after': String(retryAfterSeconds) },
  });
