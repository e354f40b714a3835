/** Values that a JSON Schema of our OpenAPI document allows, at random; and others. */
import fc from 'fast-check';

export interface Schema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  items?: Schema;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
}

/** Text as people write it, and as nobody should. */
const texts = fc.oneof(
  fc.constantFrom('Z90001', 'practiceManager', 'system', '2027-01-07', 'posters.main', '943 476 5919', "Robert'); --"),
  fc.string({ maxLength: 30, unit: 'binary' }),
  fc.string({ maxLength: 300 }),
);

function textOf({ pattern, minLength = 0, maxLength = 300 }: Schema): fc.Arbitrary<unknown> {
  const fits = (text: string): boolean => text.length >= minLength && text.length <= maxLength;
  if (pattern === undefined) return texts;
  // What the pattern is for is often short; the free texts are mostly refused, which is an answer too.
  return fc.oneof(texts, fc.stringMatching(new RegExp(pattern, 'u'), { size: 'small' }).filter(fits));
}

function objectOf({ properties = {}, required = [], additionalProperties }: Schema): fc.Arbitrary<unknown> {
  const members = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, arbitraryOf(schema)]));
  if (typeof additionalProperties === 'object' && Object.keys(members).length === 0)
    return fc.dictionary(fc.constantFrom('duplicates', 'inbox', 'x', '__proto__'), arbitraryOf(additionalProperties));
  return fc.record(members, { requiredKeys: required });
}

/** A value that fits, or nearly: lengths and formats are not always kept. */
export function arbitraryOf(schema: Schema): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map(arbitraryOf));
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const { minimum = -10, maximum = 1_000 } = schema;
  switch (schema.type) {
    case 'string':
      return textOf(schema);
    case 'integer':
      return fc.integer({ min: Math.max(minimum, -1e6), max: Math.min(maximum, 1e6) });
    case 'number':
      return fc.double({ min: minimum, max: maximum, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(arbitraryOf(schema.items ?? {}), { maxLength: 3 });
    case 'object':
      return objectOf(schema);
    default:
      return fc.jsonValue({ maxDepth: 3 });
  }
}

/** What fits, and now and then anything at all. */
export const fittingOrNot = (schema: Schema): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 5, arbitrary: arbitraryOf(schema) }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) });
