import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { orderSchema } from '../rules/order/schema.js';
import { eventsSchema } from '../rules/rehearsal/eventsSchema.js';
import { layerSchema } from '../rules/ruleset/layerSchema.js';
import { ruleSetSchema } from '../rules/ruleset/schema.js';
import { trackerColumnsSchema } from './tracker/columnsSchema.js';

const published = {
  'order.schema.json': { title: 'Order of a GP practice migration', schema: orderSchema },
  'rehearsal-events.schema.json': { title: 'What happens in a rehearsal of a migration', schema: eventsSchema },
  'rule-layer.schema.json': { title: 'Layer over a rule set for GP practice migrations', schema: layerSchema },
  'rule-set.schema.json': { title: 'Rule set for GP practice migrations', schema: ruleSetSchema },
  'tracker-columns.schema.json': {
    title: 'What the columns of a tracker of migrations mean',
    schema: trackerColumnsSchema,
  },
};

/** The JSON Schemas of the files that people write, by file name, as text: for editors that check while one types. */
export function publishedSchemas(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(published).map(([name, { title, schema }]) => {
      const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
      return [name, `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`];
    }),
  );
}

/** Writes every published schema into a folder, which is made where it is missing. */
export async function writeSchemas(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(publishedSchemas())) await writeFile(join(folder, name), text);
}
