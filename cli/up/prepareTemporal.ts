import type { Connection } from '@temporalio/client';
import { encodeSearchAttributeIndexedValueType } from '@temporalio/common/lib/search-attributes.js';
import { msNumberToTs } from '@temporalio/common/lib/time.js';
import { searchAttributeKeys } from '../../workflows/migration/searchAttributes.js';

const DEADLINE_MS = 5_000;
const DAY_MS = 24 * 60 * 60 * 1_000;
/** How long a closed migration can still be looked at in Temporal. */
const RETENTION_DAYS = 90;

/** Makes our search attributes known, those that are not yet. A migration cannot start without. */
export async function keepSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  await connection.withDeadline(Date.now() + DEADLINE_MS, async () => {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = Object.values(searchAttributeKeys).filter(({ name }) => !(name in customAttributes));
    if (missing.length === 0) return;
    const searchAttributes = Object.fromEntries(
      missing.flatMap(({ name, type }) => {
        const indexed = encodeSearchAttributeIndexedValueType(type);
        return indexed === undefined ? [] : [[name, indexed]];
      }),
    );
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
  });
}

/** Has the server keep closed migrations for 90 days, which it would forget after one. */
export async function keepRetention(connection: Connection, namespace: string): Promise<void> {
  const config = { workflowExecutionRetentionTtl: msNumberToTs(RETENTION_DAYS * DAY_MS) };
  await connection.withDeadline(Date.now() + DEADLINE_MS, () =>
    connection.workflowService.updateNamespace({ namespace, config }),
  );
}
