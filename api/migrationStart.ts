import type { WorkflowStartOptions } from '@temporalio/client';
import type { Order } from '../rules/order/schema.js';
import * as messages from '../workflows/migration/messages.js';
import { startingSearchAttributes } from '../workflows/migration/searchAttributes.js';
import type { StartMigration } from './migrations.js';

const supplierIn = ({ parties }: Order, role: 'sourceSupplier' | 'targetSupplier'): string =>
  parties.find((party) => party.roles.includes(role))?.id ?? '';

/** One line for Temporal's lists, like `Z90001 from oak-systems to elm-systems`; ids alone. */
function summaryOf({ order, rehearsal }: StartMigration): string {
  const suppliers = `from ${supplierIn(order, 'sourceSupplier')} to ${supplierIn(order, 'targetSupplier')}`;
  return `${rehearsal === undefined ? '' : 'Rehearsal of '}${order.practice.odsCode} ${suppliers}`;
}

/** The days that the migration starts with, as Markdown. They may move; what the workflow says of itself follows them. */
function detailsOf({ migrationId, order, asOf }: StartMigration): string {
  const anchors = Object.entries(order.anchors).flatMap(([anchor, day]) =>
    day ? [`- ${anchor}: ${day.on}, ${day.status}`] : [],
  );
  return [`${migrationId}, planned as of ${asOf}, with these days at the start:`, '', ...anchors].join('\n');
}

/** How a migration is started: one at a time for a practice, found by codes, and told apart in Temporal's own pages. */
export function startOptions(workflowId: string, command: StartMigration) {
  const input: messages.MigrationInput = command;
  return {
    workflowId,
    taskQueue: messages.migrationTaskQueue,
    args: [input],
    workflowIdConflictPolicy: 'FAIL',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    memo: { migrationId: command.migrationId },
    typedSearchAttributes: startingSearchAttributes({
      odsCode: command.order.practice.odsCode,
      sourceSupplierId: supplierIn(command.order, 'sourceSupplier'),
      targetSupplierId: supplierIn(command.order, 'targetSupplier'),
    }),
    staticSummary: summaryOf(command),
    staticDetails: detailsOf(command),
  } satisfies WorkflowStartOptions;
}
