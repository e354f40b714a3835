import type { Client, Connection } from '@temporalio/client';
import type { Environment } from '../config/environment.js';
import { everyRule } from '../config/everyRule.js';
import type { FeedLinks } from '../config/feedLinks.js';
import type { Links } from '../config/links.js';
import { loadCalendar } from '../config/loadCalendar.js';
import type { Logger } from '../config/logger.js';
import type { PageLinkOf } from '../config/pageLinks.js';
import { connectTemporal } from '../config/temporal/connection.js';
import { dataConverter } from '../config/temporal/dataConverter.js';
import type { TemporalSettings } from '../config/temporal/settings.js';
import { createCapacities } from '../config/capacities.js';
import { createReplan } from '../config/replanning.js';
import { createSealing } from '../config/sealing.js';
import { todayInLondon } from '../config/today.js';
import { createWebhookSecrets } from '../config/webhookSecrets.js';
import type { Register } from '../register/types.js';
import { systemChecks } from './doctor/systemChecks.js';
import type { HealthCheck, HealthChecks } from './health.js';
import { readOperatorToken } from './operator/operatorToken.js';
import { createStandings } from './operator/standings.js';
import type { PlanOrder } from './planning.js';
import { createServer } from './server.js';
import { createTemporalBulkRuns } from './bulk/temporalRuns.js';
import { createTemporalLook } from './temporalLook.js';
import { createTemporalMigrations } from './temporalMigrations.js';
import { temporalPages } from './temporalPages.js';

const TEMPORAL_CHECK_MS = 2_500;

export interface StartApiDependencies {
  environment: Pick<
    Environment,
    | 'api'
    | 'production'
    | 'codecKeysFile'
    | 'notifyCallbackToken'
    | 'publicUrl'
    | 'temporalUiUrl'
    | 'capacitiesFile'
    | 'session'
    | 'oidc'
  >;
  /** Path of the file with the operators' token. */
  operatorTokenFile: string;
  /** Path of the file with the suppliers' secrets; it need not be there yet. */
  webhookSecretsFile: string;
  links: Links;
  pageLinkOf: PageLinkOf;
  feedLinks: FeedLinks;
  temporal: TemporalSettings;
  register: Register;
  planOrder: PlanOrder;
  /** Rejects when the mail server cannot be reached. */
  checkMail: HealthCheck;
  logger: Logger;
}

export interface RunningApi {
  /** `http://127.0.0.1:8080`. */
  url: string;
  /** Answers what has been asked, takes nothing new, and lets go of Temporal; the register stays open. */
  close(): Promise<void>;
}

const healthChecks = (
  { register, checkMail, temporal }: StartApiDependencies,
  connection: Connection,
): HealthChecks => ({
  temporal: async () =>
    connection.withDeadline(Date.now() + TEMPORAL_CHECK_MS, () =>
      connection.workflowService.describeNamespace({ namespace: temporal.namespace }),
    ),
  register: async () => {
    if (!(await register.ping())) throw new Error('the register does not answer');
  },
  mail: checkMail,
});

const temporalOver = (client: Client, connection: Connection, logger: Logger) => {
  const report = (error: unknown, what: string): void =>
    logger.warn({ err: error, what }, 'Temporal did not answer as it should');
  const deps = { client, connection, report };
  return { migrations: createTemporalMigrations(deps), bulkRuns: createTemporalBulkRuns(deps) };
};

/** What a look at every part needs, beside Temporal. */
const partsOf = ({ register, checkMail, links }: StartApiDependencies) => ({
  pingRegister: () => register.ping(),
  checkMail,
  links: async () => links,
  calendar: () => loadCalendar(),
  rules: everyRule,
  today: () => todayInLondon(),
  nowMs: Date.now,
});

/**
 * Starts the API and listens. Temporal, mail and a PostgreSQL register may be away: it starts, says so at /readyz, and
 * answers 503 where it needs them.
 *
 * @throws OperatorTokenError, CodecKeysError, CapacitiesError, and the system's error when the port is taken
 */
export async function startApi(deps: StartApiDependencies): Promise<RunningApi> {
  const { environment, logger, register, planOrder, links, pageLinkOf, feedLinks } = deps;
  const { codecKeysFile, production, api, notifyCallbackToken, publicUrl, session, oidc } = environment;
  const operatorToken = await readOperatorToken(deps.operatorTokenFile);
  const converter = dataConverter({ codecKeysFile, production });
  const connecting = { settings: deps.temporal, dataConverter: converter, identity: 'leadtime-api' };
  const { client, connection } = connectTemporal(connecting);
  const temporal = createTemporalLook(connection, deps.temporal.namespace);
  const webhookSecrets = createWebhookSecrets(deps.webhookSecretsFile);
  const capacities = createCapacities(environment.capacitiesFile);
  // What is wrong with the file is said now, not to the first who looks.
  await capacities();
  const app = await createServer({
    ...temporalOver(client, connection, logger),
    sealing: createSealing(converter),
    temporal,
    temporalPageOf: temporalPages(environment.temporalUiUrl, deps.temporal.namespace),
    systemChecks: () => systemChecks({ ...partsOf(deps), temporal, webhookSecrets }),
    register,
    planOrder,
    replan: createReplan(),
    standings: createStandings(),
    capacities,
    webhookSecrets,
    links,
    pageLinkOf,
    feedLinks,
    operatorToken,
    signIn: { publicUrl, session, ...(oidc && { oidc }) },
    ...(notifyCallbackToken !== undefined && { notifyCallbackToken }),
    health: healthChecks(deps, connection),
    production,
    logger,
  });
  const close = async (): Promise<void> => {
    await app.close();
    await connection.close();
  };
  try {
    return { url: await app.listen(api), close };
  } catch (error) {
    await close();
    throw error;
  }
}
