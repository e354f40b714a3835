import type { PlannedOrder } from '../../config/planFromText.js';
import { formatDay, type Day } from '../../rules/calendar/day.js';
import type { Order, Party } from '../../rules/order/schema.js';
import type { HolderId } from '../../rules/plan/types.js';

/** What every page of the pack names. Days are ready to be read. */
export interface About {
  practice: string;
  odsCode: string;
  csu: string;
  asOf: string;
  orderedOn: string;
  rules: string;
  calendar: string;
}

export function aboutOf({ order, plan, asOf }: PlannedOrder): About {
  const layers = (plan.layers ?? []).map(({ id, version }) => `, ${id} ${version}`);
  return {
    practice: order.practice.name,
    odsCode: order.practice.odsCode,
    csu: order.csu.name,
    asOf: formatDay(asOf),
    orderedOn: formatDay(order.orderedOn),
    rules: `${plan.ruleSet.id} ${plan.ruleSet.version}${layers.join('')}`,
    calendar: `${plan.calendar.id} ${plan.calendar.version}`,
  };
}

/** How the people at the table call a holder. */
export function holderName({ practice, csu, parties }: Order, holder: HolderId): string {
  if (holder === 'practice') return practice.name;
  if (holder === 'csu') return csu.name;
  return parties.find(({ id }) => id === holder)?.name ?? holder;
}

export function supplierWith({ parties }: Order, role: Party['roles'][number]): Party | undefined {
  return parties.find(({ roles }) => roles.includes(role));
}

/** `Thursday 7 January 2027`, or what to say without a day. */
export const dayOr = (day: Day | undefined, otherwise: string): string =>
  day === undefined ? otherwise : formatDay(day);
