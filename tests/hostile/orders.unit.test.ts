import { describe, expect, it } from 'vitest';
import { planFromOrderText } from '../../config/planFromText.js';
import { loadCalendar } from '../../config/loadCalendar.js';
import { orderSchema, type Order } from '../../rules/order/schema.js';
import { exampleOrder } from '../support/examples.js';
import { naughtyStrings } from '../support/naughtyStrings.js';

const plain = exampleOrder('plain');

/** The plain order with a text in every field that people fill in with words. */
function filledWith(text: string): Order {
  const person = <Contact extends object>(contact: Contact): Contact => ({ ...contact, name: text });
  const { practice, contacts, csu, icb, parties } = plain;
  return {
    ...plain,
    practice: { ...practice, name: text, sites: practice.sites.map((site) => ({ ...site, name: text })) },
    contacts: {
      practiceManager: { ...person(contacts.practiceManager), deputy: { name: text, email: 'deputy@example.org' } },
      csuOperator: person(contacts.csuOperator),
      csuManager: person(contacts.csuManager),
    },
    csu: { ...csu, name: text },
    icb: { ...icb, name: text },
    parties: parties.map((party) => ({
      ...party,
      name: text,
      ...(party.contact && { contact: person(party.contact) }),
      ...(party.products && { products: party.products.map((product) => ({ ...product, name: text })) }),
    })),
    closures: [{ holder: 'practice', from: '2026-12-24', to: '2026-12-24', reason: text }],
    blackouts: [{ from: '2027-06-01', to: '2027-06-02', reason: text }],
    surveyItems: [{ id: 'printer', title: text, owner: 'practice' }],
    actions: [{ id: 'letter', title: text, owner: 'csu', dueOn: '2026-12-01' }],
    acceptRisk: { by: text, reason: text },
  };
}

/** What must never be in a name: it ends lines, steers terminals, or turns the reading direction. */
const FORBIDDEN = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

describe('every naughty string, in every field of an order', () => {
  it.each(naughtyStrings)('is taken as it is, or refused with what is wrong: %j', (text) => {
    const { success, data, error } = orderSchema.safeParse(filledWith(text));
    if (success) {
      expect(data.practice.name).toBe(text.trim());
      expect(text.trim()).not.toMatch(FORBIDDEN);
      return;
    }
    expect(error.issues.length).toBeGreaterThan(10);
    for (const { message } of error.issues)
      expect(message).toMatch(/must not be empty|one line without control|NHS number|Too big: expected string/);
  });

  it('never keeps a text that ends a line, is half a character or turns the reading direction', () => {
    const taken = naughtyStrings.filter((text) => orderSchema.safeParse(filledWith(text)).success);
    expect(taken.length).toBeGreaterThan(300);
    expect(taken.filter((text) => FORBIDDEN.test(text.trim()))).toEqual([]);
  });

  // One in twelve: a whole file is read, checked and planned for each.
  it.each(naughtyStrings.filter((_, index) => index % 12 === 0))(
    'in a file is planned, or named with its line: %j',
    async (text) => {
      const file = JSON.stringify(filledWith(text), null, 1);
      const given = { calendar: await loadCalendar() };
      const reading = await planFromOrderText(file, 'order.json', plain.orderedOn, given);
      if (reading.ok) expect(reading.plan.milestones.length).toBeGreaterThan(50);
      else {
        const [first] = reading.problems;
        expect(first).toMatchObject({ file: 'order.json', field: 'practice.name' });
        expect(first?.line).toBeGreaterThan(1);
      }
    },
  );
});

describe('the number of a patient', () => {
  it('is refused in every field that people fill in with words, and never repeated', () => {
    const { success, error } = orderSchema.safeParse(filledWith('ring about 943 476 5919'));
    expect(success).toBe(false);
    const places = new Set(error?.issues.map(({ path }) => path.filter((step) => typeof step === 'string').join('.')));
    expect([...places].toSorted()).toEqual(
      [
        'practice.name',
        'practice.sites.name',
        'contacts.practiceManager.name',
        'contacts.practiceManager.deputy.name',
        'contacts.csuOperator.name',
        'contacts.csuManager.name',
        'csu.name',
        'icb.name',
        'parties.name',
        'parties.contact.name',
        'parties.products.name',
        'closures.reason',
        'blackouts.reason',
        'surveyItems.title',
        'actions.title',
        'acceptRisk.by',
        'acceptRisk.reason',
      ].toSorted(),
    );
    expect(JSON.stringify(error?.issues)).not.toContain('943');
  });
});
