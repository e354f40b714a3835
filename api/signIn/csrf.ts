/** Forms are taken from our own pages alone. */
import { Tokens } from '@fastify/csrf';
import type { FastifyRequest } from 'fastify';
import { secretHash } from '../../config/apiToken.js';

/** The field of a form, and the header of a request to the API, that holds the token. */
export const CSRF_FIELD = 'csrf';
export const CSRF_HEADER = 'x-csrf-token';

const tokens = new Tokens({ userInfo: false });

/** What the tokens of a session are made from: of no use to find the session's own secret. */
export const csrfSecretOf = (secret: string): string => secretHash(`csrf:${secret}`);

/** A token for a form; another one each time, so that a compressed page tells nothing of it. */
export const csrfToken = (csrfSecret: string): string => tokens.create(csrfSecret);

export const isCsrfToken = (csrfSecret: string, given: unknown): boolean =>
  typeof given === 'string' && tokens.verify(csrfSecret, given);

const hostOf = (address: string): string | undefined => (URL.canParse(address) ? new URL(address).host : undefined);

/**
 * Whether a browser says that a request comes from a page of ours. A client that says nothing of it is no current browser: then
 * the token alone decides.
 */
export function isFromOurPages({ headers, host }: FastifyRequest, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin } = headers;
  return origin === undefined || [host, hostOf(publicUrl)].includes(hostOf(origin));
}
