import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { planFromOrderText, type PlannedOrder } from '../config/planFromText.js';
import { projectFolder } from '../config/project.js';
import { addDays } from '../rules/calendar/day.js';
import type { Order } from '../rules/order/schema.js';

/** The example order of a plain migration, planned as of the day of the order, so that nothing is late. */
export async function plainExample(): Promise<PlannedOrder> {
  const file = path.join(projectFolder, 'examples/plain.yaml');
  const reading = await planFromOrderText(await readFile(file, 'utf8'), 'plain.yaml', ({ orderedOn }) => orderedOn);
  if (!reading.ok) throw new Error(`${file} cannot be read: run "leadtime plan ${file}" to see why`);
  return reading;
}

/** Every anchor of an order, so many weeks later. */
export function movedAnchors({ anchors }: Order, weeks: number): Order['anchors'] {
  const moved = structuredClone(anchors);
  for (const anchor of Object.values(moved)) if (anchor !== undefined) anchor.on = addDays(anchor.on, 7 * weeks);
  return moved;
}
