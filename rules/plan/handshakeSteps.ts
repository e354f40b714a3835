/** The days of an extract handshake, counted back from the day of the extract (rules.md, E.1). */
import type { LeadTime } from '../calendar/leadTime.js';
import type { Order, Party } from '../order/schema.js';
import type { HopName } from '../ruleset/schema.js';
import { givenBy, rulesFor } from '../ruleset/effective.js';
import { handOver, stepOf, type Given, type Planning } from './planning.js';
import type { HandshakePart, HolderId, Step } from './types.js';

export type Product = NonNullable<Party['products']>[number];

export interface HandshakeOf {
  party: Party;
  product: Product;
  /** Who asks for the extract: `csu` or `practice`. */
  requester: HolderId;
}

type Rules = Pick<Planning, 'order' | 'ruleSet'>;

const fromOrder = (value: string, period: LeadTime): Given => ({
  source: 'the order',
  layer: 'order',
  value,
  assumed: false,
  ...period,
});

/** Source suppliers have a notice of their own in the rules, other suppliers of data another. */
export const extractNoticeOf = ({ roles }: Pick<Party, 'roles'>): 'sourceSupplierNotice' | 'dataSupplierNotice' =>
  roles.includes('sourceSupplier') ? 'sourceSupplierNotice' : 'dataSupplierNotice';

/** Notice of an extract: the product's own, else what the rules have for the source supplier or for other suppliers of data. */
export function extractNotice(
  { ruleSet }: Rules,
  { party, product }: Omit<HandshakeOf, 'requester'>,
): Given | undefined {
  const name = extractNoticeOf(party);
  if (product.extractNotice !== undefined) return fromOrder(`extracts.${name}`, product.extractNotice);
  const rules = rulesFor(ruleSet, party);
  const notice = rules.extracts[name];
  return notice && { ...givenBy(rules, `extracts.${name}`), ...notice };
}

export type Turnaround = Exclude<HandshakePart, 'notice'>;

/** Time between two hops: of the party in the order, for the practice that of the order, else what the rules have for that party. */
export function turnaround({ order, ruleSet }: Rules, party: Party, part: Turnaround): Given {
  const given = party.turnaround?.[part] ?? (part === 'returnsForm' ? practiceReturns(order) : undefined);
  const key = `extracts.turnaround.${part}`;
  if (given !== undefined) return fromOrder(key, given);
  const rules = rulesFor(ruleSet, party);
  return { ...givenBy(rules, key), ...rules.extracts.turnaround[part] };
}

const practiceReturns = (order: Order) => order.practiceTurnaround?.returnsForm;

interface Leg {
  part: HandshakePart;
  given: Given;
  direction: -1 | 1;
  calendarOf: HolderId;
  why: string;
}

const legStep = ({ part, given, direction, calendarOf, why }: Leg): Step =>
  stepOf(given, direction, { calendarOf, roll: 'before', why, part });

/**
 * From the day of the extract back to each hop: the completed form is with the supplier one notice before; it leaves the
 * practice, reaches it and is asked for by the turnaround times before that, each in the working days of whoever spends it
 * and rolled before for whoever holds the hop (E.8). Delivered and received are due on the day itself, worked or not.
 *
 * @returns undefined where nobody gave a notice; that is an error of the order
 */
export function handshakeSteps(planning: Planning, of: HandshakeOf): Record<HopName, Step[]> | undefined {
  const notice = extractNotice(planning, of);
  if (notice === undefined) return undefined;
  const { id, name } = of.party;
  const leg = (part: Turnaround, direction: -1 | 1, calendarOf: HolderId, why: string): Step =>
    legStep({ part, given: turnaround(planning, of.party, part), direction, calendarOf, why });
  const closedFor = (holder: HolderId, who: string): Step[] =>
    handOver(holder, planning, { why: `not while ${who} is closed` });

  const why = `notice that ${name} needs before the extract`;
  const formReceived = [legStep({ part: 'notice', given: notice, direction: -1, calendarOf: id, why })];
  const formReturned = [
    ...formReceived,
    leg('confirmsForm', -1, id, `${name} confirms that it has the form`),
    ...closedFor('practice', 'the practice'),
  ];
  const formAtPractice = [
    ...formReturned,
    leg('returnsForm', -1, 'practice', 'the practice completes and returns the form'),
    ...closedFor(id, name),
  ];
  const requester = of.requester === 'practice' ? 'the practice' : 'the CSU';
  const asked = [
    ...formAtPractice,
    leg('sendsForm', -1, id, `${name} sends the form to the practice`),
    ...closedFor(of.requester, requester),
  ];
  const scheduled = [...formReceived, leg('schedules', 1, id, `${name} books the extract`)];
  return { asked, formAtPractice, formReturned, formReceived, scheduled, delivered: [], received: [] };
}
