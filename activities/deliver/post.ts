/** One HTTP POST to an address that somebody else has chosen. */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { TemporaryFailure } from './ports.js';
import { isPrivateAddress, lookupPublic, PrivateAddressError } from './publicAddress.js';

export interface Post {
  url: string;
  headers: Record<string, string>;
  body: string;
  /** Development only: http, and addresses in private networks. */
  toPrivateNetworks: boolean;
}

export type PostAnswer = { kind: 'answered'; status: number };
/** It was not sent: the address may not be posted to. */
export type PostRefusal = { kind: 'refused'; reason: string };

const ANSWER_WITHIN_MS = 10_000;

/** Failures from before the request was on its way. */
const NOT_REACHED: readonly string[] = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

function refusalOf({ url, toPrivateNetworks }: Post): string | undefined {
  if (!URL.canParse(url)) return 'the address is no web address';
  const { protocol, hostname, username } = new URL(url);
  if (protocol !== 'https:' && !(toPrivateNetworks && protocol === 'http:')) return 'the address is not https';
  if (username !== '') return 'the address holds a user name';
  // A literal address is never looked up, so it is judged here.
  return !toPrivateNetworks && isPrivateAddress(hostname) ? new PrivateAddressError().message : undefined;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function failureOf(error: unknown): PostRefusal {
  if (error instanceof PrivateAddressError) return { kind: 'refused', reason: error.message };
  const code = codeOf(error);
  const reason = code || (error instanceof Error ? error.name : 'unknown');
  throw new TemporaryFailure(`The webhook was not answered (${reason}).`, !NOT_REACHED.includes(code), 'message');
}

function exchange({ url, headers, body, toPrivateNetworks }: Post): Promise<IncomingMessage> {
  const { protocol } = new URL(url);
  const send = protocol === 'https:' ? httpsRequest : httpRequest;
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const guarded = toPrivateNetworks ? {} : { lookup: lookupPublic };
  return new Promise((resolve, reject) => {
    // One connection each: a kept one could be to an address that was looked up before.
    const outgoing = send(url, { method: 'POST', headers, signal, agent: false, ...guarded }, resolve);
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

/**
 * Posts, and answers with the status. Redirects are not followed, and only https addresses on the public internet are posted to.
 *
 * @throws TemporaryFailure when there was no answer
 */
export async function post(request: Post): Promise<PostAnswer | PostRefusal> {
  const reason = refusalOf(request);
  if (reason !== undefined) return { kind: 'refused', reason };
  try {
    const response = await exchange(request);
    // The status says all; what else comes is not waited for.
    response.destroy();
    return { kind: 'answered', status: response.statusCode ?? 0 };
  } catch (error) {
    return failureOf(error);
  }
}
