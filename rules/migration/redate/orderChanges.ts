/** What is different between two orders, by fields and ids: nothing that people wrote. */
import type { Order } from '../../order/schema.js';
import type { AmendedOrder } from './redate.js';

const isSame = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

/** The same for the same value, in whatever order its fields were written. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

const fieldsOf = (value: object): Map<string, unknown> => new Map(Object.entries(value));

function changedFields(before: object, after: object): string[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])].filter((key) => !isSame(was.get(key), is.get(key)));
}

interface Named {
  id: string;
}

/** `parties.eps: noticePeriod`, `parties.quay: added`. */
function listChanges(name: string, before: readonly Named[], after: readonly Named[]): string[] {
  const was = new Map(before.map((each) => [each.id, each]));
  const is = new Set(after.map(({ id }) => id));
  return [
    ...after.flatMap((each) => {
      const old = was.get(each.id);
      if (old === undefined) return [`${name}.${each.id}: added`];
      const fields = changedFields(old, each);
      return fields.length > 0 ? [`${name}.${each.id}: ${fields.join(', ')}`] : [];
    }),
    ...before.filter(({ id }) => !is.has(id)).map(({ id }) => `${name}.${id}: removed`),
  ];
}

/** Days are moved, not amended, and what is done is said to the migration; a risk is accepted with the amendment. */
const notAmended = ['anchors', 'alreadyDone', 'acceptRisk'];
const listed = ['parties', 'surveyItems', 'actions'];

function restChanges(before: Order, after: Order): string[] {
  const fields = changedFields(before, after).filter((field) => ![...notAmended, ...listed].includes(field));
  return fields.flatMap((field) => {
    if (field === 'contacts') return changedFields(before.contacts, after.contacts).map((role) => `contacts.${role}`);
    if (field !== 'practice') return [field];
    const own = changedFields(before.practice, after.practice).filter((each) => each !== 'sites');
    return [
      ...own.map((each) => `practice.${each}`),
      ...listChanges('sites', before.practice.sites, after.practice.sites),
    ];
  });
}

export function orderChanges(before: Order, after: Order): string[] {
  return [
    ...listChanges('parties', before.parties, after.parties),
    ...listChanges('surveyItems', before.surveyItems, after.surveyItems),
    ...listChanges('actions', before.actions, after.actions),
    ...restChanges(before, after),
  ];
}

function droppedItems(before: Order, after: Order): string[] {
  const idsOf = ({ surveyItems, actions }: Order): string[] => [
    ...surveyItems.map(({ id }) => `survey.${id}`),
    ...actions.map(({ id }) => `action.${id}`),
  ];
  const is = new Set(idsOf(after));
  return idsOf(before).filter((id) => !is.has(id));
}

/**
 * An order as an amendment carries it.
 *
 * @param before the order as it stands, with the people of today
 */
export const amendedOrder = (before: Order, after: Order): AmendedOrder => ({
  order: after,
  changes: orderChanges(before, after),
  droppedItems: droppedItems(before, after),
});
