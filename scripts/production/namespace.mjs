import { isMain } from '../lib/main.mjs';
import { eventually } from './wait.mjs';

const RETENTION_DAYS = 90;
const DAY_MS = 24 * 60 * 60 * 1_000;
const PATIENCE_MS = 120_000;
const ALREADY_EXISTS = 6;

/**
 * Makes Temporal ready for the product: its namespace, which keeps closed migrations for 90 days, and the search
 * attributes. May run again at any time; waits until the server serves.
 */
export async function setUpNamespace({ address, namespace }) {
  const { Connection } = await import('@temporalio/client');
  const connection = await eventually(`Temporal serves on ${address}`, PATIENCE_MS, () =>
    Connection.connect({ address, connectTimeout: '2 seconds' }),
  );
  try {
    await eventually(`namespace ${namespace} exists`, PATIENCE_MS, () => keepNamespace(connection, namespace));
    // A server learns of a new namespace some seconds after it was made.
    await eventually('search attributes are known', PATIENCE_MS, () => keepSearchAttributes(connection, namespace));
  } finally {
    await connection.close();
  }
}

async function keepNamespace({ workflowService }, namespace) {
  const { msNumberToTs } = await import('@temporalio/common/lib/time.js');
  const workflowExecutionRetentionPeriod = msNumberToTs(RETENTION_DAYS * DAY_MS);
  try {
    await workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod });
  } catch (error) {
    if (error.code !== ALREADY_EXISTS) throw error;
    await workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: workflowExecutionRetentionPeriod },
    });
  }
}

async function keepSearchAttributes({ operatorService }, namespace) {
  const { encodeSearchAttributeIndexedValueType } = await import('@temporalio/common/lib/search-attributes.js');
  const { searchAttributeKeys } = await import('../../dist/workflows/migration/searchAttributes.js');
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
  const missing = Object.values(searchAttributeKeys).filter(({ name }) => !(name in customAttributes));
  if (missing.length === 0) return;
  const searchAttributes = Object.fromEntries(
    missing.map(({ name, type }) => [name, encodeSearchAttributeIndexedValueType(type)]),
  );
  await operatorService.addSearchAttributes({ namespace, searchAttributes });
}

if (isMain(import.meta.url)) {
  const { TEMPORAL_ADDRESS: address = '127.0.0.1:7233', TEMPORAL_NAMESPACE: namespace = 'leadtime' } = process.env;
  await setUpNamespace({ address, namespace });
  console.log(`Namespace ${namespace} on ${address} is ready.`);
}
