import path from 'node:path';
import { z } from 'zod';

/** Names of this machine, to which nothing goes over a network. */
export const onThisMachine: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

const LOWEST_PORT = 1;
const HIGHEST_PORT = 65_535;

/** The message never holds the value: it may hold a password. */
const urlWith = (protocols: readonly string[], example: string) =>
  z.string().refine((text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, hostname } = new URL(text);
    return protocols.includes(protocol) && hostname !== '';
  }, `must be an address like ${example}`);

const smtpUrl = urlWith(['smtp:', 'smtps:'], 'smtp://user:password@mail.example.org:587');

/** A name, the service's id and the secret, all joined by hyphens. The message never holds the value. */
const notifyKey = z
  .string()
  .regex(/^.+-[0-9a-f-]{36}-[0-9a-f-]{36}$/, 'must be an API key as GOV.UK Notify shows it when it is made');

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number')
  .transform(Number)
  .refine((number) => number >= LOWEST_PORT && number <= HIGHEST_PORT, 'must be a port number from 1 to 65535');

/** Where the pages are: the address alone, since they link to each other from its top. */
const originUrl = z.string().refine((text) => {
  if (!URL.canParse(text)) return false;
  const { protocol, origin } = new URL(text);
  return ['https:', 'http:'].includes(protocol) && origin === text.toLowerCase();
}, 'must be an address like https://leadtime.example.org, without a path and without a slash at its end');

const absolutePath = z.string().refine((text) => path.isAbsolute(text), 'must be an absolute path');

const trueOrFalse = z.enum(['true', 'false'], { error: 'must be true or false' }).transform((text) => text === 'true');

const flag = trueOrFalse.default(false);

/** On its way to the provider goes what signs people in: plain http on this machine alone. */
const issuerUrl = z.string().refine((text) => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash } = new URL(text);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && onThisMachine.includes(hostname));
  return isSafe && search === '' && hash === '';
}, 'must be the address of an OpenID Connect provider, like https://login.example.org/realms/csu, with https');

const oneLine = z.string().regex(/^[^\p{Cc}]{1,500}$/u, 'must be one line of at most 500 characters');

const MOST_IDLE_MINUTES = 1_440;
const MOST_SESSION_HOURS = 168;
const MOST_CONNECTIONS = 50;
const MOST_PER_MINUTE = 100_000;
const MOST_ROWS_AT_ONCE = 100;
const MOST_ROWS_PER_SECOND = 1_000;

const count = (most: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, `must be a number from 1 to ${most}`)
    .transform(Number)
    .refine((number) => number >= 1 && number <= most, `must be a number from 1 to ${most}`);

/** The product's variables as they are written; `environment.ts` makes settings of them. */
export const environmentSchema = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'], { error: 'must be development, test or production' })
    .default('development'),
  LEADTIME_LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace'], {
      error: 'must be fatal, error, warn, info, debug or trace',
    })
    .default('info'),
  LEADTIME_DATA_DIR: z.string().optional(),
  LEADTIME_CALENDAR: absolutePath.optional(),
  LEADTIME_CAPACITIES: absolutePath.optional(),
  LEADTIME_MESSAGES: absolutePath.optional(),
  LEADTIME_RULE_SETS: absolutePath.optional(),
  LEADTIME_API_HOST: z.string().default('127.0.0.1'),
  LEADTIME_API_PORT: port.default(8080),
  LEADTIME_SMTP_URL: smtpUrl.optional(),
  LEADTIME_SMTP_REQUIRE_TLS: trueOrFalse.optional(),
  LEADTIME_SMTP_CONNECTIONS: count(MOST_CONNECTIONS).default(4),
  LEADTIME_SMTP_PER_MINUTE: count(MOST_PER_MINUTE).optional(),
  LEADTIME_CATCHER_SMTP_URL: smtpUrl.optional(),
  LEADTIME_NOTIFY_API_KEY: notifyKey.optional(),
  LEADTIME_NOTIFY_TEMPLATE_ID: z.uuid('must be the id of a template, as GOV.UK Notify shows it').optional(),
  LEADTIME_NOTIFY_REPLY_TO_ID: z.uuid('must be the id of a reply-to address, as GOV.UK Notify shows it').optional(),
  LEADTIME_NOTIFY_CALLBACK_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{32,}$/, 'must be 32 or more printable characters without spaces')
    .optional(),
  LEADTIME_NOTIFY_URL: urlWith(['https:', 'http:'], 'https://api.notifications.service.gov.uk').optional(),
  DATABASE_URL: urlWith(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/leadtime').optional(),
  LEADTIME_OPERATOR_TOKEN_FILE: absolutePath.optional(),
  LEADTIME_WEBHOOK_SECRETS_FILE: absolutePath.optional(),
  LEADTIME_CODEC_KEYS_FILE: absolutePath.optional(),
  LEADTIME_LINK_KEYS_FILE: absolutePath.optional(),
  LEADTIME_PUBLIC_URL: originUrl.optional(),
  LEADTIME_TEMPORAL_UI_URL: originUrl.optional(),
  LEADTIME_OIDC_ISSUER: issuerUrl.optional(),
  LEADTIME_OIDC_CLIENT_ID: oneLine.optional(),
  LEADTIME_OIDC_CLIENT_SECRET: oneLine.optional(),
  LEADTIME_OIDC_SCOPE: oneLine
    .refine((text) => text.split(/ +/).includes('openid'), 'must hold the scope openid')
    .default('openid profile email'),
  LEADTIME_OIDC_ROLE_CLAIM: oneLine.default('roles'),
  LEADTIME_OIDC_VIEWER: oneLine.default('leadtime-viewer'),
  LEADTIME_OIDC_OPERATOR: oneLine.default('leadtime-operator'),
  LEADTIME_OIDC_ADMIN: oneLine.default('leadtime-admin'),
  LEADTIME_SESSION_IDLE_MINUTES: count(MOST_IDLE_MINUTES).default(60),
  LEADTIME_SESSION_HOURS: count(MOST_SESSION_HOURS).default(10),
  LEADTIME_BULK_AT_ONCE: count(MOST_ROWS_AT_ONCE).default(16),
  LEADTIME_BULK_PER_SECOND: count(MOST_ROWS_PER_SECOND).default(500),
  LEADTIME_BUILD_ID: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,99}$/, 'must be up to 100 letters, digits, full stops, + _ or -')
    .optional(),
  LEADTIME_WEBHOOKS_TO_PRIVATE_NETWORKS: flag,
});

export type Variables = z.infer<typeof environmentSchema>;
