import { planFromOrderText, type PlannedOrder } from '../../../config/planFromText.js';
import { packFiles } from '../../../api/pack/files.js';
import type { Order } from '../../../rules/order/schema.js';
import { exampleOrder } from '../../support/examples.js';

/** An order of `examples/`, with changes, planned as the command plans it. */
export async function plannedFile(name: string, change: Partial<Order> = {}, asOf?: string): Promise<PlannedOrder> {
  const order = exampleOrder(name, change);
  // JSON is YAML.
  const reading = await planFromOrderText(JSON.stringify(order), 'order.yaml', asOf ?? order.orderedOn);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading;
}

/** The files of its pack, by name. */
export async function packOf(
  name: string,
  change: Partial<Order> = {},
  asOf?: string,
): Promise<Record<string, string>> {
  const files = packFiles(await plannedFile(name, change, asOf));
  return Object.fromEntries(files.map((file) => [file.name, file.text]));
}

/** What a reader sees of a page: its text without markup, on one line. */
export const shown = (html = ''): string =>
  html
    .slice(html.indexOf('<main>'))
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
