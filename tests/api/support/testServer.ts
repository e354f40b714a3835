import { createHmac } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { createApplyRow } from '../../../api/bulk/applyRow.js';
import { planOrder } from '../../../api/planning.js';
import { defaultRateLimits, type RateLimits } from '../../../api/rateLimits.js';
import { createStandings } from '../../../api/operator/standings.js';
import { createServer, type ApiRegister, type ServerDependencies } from '../../../api/server.js';
import { createFeedLinks } from '../../../config/feedLinks.js';
import { createLinks } from '../../../config/links.js';
import { createPageLinks } from '../../../config/pageLinks.js';
import { createCapacities } from '../../../config/capacities.js';
import { createReplan } from '../../../config/replanning.js';
import { createSealing } from '../../../config/sealing.js';
import { systemChainId } from '../../../register/types.js';
import { createMemoryBulk, createMemoryRuns, type MemoryRuns } from './memoryBulk.js';
import { createMemorySignIn } from './memorySignIn.js';
import { createMemoryTokens } from './memoryTokens.js';
import { createMemoryMigrations, type MemoryMigrations } from './memoryMigrations.js';

export const OPERATOR_TOKEN = 'operator-token-for-tests-0123456789';
export const SECRETS = {
  newest: `whsec_${Buffer.alloc(32, 1).toString('base64')}`,
  previous: `whsec_${Buffer.alloc(32, 2).toString('base64')}`,
  retired: `whsec_${Buffer.alloc(32, 3).toString('base64')}`,
  ofTpp: `whsec_${Buffer.alloc(32, 4).toString('base64')}`,
};

const linkKeys = { current: 'test', keys: new Map([['test', Buffer.alloc(32, 5)]]) };
export const testLinks = createLinks(linkKeys);
export const PUBLIC_URL = 'https://leadtime.example.org';
export const testFeedLinks = createFeedLinks(linkKeys, PUBLIC_URL);

/** What a test has instead of the usual; of the register, only what it wants to be different. */
export interface ServerOverrides extends Partial<Omit<ServerDependencies, 'register'>> {
  register?: Partial<ApiRegister>;
}

export interface TestServer {
  app: FastifyInstance;
  migrations: MemoryMigrations;
  /** Runs of operations on many practices, over those migrations. */
  runs: MemoryRuns;
}

/** The real server, over migrations in memory and fixed secrets of two suppliers: emis and tpp. */
export async function startTestServer(
  { register, ...overrides }: ServerOverrides = {},
  limits: Partial<RateLimits> = {},
): Promise<TestServer> {
  const migrations = createMemoryMigrations();
  const secrets = new Map([
    ['emis', [SECRETS.newest, SECRETS.previous]],
    ['tpp', [SECRETS.ofTpp]],
  ]);
  const tokens = createMemoryTokens();
  const bulk = createMemoryBulk((draft) => void tokens.appendSystemAudit(draft));
  const replan = createReplan();
  const sealing = createSealing({});
  const said = overrides.migrations ?? migrations;
  const report = (error: unknown): never => {
    throw error;
  };
  const runs = createMemoryRuns(bulk, createApplyRow({ migrations: said, planOrder, replan, sealing, report }));
  const app = await createServer({
    migrations,
    temporal: {
      execution: async () => Promise.reject(new Error('Temporal is away.')),
      workers: async () => Promise.reject(new Error('Temporal is away.')),
      namespace: async () => Promise.reject(new Error('Temporal is away.')),
    },
    temporalPageOf: () => undefined,
    systemChecks: async () => [],
    register: {
      list: async () => ({ migrations: [], total: 0 }),
      show: async () => undefined,
      history: async (id) => (id === systemChainId ? tokens.audit : []),
      messages: async () => [],
      chains: async () => [],
      migrationsOfParty: async () => ({ migrationIds: [], total: 0 }),
      holdings: async () => [],
      crowdedDays: async () => [],
      blackoutConflicts: async () => [],
      hopsDone: async () => [],
      ringRows: async () => [],
      operatorCalendar: async () => [],
      keepFeed: async (_operatorKey, feedId) => feedId,
      findFeed: async () => undefined,
      endFeed: async () => undefined,
      ...tokens,
      ...bulk,
      ...createMemorySignIn(),
      ...register,
    },
    planOrder,
    replan,
    bulkRuns: runs,
    sealing,
    capacities: createCapacities(undefined),
    standings: createStandings(() => Date.UTC(2026, 11, 1, 12)),
    webhookSecrets: { of: async (supplierId) => secrets.get(supplierId) ?? [] },
    links: testLinks,
    pageLinkOf: createPageLinks(testLinks, PUBLIC_URL),
    feedLinks: testFeedLinks,
    operatorToken: OPERATOR_TOKEN,
    signIn: { publicUrl: PUBLIC_URL, session: { idleMinutes: 60, hours: 10 } },
    health: { temporal: async () => true, register: async () => true, mail: async () => true },
    production: false,
    rateLimits: { ...defaultRateLimits, ...limits },
    ...overrides,
  });
  return { app, migrations, runs };
}

export interface Posting {
  supplierId?: string;
  secret?: string;
  id?: string;
  /** Seconds from now. */
  ageSeconds?: number;
  /** Sent instead of what was signed. */
  tampered?: string;
  headers?: Record<string, string | undefined>;
}

/** Signs as Standard Webhooks says, by hand, so that the library is checked against the standard and not against itself. */
export function signedHeaders(body: string, { secret = SECRETS.newest, id = 'msg_1', ageSeconds = 0 }: Posting) {
  const timestamp = String(Math.floor(Date.now() / 1_000) - ageSeconds);
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | number | undefined>;
  body: Record<string, unknown>;
}

const present = (headers: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

/** Posts a supplier's event. */
export async function postEvent(app: FastifyInstance, body: unknown, posting: Posting = {}): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const headers = { 'content-type': 'application/json', ...signedHeaders(text, posting), ...posting.headers };
  const response = await app.inject({
    method: 'POST',
    url: `/webhooks/suppliers/${posting.supplierId ?? 'emis'}`,
    headers: present(headers),
    payload: posting.tampered ?? text,
  });
  return { status: response.statusCode, headers: response.headers, body: response.json<Record<string, unknown>>() };
}

/** Calls the operators' API with the right token. */
export async function call(
  app: FastifyInstance,
  method: 'GET' | 'POST',
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await app.inject({
    method,
    url,
    headers: {
      authorization: `Bearer ${OPERATOR_TOKEN}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { payload: JSON.stringify(body) }),
  });
  return { status: response.statusCode, headers: response.headers, body: response.json<Record<string, unknown>>() };
}

/** Where a 400 says the faults are. */
export const pointersIn = (body: Record<string, unknown>): unknown[] => {
  const { errors } = body;
  if (!Array.isArray(errors)) throw new Error(`no errors in ${JSON.stringify(body)}`);
  return errors.map((error: { pointer?: unknown }) => error.pointer);
};
