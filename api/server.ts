import cookie from '@fastify/cookie';
import etag from '@fastify/etag';
import helmet from '@fastify/helmet';
import { fastify, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Capacities } from '../config/capacities.js';
import type { FeedLinks } from '../config/feedLinks.js';
import type { Links } from '../config/links.js';
import type { PageLinkOf } from '../config/pageLinks.js';
import type { WebhookSecrets } from '../config/webhookSecrets.js';
import { calendarRoutes, type CalendarDependencies } from './calendar/routes.js';
import type { Check } from './doctor/systemChecks.js';
import { compressAnswers } from './compressedAnswers.js';
import { registerHealth, type HealthChecks } from './health.js';
import type { Migrations } from './migrations.js';
import { documentApi, documented } from './openapi.js';
import { actionRoutes } from './operator/actions.js';
import { auditRoutes } from './operator/audit.js';
import { bounceRoutes } from './operator/bounces.js';
import { bulkRoutes } from './operator/bulk.js';
import type { BulkDependencies } from './bulk/ask.js';
import type { BulkRuns } from './bulk/runs.js';
import type { Sealing } from '../config/sealing.js';
import { nameTheActor, requireCaller, type CallerDependencies } from './operator/callers.js';
import { evidenceRoutes, type EvidenceDependencies } from './operator/evidence.js';
import { explanationRoutes } from './operator/explanations.js';
import { feedRoutes, type FeedDependencies } from './operator/feeds.js';
import { doctorRoutes } from './operator/doctor.js';
import { linkRoutes } from './operator/links.js';
import { meetingRoutes } from './operator/meeting.js';
import { overviewRoutes } from './operator/overviews.js';
import { adoptionRoutes } from './operator/adoptions.js';
import { redateRoutes } from './operator/redate.js';
import { portfolioRoutes, type PortfolioRegister } from './operator/portfolio.js';
import type { Standings } from './operator/standings.js';
import { startRoutes } from './operator/start.js';
import { importRoutes } from './operator/imports.js';
import { orderRoutes } from './operator/orders.js';
import { referenceRoutes } from './operator/reference.js';
import { idempotencyKeyOf } from './operator/requests.js';
import { turnaroundRoutes } from './operator/turnarounds.js';
import { tokenRoutes, type TokenDependencies } from './operator/tokens.js';
import { sessionRoutes } from './operator/sessions.js';
import { operatorPageRoutes } from './operatorPages/routes.js';
import { registerAssets } from './pages/assets.js';
import { pageRoutes } from './pages/routes.js';
import type { Replan } from '../config/replanning.js';
import type { PlanOrder } from './planning.js';
import { withPrivateUrls } from './privateUrls.js';
import { problemHandler, useProblems } from './problemHandler.js';
import { createRateChecks, defaultRateLimits, type RateChecks, type RateLimits } from './rateLimits.js';
import { signInRoutes } from './signIn/routes.js';
import { createSignIn, type SignIn, type SignInDependencies, type SignInSettings } from './signIn/signIn.js';
import { zodValidatorCompiler } from './schemaProblems.js';
import { notifyRoutes } from './webhooks/notify.js';
import { cutSilentConnections } from './silentConnections.js';
import type { TemporalLook } from './temporalLook.js';
import type { TemporalPageOf } from './temporalPages.js';
import { registerWebhooks } from './webhooks/routes.js';

const MAX_BODY_BYTES = 64 * 1024;
/** Milestone ids are made of the ids of rule, party and product; a link's token is longer still. */
const MAX_PARAMETER_LENGTH = 1_000;

/** What the API needs of the register. */
export type ApiRegister = PortfolioRegister &
  EvidenceDependencies['register'] &
  TokenDependencies['register'] &
  CallerDependencies['register'] &
  SignInDependencies['register'] &
  CalendarDependencies['register'] &
  FeedDependencies['register'] &
  BulkDependencies['register'];

export interface ServerDependencies {
  migrations: Migrations;
  temporal: TemporalLook;
  temporalPageOf: TemporalPageOf;
  /** Looks at every part that is needed. */
  systemChecks: () => Promise<Check[]>;
  register: ApiRegister;
  planOrder: PlanOrder;
  /** Plans a running migration anew. */
  replan: Replan;
  standings: () => Promise<Standings>;
  /** What suppliers have stated that they can do on a day. */
  capacities: () => Promise<Capacities>;
  /** Runs operations on many practices. */
  bulkRuns: BulkRuns;
  /** Keeps what is asked in them from other readers of the register. */
  sealing: Sealing;
  webhookSecrets: WebhookSecrets;
  /** Reads the links in mails. */
  links: Links;
  /** Makes them. */
  pageLinkOf: PageLinkOf;
  /** Makes and reads the links to calendars. */
  feedLinks: FeedLinks;
  /** From `readOperatorToken`. */
  operatorToken: string;
  signIn: SignInSettings;
  /** What GOV.UK Notify was given; without it nobody is listened to. */
  notifyCallbackToken?: string;
  health: HealthChecks;
  /** True when NODE_ENV is production. */
  production: boolean;
  logger?: FastifyBaseLogger;
  rateLimits?: RateLimits;
  /** Set behind a proxy that tells the sender's address, so that limits count senders and not the proxy. */
  trustProxy?: boolean;
}

/** The operators' routes, each behind the token. */
const operatorRoutes =
  (deps: ServerDependencies, signIn: SignIn, rateChecks: RateChecks) => async (app: FastifyInstance) => {
    await app.register(etag);
    const authenticate = requireCaller({ ...deps, signIn, nowMs: Date.now });
    app.addHook('onRequest', async (request) => {
      await rateChecks.perAddress(request, request.ip);
      await authenticate(request);
      // A key that is none is refused also where a repeat would be harmless without one.
      idempotencyKeyOf(request);
    });
    app.addHook('preValidation', nameTheActor);
    app.addHook('onRoute', (route) => {
      route.schema = documented(route);
    });
    await app.register(startRoutes(deps));
    await app.register(orderRoutes);
    await app.register(importRoutes);
    await app.register(referenceRoutes);
    await app.register(portfolioRoutes(deps));
    await app.register(overviewRoutes(deps));
    await app.register(meetingRoutes(deps));
    await app.register(explanationRoutes(deps));
    await app.register(auditRoutes(deps));
    await app.register(evidenceRoutes(deps));
    await app.register(doctorRoutes(deps));
    await app.register(actionRoutes(deps.migrations));
    await app.register(redateRoutes(deps));
    await app.register(adoptionRoutes(deps));
    await app.register(bounceRoutes(deps.migrations));
    await app.register(bulkRoutes({ ...deps, runs: deps.bulkRuns, nowMs: Date.now }));
    await app.register(linkRoutes(deps));
    await app.register(feedRoutes({ ...deps, nowMs: Date.now }));
    await app.register(turnaroundRoutes(deps));
    await app.register(tokenRoutes({ ...deps, nowMs: Date.now }));
    await app.register(sessionRoutes({ signIn }));
  };

/** The HTTP server, complete and not yet listening: suppliers' webhooks, operators' API, health, documentation. */
export async function createServer(deps: ServerDependencies): Promise<FastifyInstance> {
  const app: FastifyInstance = fastify({
    bodyLimit: MAX_BODY_BYTES,
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    trustProxy: deps.trustProxy ?? false,
    frameworkErrors: (error, request, reply) => void problemHandler()(error, request, reply),
    ...(deps.logger !== undefined && { loggerInstance: withPrivateUrls(deps.logger) }),
  });
  app.setValidatorCompiler(zodValidatorCompiler);
  // Answers are held to their schemas by the compiler and the tests: checking each again would cost as much as making it.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  // Node writes a long string out four times as slowly as its bytes.
  app.addHook('onSend', async (_request, _reply, payload) =>
    typeof payload === 'string' ? Buffer.from(payload) : payload,
  );
  useProblems(app);
  cutSilentConnections(app);
  // Served as plain HTTP on one machine or behind a proxy's TLS: asking browsers to upgrade would break the former.
  const directives = { styleSrc: ["'self'"], fontSrc: ["'self'"], upgradeInsecureRequests: null };
  await app.register(helmet, { contentSecurityPolicy: { directives } });
  await app.register(cookie);
  await compressAnswers(app);
  const signIn = createSignIn({ ...deps, nowMs: Date.now });
  const rateChecks = await createRateChecks(app, deps.rateLimits ?? defaultRateLimits);
  await documentApi(app);
  registerHealth(app, deps.health);
  await app.register(async (scope) => registerWebhooks(scope, { ...deps, rateChecks }));
  const { migrations, notifyCallbackToken } = deps;
  if (notifyCallbackToken !== undefined)
    await app.register(notifyRoutes({ migrations, notifyCallbackToken, rateChecks }));
  await app.register(operatorRoutes(deps, signIn, rateChecks), { prefix: '/api' });
  await app.register(registerAssets);
  await app.register(signInRoutes({ ...deps, signIn, rateChecks, nowMs: Date.now }), { prefix: '/sign-in' });
  await app.register(operatorPageRoutes({ ...deps, signIn, rateChecks }), { prefix: '/operator' });
  await app.register(pageRoutes({ ...deps, rateChecks, nowMs: Date.now }), { prefix: '/p' });
  await app.register(calendarRoutes({ ...deps, rateChecks, nowMs: Date.now }), { prefix: '/calendar' });
  app.get('/', { schema: { hide: true } }, async (_request, reply) => reply.redirect('/operator', 303));
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  return app;
}
