import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { slugSchema } from '../rules/order/fields.js';

const SECRET_BYTES = 32;
/** The newest and the one before it: a supplier changes over while both are valid. */
const VALID_AT_ONCE = 2;
const PRIVATE_MODE = 0o600;

const secretSchema = z.string().regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, 'must be whsec_ followed by base64');
const fileSchema = z.record(slugSchema, z.array(secretSchema).min(1).max(VALID_AT_ONCE));
type SecretsBySupplier = z.infer<typeof fileSchema>;

/** The file of webhook secrets cannot be used. `message` names the file and the fields, never a secret. */
export class WebhookSecretsError extends Error {
  override readonly name = 'WebhookSecretsError';
}

/** Looks up suppliers' secrets, newest first; empty for a supplier that has none. */
export interface WebhookSecrets {
  of(supplierId: string): Promise<readonly string[]>;
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

const parse = (file: string, text: string): SecretsBySupplier => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, and the text holds secrets.
    throw new WebhookSecretsError(`${file} is not JSON: write {"SUPPLIER": ["whsec_…"]}`);
  }
  const parsed = fileSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new WebhookSecretsError([`${file} cannot be used:`, ...problems].join('\n'));
};

const readSecrets = async (file: string): Promise<SecretsBySupplier> => {
  try {
    return parse(file, await readFile(file, 'utf8'));
  } catch (error) {
    if (isMissing(error)) return {};
    throw error;
  }
};

/** Changes whenever the file is replaced or written to. */
const versionOf = async (file: string): Promise<string> => {
  try {
    const { ino, mtimeMs, size } = await stat(file);
    return `${ino}:${mtimeMs}:${size}`;
  } catch (error) {
    if (isMissing(error)) return 'missing';
    throw error;
  }
};

/**
 * Secrets from a file `{supplierId: [newest, previous]}`, read again whenever it changes. A missing file has no secrets.
 *
 * `of` rejects with WebhookSecretsError, or the system's error, while the file is unusable: that is our fault and no
 * sender's, so it must not be answered as a bad signature.
 */
export function createWebhookSecrets(file: string): WebhookSecrets {
  let known: { version: string; secrets: SecretsBySupplier } | undefined;
  return {
    of: async (supplierId) => {
      const version = await versionOf(file);
      if (known?.version !== version) known = { version, secrets: await readSecrets(file) };
      return Object.hasOwn(known.secrets, supplierId) ? (known.secrets[supplierId] ?? []) : [];
    },
  };
}

/**
 * Makes a new secret for a supplier, keeps the one before it valid, and drops older ones.
 *
 * The file is replaced in one step and only its owner can read it.
 *
 * @returns the new secret, `whsec_…`
 * @throws WebhookSecretsError when the file, or the supplier id, is wrong
 */
export async function rotateWebhookSecret(file: string, supplierId: string): Promise<string> {
  const id = slugSchema.safeParse(supplierId);
  if (!id.success) throw new WebhookSecretsError(`"${supplierId}" is not a supplier id: ${z.prettifyError(id.error)}`);
  const secrets = await readSecrets(file);
  const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
  const valid = [secret, ...(secrets[supplierId] ?? [])].slice(0, VALID_AT_ONCE);
  const replacement = `${file}.${process.pid}.new`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(replacement, `${JSON.stringify({ ...secrets, [supplierId]: valid }, null, 2)}\n`, {
    mode: PRIVATE_MODE,
  });
  await rename(replacement, file);
  return secret;
}
