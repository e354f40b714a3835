import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { publishedSchemas } from '../../config/schemas.js';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const schemas = publishedSchemas();

function accepts(schema: string, file: string): boolean {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  return ajv.validate(JSON.parse(schemas[schema] ?? ''), parse(read(file)));
}

describe('the published JSON Schemas', () => {
  it('are those of the code: npm run build writes them', () => {
    expect(readdirSync(new URL('schemas/', root)).toSorted()).toEqual(
      expect.arrayContaining(Object.keys(schemas).toSorted()),
    );
    for (const [name, text] of Object.entries(schemas)) expect(read(`schemas/${name}`)).toBe(text);
  });

  it('accept the examples and the rule set that ships, and refuse a wrong one', () => {
    for (const name of ['plain', 'rich', 'mid-flight', 'shared-instance/millbrook-lane', 'shared-instance/weir-house'])
      expect(accepts('order.schema.json', `examples/${name}.yaml`)).toBe(true);
    for (const name of ['wrong-day', 'bad-week', 'called-off'])
      expect(accepts('rehearsal-events.schema.json', `examples/events/plain-${name}.yaml`)).toBe(true);
    expect(accepts('rule-set.schema.json', 'config/rulesets/gp-england.yaml')).toBe(true);
    expect(accepts('order.schema.json', 'examples/bad/single-fields.yaml')).toBe(false);
  });
});
