import type { AsyncCompletionClient } from '@temporalio/client';
import { createBulkActivities } from '../activities/bulk/bulk.js';
import type { BulkDependencies } from '../activities/bulk/ports.js';
import { temporalBulkAttempt } from '../activities/bulk/temporalAttempt.js';
import { createDeliverActivities } from '../activities/deliver/deliver.js';
import { temporalAttempt } from '../activities/deliver/temporalAttempt.js';
import { createWebhooks } from '../activities/deliver/webhook.js';
import type { Mailer } from '../activities/email/mailer.js';
import { createPlanActivities } from '../activities/plan/plan.js';
import { createRegisterActivities } from '../activities/register/activities.js';
import { loadCalendar } from '../config/loadCalendar.js';
import { kept } from '../config/kept.js';
import { loadRuleSet } from '../config/loadRuleSet.js';
import { loadRules } from '../config/loadRules.js';
import type { Logger } from '../config/logger.js';
import type { WebhookSecrets } from '../config/webhookSecrets.js';
import type { Register } from '../register/types.js';
import type { BulkActivities } from '../rules/bulk/ports.js';
import type { MigrationActivities } from '../rules/migration/ports.js';

export interface ActivityDependencies {
  register: Pick<Register, 'write'> & BulkDependencies['register'];
  mailer: Pick<Mailer, 'send'>;
  webhookSecrets: WebhookSecrets;
  webhooksToPrivateNetworks: boolean;
  /** With the worker's own data converter: heartbeats go through it. */
  heartbeats: Pick<AsyncCompletionClient, 'heartbeat' | 'withDeadline'>;
  /** Rows of operations on many practices: what the operators' API does for one. */
  bulk: Pick<BulkDependencies, 'applyRow' | 'settings'>;
  logger: Logger;
}

/** The activities of operations on many practices. */
export const createBulkWork = ({ register, bulk }: Pick<ActivityDependencies, 'register' | 'bulk'>): BulkActivities =>
  createBulkActivities({ ...bulk, register, currentAttempt: temporalBulkAttempt, nowMs: Date.now });

/** All activities of a migration, with the world behind them. */
export function createMigrationActivities(deps: Omit<ActivityDependencies, 'bulk'>): MigrationActivities {
  const { register, mailer, webhookSecrets, webhooksToPrivateNetworks, heartbeats, logger } = deps;
  const ruleSetOf = kept(loadRuleSet);
  const registerActivities = createRegisterActivities({ register, log: logger });
  const webhook = createWebhooks({
    secretOf: async (partyId) => (await webhookSecrets.of(partyId))[0],
    toPrivateNetworks: webhooksToPrivateNetworks,
  });
  return {
    ...createPlanActivities({
      loadRules: async (order) => loadRules(order, { ruleSet: await ruleSetOf(order.ruleSet) }),
      loadCalendar,
    }),
    ...registerActivities,
    ...createDeliverActivities({
      mail: mailer.send,
      webhook,
      writeRegister: registerActivities.writeRegister,
      log: logger,
      currentAttempt: temporalAttempt(heartbeats),
    }),
  };
}
