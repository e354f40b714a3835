/** Gets the official list from an address or a file, without trusting what comes. */
import { readFile } from 'node:fs/promises';
import { ANSWER_IS_NO, CommandFailure, WRONG_USE } from '../failure.js';

export const OFFICIAL_URL = 'https://www.gov.uk/bank-holidays.json';

const MAX_BYTES = 1024 * 1024;
const TIMEOUT_MS = 20_000;
const MAX_REDIRECTS = 3;
/** Only a server on this machine may be asked without TLS. */
const LOCAL_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

export interface FetchedList {
  bytes: Uint8Array;
  /** Left out for a file. */
  url?: string;
}

/**
 * @param from an https address, or the path of a file
 * @param timeoutMs for the whole answer
 * @throws CommandFailure: 1 where nothing could be fetched, 2 for an address or file that is wrong
 */
export async function fetchList(from: string, timeoutMs = TIMEOUT_MS): Promise<FetchedList> {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(from)) return { bytes: await readListFile(from) };
  const url = allowed(from);
  try {
    return { bytes: await download(url, AbortSignal.timeout(timeoutMs)), url: url.href };
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw notFetched(url, reasonOf(error, timeoutMs));
  }
}

function allowed(text: string): URL {
  if (!URL.canParse(text)) throw new CommandFailure(`--from ${text}: this is no address`, WRONG_USE);
  const url = new URL(text);
  const isLocal = url.protocol === 'http:' && LOCAL_HOSTS.includes(url.hostname);
  if (url.protocol !== 'https:' && !isLocal)
    throw new CommandFailure(
      `--from ${text}: the list is only fetched over https, so that nobody can change it`,
      WRONG_USE,
    );
  if (url.username !== '' || url.password !== '')
    throw new CommandFailure('--from: leave user and password out of the address', WRONG_USE);
  return url;
}

async function readListFile(file: string): Promise<Uint8Array> {
  const bytes = await readFile(file).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new CommandFailure(`--from ${file}: the file cannot be read (${code})`, WRONG_USE);
  });
  if (bytes.length > MAX_BYTES) throw new CommandFailure(`--from ${file}: the file is larger than 1 MiB`, WRONG_USE);
  return bytes;
}

async function download(start: URL, signal: AbortSignal): Promise<Uint8Array> {
  let url = start;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const response = await fetch(url.href, { redirect: 'manual', signal, headers: { accept: 'application/json' } });
    const target = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || target === null) return await bodyOf(url, response);
    await response.body?.cancel();
    url = followed(url, target);
  }
  throw notFetched(start, `it redirects more than ${MAX_REDIRECTS} times`);
}

/** A redirect may change the path, never the server: the list is trusted for where it comes from. */
function followed(from: URL, target: string): URL {
  if (!URL.canParse(target, from.href)) throw notFetched(from, 'it redirects to something that is no address');
  const to = new URL(target, from);
  if (to.origin !== from.origin) throw notFetched(from, `it redirects to another server, ${to.origin}`);
  return to;
}

async function bodyOf(url: URL, response: Response): Promise<Uint8Array> {
  if (response.status !== 200) {
    await response.body?.cancel();
    throw notFetched(url, `it answered ${response.status}`);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunksOf(response)) {
    size += chunk.length;
    // Leaving the loop ends the download.
    if (size > MAX_BYTES)
      throw new CommandFailure(`${url.href}: the answer is larger than 1 MiB; nothing was changed`, WRONG_USE);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function* chunksOf({ body }: Response): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  const stream: AsyncIterable<unknown> = body;
  for await (const chunk of stream) if (chunk instanceof Uint8Array) yield chunk;
}

function notFetched(url: URL, reason: string): CommandFailure {
  const way = 'Nothing was changed. Without a network, save the list on another machine and give it with --from FILE.';
  return new CommandFailure(`${url.href} could not be fetched: ${reason}. ${way}`, ANSWER_IS_NO);
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} seconds`;
  // Node tells of the network in the cause; the message itself is "fetch failed".
  const cause: unknown = error.cause;
  if (!(cause instanceof Error)) return error.message;
  return cause.message === '' && 'code' in cause ? String(cause.code) : cause.message;
}
