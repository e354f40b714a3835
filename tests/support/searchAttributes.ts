import type { Connection } from '@temporalio/client';
import {
  encodeSearchAttributeIndexedValueType,
  type SearchAttributeKey,
  type SearchAttributeType,
} from '@temporalio/common/lib/search-attributes.js';

/** As `defineSearchAttributeKey` of `@temporalio/common` makes them. */
export type SearchAttributeToRegister = SearchAttributeKey<SearchAttributeType>;

/** Makes search attributes known to a server, before any workflow sets them. */
export async function registerSearchAttributes(
  connection: Connection,
  namespace: string,
  keys: readonly SearchAttributeToRegister[],
): Promise<void> {
  if (keys.length === 0) return;
  const searchAttributes: Record<string, IndexedValueType> = {};
  for (const { name, type } of keys) {
    const indexedType = encodeSearchAttributeIndexedValueType(type);
    if (indexedType !== undefined) searchAttributes[name] = indexedType;
  }
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
}

type IndexedValueType = NonNullable<ReturnType<typeof encodeSearchAttributeIndexedValueType>>;

/** True when the server serves the namespace and knows all of the search attributes. */
export async function hasSearchAttributes(
  connection: Connection,
  namespace: string,
  keys: readonly SearchAttributeToRegister[],
): Promise<boolean> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return keys.every(({ name }) => name in customAttributes);
}
