import { describe, expect, it } from 'vitest';
import { addresseeOf, deputyOf } from '../../../rules/migration/contacts.js';
import type { Contact } from '../../../rules/order/schema.js';
import { orderSchema } from '../../../rules/order/schema.js';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { Story } from '../../support/story.js';

const { directory } = startedExample(exampleOrder('plain'), '2026-10-20');
const holidays = { away: [{ from: '2026-12-21', to: '2027-01-04' }] };

type Contacts = typeof directory.contacts;
const withContacts = (change: Partial<Contacts>) => ({ ...directory, contacts: { ...directory.contacts, ...change } });
const away = (contact: Contact, deputy: Contact['deputy'] | null = contact.deputy) => {
  const { deputy: _, ...alone } = contact;
  return { ...alone, ...(deputy && { deputy }), ...holidays };
};
const { practiceManager, csuOperator, csuManager } = directory.contacts;
const deputy = { name: 'Sam Field', email: 'sam.field@millbrooklane.example' };
const insteadOf = (name: string) => ({ name, until: '2027-01-04' });

describe('somebody who is away', () => {
  const gone = withContacts({ practiceManager: away(practiceManager, deputy) });

  it.each([
    ['2026-12-20', 'Priya Nayar'],
    ['2026-12-21', 'Sam Field'],
    ['2027-01-04', 'Sam Field'],
    ['2027-01-05', 'Priya Nayar'],
  ])('is written to on %s: %s', (on, name) => {
    expect(addresseeOf(gone, 'practiceManager', undefined, on).name).toBe(name);
  });

  it('has a deputy who is told so, under the role’s own key', () => {
    expect(addresseeOf(gone, 'practiceManager', undefined, '2026-12-24')).toEqual({
      key: 'practiceManager',
      role: 'practiceManager',
      ...deputy,
      insteadOf: insteadOf('Priya Nayar'),
    });
  });

  it('is stood in for by the CSU where there is no deputy', () => {
    const alone = withContacts({ practiceManager: away(practiceManager, null) });
    expect(addresseeOf(alone, 'practiceManager', undefined, '2026-12-24')).toMatchObject({
      key: 'csuOperator',
      email: csuOperator.email,
      insteadOf: insteadOf('Priya Nayar'),
    });
  });

  it('of the CSU is stood in for by its manager, and everybody by its mailbox, never by silence', () => {
    const all = {
      practiceManager: away(practiceManager, null),
      csuOperator: away(csuOperator, null),
    };
    const two = withContacts(all);
    expect(addresseeOf(two, 'csuOperator', undefined, '2026-12-24')).toMatchObject({ key: 'csuManager' });
    const three = withContacts({ ...all, csuManager: away(csuManager, null) });
    for (const role of ['practiceManager', 'csuOperator', 'csuManager', 'partyContact'] as const)
      expect(addresseeOf(three, role, undefined, '2026-12-24').email).toBe(directory.csu.mailbox);
  });

  it('has no copy sent to a deputy who is written to already', () => {
    const operator = withContacts({ csuOperator: away(csuOperator) });
    expect(deputyOf(directory, 'csuOperator', undefined, '2026-12-24')?.name).toBe('Grace Okoro');
    expect(deputyOf(operator, 'csuOperator', undefined, '2026-12-24')).toBeUndefined();
    expect(addresseeOf(operator, 'csuOperator', undefined, '2026-12-24').name).toBe('Grace Okoro');
  });

  it('gets nothing while away, and the deputy everything, in a whole migration', () => {
    const start = startedExample(exampleOrder('plain'), '2026-10-20');
    const story = new Story({ ...start, directory: gone }).toTheEnd();
    const names = (from: string, to: string) =>
      new Set(
        story.sent
          .filter(({ on, message }) => on >= from && on <= to && message.to.key === 'practiceManager')
          .map(({ message }) => message.to.name),
      );
    expect(names('2026-12-21', '2027-01-04')).toEqual(new Set(['Sam Field']));
    expect(names('2027-01-05', '2027-02-28')).toEqual(new Set(['Priya Nayar']));
  });
});

describe('a party whose contact is away, with nobody to stand in', () => {
  const asked = 'extract.initial.alder.core.1.asked';
  const form = 'extract.initial.alder.core.1.formAtPractice';
  const absent = (from: string, to: string, version?: number): Story => {
    const start = startedExample(exampleOrder('plain'), '2026-10-20');
    const parties = start.directory.parties.map((party) =>
      party.id === 'alder' && party.contact ? { ...party, contact: { ...party.contact, away: [{ from, to }] } } : party,
    );
    const plan = version === undefined ? start.plan : { ...start.plan, behaviourVersion: version };
    return new Story({ ...start, plan, directory: { ...start.directory, parties } });
  };

  it('is told by somebody at the CSU, and is not taken to be told before that is recorded', () => {
    const story = absent('2026-10-19', '2026-10-23').until('2026-10-22');
    const [mail] = story.mails({ about: asked });
    expect(mail?.message).toMatchObject({ kind: 'callTask', to: { key: 'csuOperator' } });
    expect(mail?.message.items[0]?.reach).toEqual({
      channel: 'phone',
      phone: '020 7946 0101',
      contactName: 'Alder extracts desk',
      awayUntil: '2026-10-23',
    });
    expect(story.status(asked)).toEqual(['open']);
  });

  it('is not chased by mail meanwhile: the CSU is asked to, and it is written to again afterwards', () => {
    const due = absent('2026-11-12', '2026-11-20').until('2026-12-03');
    const chases = due.told({ about: form }).filter((line) => !line.includes('practiceManager'));
    expect(chases[0]).toBe('digest to csuOperator on 2026-11-17');
    expect(chases).toContain('chase to alder.contact on 2026-11-24');
    expect(due.milestone(form).chasedOn?.[0]).toBe('2026-11-24');
  });

  it('has its requests stood in for by the CSU in a migration whose plan knows nothing of that', () => {
    const story = absent('2026-10-19', '2026-10-23', 2).until('2026-10-22');
    expect(story.mails({ about: asked })[0]?.message.kind).toBe('request');
  });
});

describe('days away in an order', () => {
  it('must not end before they begin', () => {
    const order = exampleOrder('plain');
    const backwards = { ...practiceManager, away: [{ from: '2027-01-04', to: '2026-12-21' }] };
    const { error } = orderSchema.safeParse({ ...order, contacts: { ...order.contacts, practiceManager: backwards } });
    expect(error?.issues).toMatchObject([
      { path: ['contacts', 'practiceManager', 'away', 0, 'to'], message: 'must not be before "from"' },
    ]);
  });
});
