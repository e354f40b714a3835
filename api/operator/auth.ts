import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FastifyRequest } from 'fastify';
import { ApiProblem } from '../problem.js';

const MIN_TOKEN_LENGTH = 32;

/** The operator token's file cannot be used. `message` is for people and holds no token. */
export class OperatorTokenError extends Error {
  override readonly name = 'OperatorTokenError';
}

/**
 * Reads the operator token: one line of at least 32 characters.
 *
 * @throws OperatorTokenError
 */
export async function readOperatorToken(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new OperatorTokenError(`The operator token cannot be read from ${file}: check the path and its permissions.`);
  });
  const token = text.trim();
  if (token.length >= MIN_TOKEN_LENGTH && /^[\x21-\x7e]+$/.test(token)) return token;
  throw new OperatorTokenError(
    `${file} holds no usable operator token: write one line of at least ${MIN_TOKEN_LENGTH} printable characters, for example from "openssl rand -hex 32".`,
  );
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compared by digest: equal lengths, so that neither length nor content shows in the time it takes. */
const isSame = (given: string, token: string): boolean => timingSafeEqual(digest(given), digest(token));

/** Lets a request through when it carries `Authorization: Bearer TOKEN`. @throws ApiProblem 401 */
export const requireOperator =
  (token: string) =>
  async (request: FastifyRequest): Promise<void> => {
    const [, given] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (given !== undefined && isSame(given, token)) return;
    throw new ApiProblem({
      code: 'not-signed-in',
      status: 401,
      title: 'No valid operator token',
      detail: 'Send the operator token as "Authorization: Bearer TOKEN".',
      headers: { 'www-authenticate': 'Bearer realm="leadtime"' },
    });
  };
