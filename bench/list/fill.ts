/** A register with a whole country's practices: the data over which the list is measured. */
import { milestoneRow, migrationRow } from '../../rules/migration/registerRows.js';
import type { RegisterWrite } from '../../rules/migration/records.js';
import { startMigration } from '../../rules/migration/start.js';
import type { Order } from '../../rules/order/schema.js';
import { planMigration } from '../../rules/plan/planMigration.js';
import type { Register } from '../../register/types.js';
import { exampleOf, type Example } from '../examples.js';
import { practiceOrders } from '../practices.js';

const AT_ONCE = 8;
const ICBS = 42;
const OPERATORS = 60;

/** Every eighth practice is behind by a little, so that the list has all three ratings. */
const LATE_EVERY = 8;

function writeOf(order: Order, index: number, { ruleSet, calendar, asOf }: Example): RegisterWrite {
  const { plan, directory } = planMigration(order, ruleSet, calendar, asOf);
  const migrationId = `${order.practice.odsCode}-${order.orderedOn.replaceAll('-', '')}-aaaaaa`;
  const state = startMigration({
    migrationId,
    rehearsal: false,
    order,
    plan,
    directory,
    atMs: Date.parse(`${asOf}T09:00:00Z`),
  });
  const row = migrationRow(state, `migration-${order.practice.odsCode}`);
  return {
    asOfSeq: 1,
    migration: {
      ...row,
      practiceName: `Practice ${String(index)}`,
      icb: `ICB ${String(index % ICBS)}`,
      owner: `Operator ${String(index % OPERATORS)}`,
      ...(index % LATE_EVERY === 0 && { slipped: 2, delayHolders: ['practice'] }),
    },
    milestones: plan.milestones.map(({ id }) => milestoneRow(state, id)),
    messages: [],
    audit: [],
  };
}

/** Writes so many practices of sixty milestones as running migrations would, and says how many milestones there are. */
export async function fillRegister(register: Pick<Register, 'write'>, practices: number): Promise<number> {
  const example = await exampleOf('sixty');
  const orders = practiceOrders(example.order, practices).entries();
  let milestones = 0;
  const writing = Array.from({ length: AT_ONCE }, async () => {
    for (const [index, order] of orders) {
      const write = writeOf(order, index, example);
      milestones += write.milestones.length;
      await register.write(write);
    }
  });
  await Promise.all(writing);
  return milestones;
}
