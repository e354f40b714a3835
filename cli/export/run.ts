/** `leadtime export`: one line for each running migration, as its order stands. */
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import { cellsOfOrder, trackerHeaders } from '../../config/tracker/cellsOfOrder.js';
import { orderSchema, type Order } from '../../rules/order/schema.js';
import { step } from '../apiCommand.js';
import { connectApi, type ApiClient } from '../client.js';
import { CommandFailure } from '../failure.js';
import { loadColumns } from '../import/columns.js';
import { filterQuery, type PortfolioFilters } from '../portfolioFilters.js';

export interface ExportOptions extends PortfolioFilters {
  columns?: string;
}

const PAGE = 1_000;
/** Each is asked for from its own workflow. */
const AT_ONCE = 8;

const pageSchema = z.object({ migrations: z.array(z.looseObject({ migrationId: z.string() })), total: z.number() });
const answerSchema = z.object({ order: orderSchema });

async function migrationIds(api: ApiClient, filters: PortfolioFilters): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const query = filterQuery(filters, { status: 'running', limit: PAGE, offset: ids.length });
    const { migrations, total } = pageSchema.parse(await api.get(`/migrations?${query.toString()}`));
    ids.push(...migrations.map(({ migrationId }) => migrationId));
    if (migrations.length === 0 || ids.length >= total) return ids;
  }
}

/** @returns undefined where the migration cannot be asked, which is said */
async function orderNow(api: ApiClient, id: string): Promise<Order | undefined> {
  try {
    return answerSchema.parse(await api.get(`/migrations/${step(id)}/order`)).order;
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    process.stderr.write(`${id} is missing: ${error.message}\n`);
    return undefined;
  }
}

async function ordersOf(api: ApiClient, ids: readonly string[]): Promise<(Order | undefined)[]> {
  const orders: (Order | undefined)[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE)
    orders.push(...(await Promise.all(ids.slice(from, from + AT_ONCE).map((id) => orderNow(api, id)))));
  return orders;
}

/** @returns false where a migration is missing. @throws CommandFailure */
export async function runExport({ columns: given, ...filters }: ExportOptions): Promise<boolean> {
  const columns = await loadColumns(given);
  const api = await connectApi();
  const orders = await ordersOf(api, await migrationIds(api, filters));
  const rows = orders.flatMap((order) => (order === undefined ? [] : [cellsOfOrder(order, columns)]));
  // A cell that a spreadsheet would take for a formula gets an apostrophe, which import takes off again.
  process.stdout.write(stringify([trackerHeaders(columns), ...rows], { escape_formulas: true }));
  return orders.every((order) => order !== undefined);
}
