import type { Day } from '../rules/calendar/day.js';
import type { Order } from '../rules/order/schema.js';

/** One thing wrong with an order, or worth knowing about it, for the person who wrote it. */
export interface OrderProblem {
  severity: 'error' | 'risk' | 'warning';
  /** Closed list, such as `latest-start-passed`; absent where one field is simply wrong. */
  code?: string;
  file: string;
  /** Line in the file, from 1, where it can be told. */
  line?: number;
  /** As people write a place: `parties[2].noticePeriod`. */
  field?: string;
  message: string;
  /** What to do. */
  fix?: string;
}

export interface PlanOrderRequest {
  fileName: string;
  text: string;
  /** Today by default; in a rehearsal the day of the order. */
  asOf?: Day;
  rehearsal: boolean;
}

/** unreadable: the text is not an order, nothing can be planned. planned: it is one; its problems decide whether it can start. */
export type PlanOrderResult =
  | { kind: 'unreadable'; problems: OrderProblem[] }
  | { kind: 'planned'; order: Order; asOf: Day; problems: OrderProblem[] };

/** Plans an order to see what is wrong with it; the migration plans again for itself and records that. */
export type PlanOrder = (request: PlanOrderRequest) => Promise<PlanOrderResult>;
