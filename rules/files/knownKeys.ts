import { z } from 'zod';
import type { Path } from './problem.js';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The keys that a schema knows at a path, for a suggestion; empty where it cannot tell. */
export function knownKeys(schema: z.ZodType, path: Path): string[] {
  let here: JsonSchema[] = [z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })];
  for (const key of path) here = here.flatMap((each) => alternatives(each)).flatMap((each) => below(each, key));
  return [...new Set(here.flatMap((each) => alternatives(each)).flatMap(keysOf))];
}

/** Those that it names, and those of a group whose keys are a choice of words. */
function keysOf({ properties, propertyNames }: JsonSchema): string[] {
  const choices = typeof propertyNames === 'object' ? (propertyNames.enum ?? []) : [];
  return [...Object.keys(properties ?? {}), ...choices.map(String)];
}

function alternatives(schema: JsonSchema): JsonSchema[] {
  const { anyOf, allOf } = schema;
  return [schema, ...[...(anyOf ?? []), ...(allOf ?? [])].flatMap((each) => alternatives(each))];
}

function below({ properties, items, additionalProperties }: JsonSchema, key: PropertyKey): JsonSchema[] {
  const named = properties?.[String(key)];
  const candidates = [named, ...[items].flat(), additionalProperties];
  return candidates.flatMap((each) => (typeof each === 'object' ? [each] : []));
}
