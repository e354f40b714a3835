/**
 * The product's settings, from environment variables. Temporal's own (TEMPORAL_*) are read by `temporal/settings.ts`.
 *
 * Every variable may also be given as `NAME_FILE`: the path of a file whose text is the value, as secrets are mounted.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { bulkSettingsOf, type BulkSettings } from './bulkSettings.js';
import { environmentSchema, onThisMachine, type Variables } from './environmentSchema.js';
import { projectFolder } from './project.js';
import {
  oidcOf,
  sessionSettingsOf,
  signInProblems,
  type OidcSettings,
  type SessionSettings,
} from './signInSettings.js';

export interface SmtpSettings {
  /** Without encryption nothing is said to the server, no password and no mail. */
  requireTls: boolean;
  /** Connections at one time, of each worker. */
  connections: number;
  /** Most mails that one worker sends in a minute; without it as many as the server takes. */
  perMinute?: number;
}

export interface Environment {
  production: boolean;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';
  /** Where the embedded servers keep their data; absolute. `data` in the project's folder unless set. */
  dataDir: string;
  api: { host: string; port: number };
  /** `smtp://` or `smtps://`, with user and password where the server wants them. */
  smtpUrl?: string;
  /** How to use it; there whenever `smtpUrl` is. */
  smtp?: SmtpSettings;
  /** The mail catcher: the only place to which a rehearsal may mail. */
  catcherSmtpUrl?: string;
  /** GOV.UK Notify instead of a mail server of one's own. */
  notify?: { apiKey: string; templateId: string; replyToId?: string; baseUrl: string };
  /** The bearer token with which GOV.UK Notify reports deliveries; without it nothing listens for them. */
  notifyCallbackToken?: string;
  databaseUrl?: string;
  operatorTokenFile?: string;
  webhookSecretsFile?: string;
  codecKeysFile?: string;
  /** The keys that sign the links in mails. */
  linkKeysFile?: string;
  /** Where people reach the pages that mails link to; without a slash at the end. The API's own address unless set. */
  publicUrl: string;
  /** Where Temporal's own pages are; without a slash at the end. */
  temporalUiUrl?: string;
  /** What suppliers can do on a day, as they have stated it. */
  capacitiesFile?: string;
  /** Where operators sign in to the pages; without it, with links that work once. */
  oidc?: OidcSettings;
  session: SessionSettings;
  bulk: BulkSettings;
  /** Of the worker's deployment: names this version of the code, like `0.1.0-3538865`. */
  buildId?: string;
  /** Development only: webhooks may go to http addresses and to private networks. */
  webhooksToPrivateNetworks: boolean;
}

/** The environment cannot be used. `problems` has one sentence for each, naming the variable; never a value that may be secret. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';

  constructor(readonly problems: readonly string[]) {
    super(['The settings cannot be used:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
  }
}

/** Beside the code, so that each checkout has its own. */
export const defaultDataDir = path.join(projectFolder, 'data');

const FILE_SUFFIX = '_FILE';

/** Variables that are paths themselves, so that no text is read in their place. */
const PATHS: readonly string[] = [
  'LEADTIME_CALENDAR',
  'LEADTIME_MESSAGES',
  'LEADTIME_RULE_SETS',
  'LEADTIME_OPERATOR_TOKEN_FILE',
  'LEADTIME_WEBHOOK_SECRETS_FILE',
  'LEADTIME_CODEC_KEYS_FILE',
  'LEADTIME_LINK_KEYS_FILE',
];

const REQUIRED_IN_PRODUCTION = [
  ['DATABASE_URL', 'the PostgreSQL database of the register, like postgres://user@host/leadtime'],
  ['LEADTIME_SMTP_URL', 'the mail server, like smtps://user@mail.example.org:465, or LEADTIME_NOTIFY_API_KEY'],
  ['LEADTIME_OPERATOR_TOKEN_FILE', 'the path of the file that holds the operators’ token'],
  ['LEADTIME_WEBHOOK_SECRETS_FILE', 'the path of the file that holds the suppliers’ webhook secrets'],
  ['LEADTIME_CODEC_KEYS_FILE', 'the path of the file that holds the keys that encrypt workflow data'],
  ['LEADTIME_LINK_KEYS_FILE', 'the path of the file that holds the keys that sign the links in mails'],
  ['LEADTIME_PUBLIC_URL', 'the address under which practices reach their pages, like https://leadtime.example.org'],
] as const satisfies readonly (readonly [keyof Variables, string])[];

type Env = Readonly<Record<string, string | undefined>>;
type ReadText = (file: string) => string;

interface Gathered {
  values: Record<string, string>;
  problems: string[];
}

/** Takes each variable from itself or from its file. An empty variable counts as not set, as in a compose file. */
function gather(env: Env, readText: ReadText): Gathered {
  const gathered: Gathered = { values: {}, problems: [] };
  for (const name of Object.keys(environmentSchema.shape)) {
    const value = env[name]?.trim();
    const file = PATHS.includes(name) ? undefined : env[`${name}${FILE_SUFFIX}`]?.trim();
    if (value && file) gathered.problems.push(`${name} and ${name}${FILE_SUFFIX} are both set: keep one of them.`);
    else if (value) gathered.values[name] = value;
    else if (file) gatherFile(gathered, { name, file, readText });
  }
  return gathered;
}

function gatherFile(gathered: Gathered, from: { name: string; file: string; readText: ReadText }): void {
  const { name, file, readText } = from;
  try {
    const text = readText(file).trim();
    if (text === '') gathered.problems.push(`${name}${FILE_SUFFIX}: the file ${file} is empty.`);
    else gathered.values[name] = text;
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    gathered.problems.push(`${name}${FILE_SUFFIX}: the file ${file} cannot be read (${reason}).`);
  }
}

function productionProblems(values: Record<string, string>, unusable: readonly string[]): string[] {
  if (values['NODE_ENV'] !== 'production') return [];
  const isCovered = (name: string) => name === 'LEADTIME_SMTP_URL' && values['LEADTIME_NOTIFY_API_KEY'] !== undefined;
  const missing = REQUIRED_IN_PRODUCTION.filter(
    ([name]) => values[name] === undefined && !isCovered(name) && !unusable.some((problem) => problem.startsWith(name)),
  ).map(([name, what]) => `${name} is missing: in production, set it to ${what}.`);
  const forbidden = 'LEADTIME_WEBHOOKS_TO_PRIVATE_NETWORKS is for development: unset it in production.';
  const open = isOpenToListeners(values['LEADTIME_PUBLIC_URL'] ?? '');
  return [
    ...missing,
    ...(values['LEADTIME_WEBHOOKS_TO_PRIVATE_NETWORKS'] === 'true' ? [forbidden] : []),
    ...(open ? ['LEADTIME_PUBLIC_URL must begin with https:// in production: its links open pages.'] : []),
  ];
}

/** Over plain http, anybody on the way sees the link. On one machine there is nobody on the way. */
function isOpenToListeners(publicUrl: string): boolean {
  if (!URL.canParse(publicUrl)) return false;
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === 'http:' && !onThisMachine.includes(hostname);
}

function mailProblems(values: Record<string, string>): string[] {
  const hasKey = values['LEADTIME_NOTIFY_API_KEY'] !== undefined;
  if (!hasKey) return [];
  const both =
    'LEADTIME_SMTP_URL and LEADTIME_NOTIFY_API_KEY are both set: mail goes out one way, so keep one of them.';
  const template =
    'LEADTIME_NOTIFY_TEMPLATE_ID is missing: set it to the id of a template with ((subject)) and ((body)).';
  return [
    ...(values['LEADTIME_SMTP_URL'] === undefined ? [] : [both]),
    ...(values['LEADTIME_NOTIFY_TEMPLATE_ID'] === undefined ? [template] : []),
  ];
}

const NOTIFY_URL = 'https://api.notifications.service.gov.uk';

function notifyOf(variables: Variables): Environment['notify'] {
  const { LEADTIME_NOTIFY_API_KEY: apiKey, LEADTIME_NOTIFY_TEMPLATE_ID: templateId } = variables;
  const { LEADTIME_NOTIFY_REPLY_TO_ID: replyToId, LEADTIME_NOTIFY_URL: baseUrl = NOTIFY_URL } = variables;
  if (apiKey === undefined || templateId === undefined) return undefined;
  return { apiKey, templateId, ...(replyToId && { replyToId }), baseUrl };
}

/** A password is never said in clear, unless the settings ask for that. */
function smtpOf(variables: Variables, smtpUrl: string): SmtpSettings {
  const { username, hostname } = new URL(smtpUrl);
  const { LEADTIME_SMTP_REQUIRE_TLS: requireTls = username !== '' && !onThisMachine.includes(hostname) } = variables;
  const { LEADTIME_SMTP_CONNECTIONS: connections, LEADTIME_SMTP_PER_MINUTE: perMinute } = variables;
  return { requireTls, connections, ...(perMinute !== undefined && { perMinute }) };
}

/** Listening on all addresses, which is none that a browser can open. */
const ANYWHERE: readonly string[] = ['0.0.0.0', '::'];

function ownAddress({ LEADTIME_API_HOST: host, LEADTIME_API_PORT: port }: Variables): string {
  if (ANYWHERE.includes(host)) return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function environmentOf(variables: Variables): Environment {
  const { LEADTIME_SMTP_URL: smtpUrl, LEADTIME_CATCHER_SMTP_URL: catcherSmtpUrl } = variables;
  const { DATABASE_URL: databaseUrl, LEADTIME_OPERATOR_TOKEN_FILE: operatorTokenFile } = variables;
  const { LEADTIME_WEBHOOK_SECRETS_FILE: webhookSecretsFile } = variables;
  const notify = notifyOf(variables);
  const oidc = oidcOf(variables);
  const { LEADTIME_CODEC_KEYS_FILE: codecKeysFile, LEADTIME_BUILD_ID: buildId } = variables;
  const { LEADTIME_LINK_KEYS_FILE: linkKeysFile, LEADTIME_PUBLIC_URL: publicUrl } = variables;
  const { LEADTIME_NOTIFY_CALLBACK_TOKEN: notifyCallbackToken, LEADTIME_TEMPORAL_UI_URL: temporalUiUrl } = variables;
  return {
    production: variables.NODE_ENV === 'production',
    logLevel: variables.LEADTIME_LOG_LEVEL,
    dataDir: path.resolve(variables.LEADTIME_DATA_DIR ?? defaultDataDir),
    api: { host: variables.LEADTIME_API_HOST, port: variables.LEADTIME_API_PORT },
    ...(smtpUrl && { smtpUrl, smtp: smtpOf(variables, smtpUrl) }),
    ...(catcherSmtpUrl && { catcherSmtpUrl }),
    ...(notify && { notify }),
    ...(notifyCallbackToken && { notifyCallbackToken }),
    ...(databaseUrl && { databaseUrl }),
    ...(operatorTokenFile && { operatorTokenFile }),
    ...(webhookSecretsFile && { webhookSecretsFile }),
    ...(codecKeysFile && { codecKeysFile }),
    ...(linkKeysFile && { linkKeysFile }),
    publicUrl: publicUrl ?? ownAddress(variables),
    ...(temporalUiUrl && { temporalUiUrl }),
    ...(variables.LEADTIME_CAPACITIES && { capacitiesFile: variables.LEADTIME_CAPACITIES }),
    ...(oidc && { oidc }),
    session: sessionSettingsOf(variables),
    bulk: bulkSettingsOf(variables),
    ...(buildId && { buildId }),
    webhooksToPrivateNetworks: variables.LEADTIME_WEBHOOKS_TO_PRIVATE_NETWORKS,
  };
}

/**
 * Reads and checks the environment.
 *
 * @throws EnvironmentError with every problem at once
 */
export function readEnvironment(env: Env, readText: ReadText = (file) => readFileSync(file, 'utf8')): Environment {
  const { values, problems } = gather(env, readText);
  const { data, error } = environmentSchema.safeParse(values);
  const wrong = error?.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`) ?? [];
  const all = [
    ...problems,
    ...wrong,
    ...mailProblems(values),
    ...signInProblems(values, problems),
    ...productionProblems(values, problems),
  ];
  if (data === undefined || all.length > 0) throw new EnvironmentError(all);
  return environmentOf(data);
}

/**
 * Adds the variables of `.env` in the given folder to the process's own, which win. Does nothing in production or without
 * the file.
 */
export function loadDotEnv(folder = process.cwd()): void {
  if (process.env['NODE_ENV'] === 'production') return;
  try {
    process.loadEnvFile(path.join(folder, '.env'));
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isMissing) throw error;
  }
}
