import type { Directory } from '../migration/state.js';
import type { Order } from '../order/schema.js';

/** The people and parties of an order, as a running migration keeps them. The CSU asks and chases unless the order says so. */
export function directoryOf(order: Order): Directory {
  const { practice, csu, icb, contacts, parties, decisions } = order;
  return {
    practice: { odsCode: practice.odsCode, name: practice.name, sites: practice.sites },
    csu,
    icb,
    contacts,
    parties,
    extractRequestSentBy: decisions.extractRequestSentBy ?? 'csu',
    chasedBy: decisions.chasedBy ?? 'csu',
  };
}
