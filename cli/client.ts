import { readFile } from 'node:fs/promises';
import { dataDirOf, readApiAddress, type ApiAddress } from '../config/apiAddress.js';
import { ANSWER_IS_NO, CommandFailure, WRONG_USE } from './failure.js';
import { problemText } from './problemText.js';

const NOT_RUNNING = 'Is leadtime running? Start it with "npm start".';
/** The API answers within its own deadlines; longer than any of them. */
const TIMEOUT_MS = 30_000;
/** The request itself is wrong: what is asked, or with which token. */
const WRONG_USE_STATUSES = [400, 401, 413, 415];

/** The API said no. */
export class ApiRefusal extends CommandFailure {
  constructor(
    readonly status: number,
    /** problem+json, where the API sent it. */
    readonly body: unknown,
  ) {
    super(problemText(body, status), exitCodeFor(status));
  }
}

/** The exit code for an answer that is not 2xx. */
export function exitCodeFor(status: number): typeof ANSWER_IS_NO | typeof WRONG_USE {
  return WRONG_USE_STATUSES.includes(status) ? WRONG_USE : ANSWER_IS_NO;
}

export interface ApiClient {
  get(path: string): Promise<unknown>;
  /** Sent with an Idempotency-Key of its own. */
  post(path: string, body: object): Promise<unknown>;
}

/** Where the API is: LEADTIME_API_URL and LEADTIME_API_TOKEN_FILE, else what the running system wrote down. */
export async function findApi(env: NodeJS.ProcessEnv): Promise<Partial<ApiAddress>> {
  const written = await readApiAddress(dataDirOf(env));
  const url = env['LEADTIME_API_URL'];
  const tokenFile = env['LEADTIME_API_TOKEN_FILE'];
  return { ...written, ...(url && { url }), ...(tokenFile && { tokenFile }) };
}

async function readToken(tokenFile: string | undefined): Promise<string> {
  if (tokenFile === undefined)
    throw new CommandFailure('No operator token: set LEADTIME_API_TOKEN_FILE to the path of its file.', WRONG_USE);
  try {
    return (await readFile(tokenFile, 'utf8')).trim();
  } catch {
    throw new CommandFailure(`The operator token cannot be read from ${tokenFile}.`, WRONG_USE);
  }
}

/** Sends a request. @throws CommandFailure when nobody answers */
export async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    const late = error instanceof Error && error.name === 'TimeoutError';
    const what = late ? 'does not answer' : 'cannot be reached';
    throw new CommandFailure(`leadtime ${what} at ${new URL(url).origin}. ${NOT_RUNNING}`, ANSWER_IS_NO);
  }
}

/** The body as JSON, or as text where it is none. */
export async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A client of the running system's API. @throws CommandFailure when there is none to be found */
export async function connectApi(env: NodeJS.ProcessEnv = process.env): Promise<ApiClient> {
  const { url, tokenFile } = await findApi(env);
  if (url === undefined) throw new CommandFailure(`No running leadtime was found. ${NOT_RUNNING}`, ANSWER_IS_NO);
  const token = await readToken(tokenFile);
  const ask = async (
    path: string,
    init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> },
  ): Promise<unknown> => {
    const headers = { ...init.headers, authorization: `Bearer ${token}` };
    const response = await send(`${url.replace(/\/$/, '')}/api${path}`, { ...init, headers });
    const body = await bodyOf(response);
    if (!response.ok) throw new ApiRefusal(response.status, body);
    return body;
  };
  return {
    get: (path) => ask(path, {}),
    post: (path, body) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
        body: JSON.stringify(body),
      }),
  };
}
