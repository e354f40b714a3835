import type { SupplierEvent } from '../../rules/migration/events.js';
import type { Redate } from '../../rules/migration/redate/redate.js';
import type { OutsideEvent } from '../../rules/rehearsal/actor.js';

function supplierWords({ supplierId, type, product, date, data }: SupplierEvent): string {
  const extract = data?.['extract'];
  const about = [product, typeof extract === 'string' ? `${extract} extract` : undefined, date && `for ${date}`];
  return [`${supplierId}: ${type}`, ...about.filter((part) => part !== undefined)].join(', ');
}

const countWords = (values: Record<string, number>): string =>
  Object.entries(values)
    .map(([counter, value]) => `${counter} ${value}`)
    .join(', ');

const movesText = ({ moves }: Redate): string => moves.map(({ anchor, to }) => `move ${anchor} to ${to}`).join(', ');

/** What somebody said, on one line: `Tom Ashdown: done posters.main`. */
export function eventText(event: OutsideEvent): string {
  switch (event.type) {
    case 'supplierEventReceived':
      return supplierWords(event.event);
    case 'milestoneDone':
      return `${event.report.by}: done ${event.report.milestoneId}`;
    case 'milestoneWaived':
      return `${event.by}: waive ${event.milestoneId} (${event.reason})`;
    case 'slipAcknowledged':
      return `${event.acknowledgement.by}: acknowledge ${event.acknowledgement.milestoneId}`;
    case 'contactAmended':
      return `${event.amendment.by}: ${event.amendment.target} is now ${event.amendment.contact.name}`;
    case 'countsReported':
      return `${event.report.by}: counts ${countWords(event.report.values)}`;
    case 'decided':
      return `${event.report.by}: ${event.report.decision} ${event.report.outcome}`;
    case 'itemAdded':
      return `${event.by}: add ${event.item.kind} ${event.item.id}, ${event.item.title}`;
    case 'helpAsked':
      return `${event.request.by}: asks for help with ${event.request.milestoneId}`;
    case 'linksRevoked':
      return `${event.by}: revoke the links of ${event.role}`;
    case 'redated':
      return `${event.redate.by}: ${movesText(event.redate)} (${event.redate.reason})`;
    case 'held':
      return `${event.by}: hold (${event.reason})`;
    case 'cancelled':
      return `${event.by}: cancel (${event.reason})`;
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}
