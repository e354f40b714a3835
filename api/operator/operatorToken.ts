import { readFile } from 'node:fs/promises';

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
