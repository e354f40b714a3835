/** What a running migration can be found by in Temporal. Codes and states alone: search attributes are never encrypted. */
import type { Phase } from '../../rules/migration/events.js';
import type { MigrationStatus } from '../../rules/migration/state.js';

const keyword = <Name extends string>(name: Name) => ({ name, type: 'KEYWORD' as const });

/** The one definition of each search attribute: the server registers them, starts set them, the workflow changes two. */
export const searchAttributeKeys = {
  odsCode: keyword('OdsCode'),
  phase: keyword('MigrationPhase'),
  status: keyword('MigrationStatus'),
  sourceSupplier: keyword('SourceSupplier'),
  targetSupplier: keyword('TargetSupplier'),
};

export interface StartingAttributes {
  odsCode: string;
  sourceSupplierId: string;
  targetSupplierId: string;
}

/** The attributes that a migration starts with. */
export const startingSearchAttributes = (order: StartingAttributes) => [
  { key: searchAttributeKeys.odsCode, value: order.odsCode },
  { key: searchAttributeKeys.sourceSupplier, value: order.sourceSupplierId },
  { key: searchAttributeKeys.targetSupplier, value: order.targetSupplierId },
  ...progressSearchAttributes('preMigration', 'running'),
];

/** The attributes that change on the way: with phase and status only, so that they cost next to nothing. */
export const progressSearchAttributes = (phase: Phase, status: MigrationStatus) => [
  { key: searchAttributeKeys.phase, value: phase },
  { key: searchAttributeKeys.status, value: status },
];
