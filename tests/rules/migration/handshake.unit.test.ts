import { beforeEach, describe, expect, it } from 'vitest';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { Story } from '../../support/story.js';

/** Initial data production day Thu 7 Jan 2027, Final Thu 28 Jan 2027. */
const initialDay = '2027-01-07';
const finalDay = '2027-01-28';

const initial = (hop: string, iteration = 1): string => `extract.initial.alder.core.${iteration}.${hop}`;
const final = (hop: string, iteration = 1): string => `extract.final.alder.core.${iteration}.${hop}`;

const hops = ['asked', 'formAtPractice', 'formReturned', 'formReceived', 'scheduled', 'delivered', 'received'];
const initialHops = (iteration = 1): string[] => hops.map((hop) => initial(hop, iteration));

let story: Story;

beforeEach(() => {
  story = new Story(startedExample(exampleOrder('plain')));
});

describe('each word of a supplier completes one hop and what came before it', () => {
  it.each([
    ['alder', 'form.sent', 'formAtPractice'],
    ['alder', 'form.received', 'formReceived'],
    ['alder', 'extract.scheduled', 'scheduled'],
    ['alder', 'extract.delivered', 'delivered'],
    ['rowan', 'extract.received', 'received'],
    ['rowan', 'extract.loaded', 'received'],
  ] as const)('%s says %s: %s is done', (supplier, type, hop) => {
    const answer = story.says(supplier, type, { date: initialDay });
    expect(answer).toMatchObject({ milestoneId: initial(hop), effect: 'done' });
    expect(story.milestone(initial(hop))).toMatchObject({
      status: 'done',
      settledOn: '2026-10-20',
      settledBy: supplier,
    });
    const before = hops.slice(1, hops.indexOf(hop)).map((name) => initial(name));
    expect(story.status(...before)).toEqual(before.map(() => 'cleared'));
    const after = hops.slice(hops.indexOf(hop) + 1).map((name) => initial(name));
    expect(story.status(...after)).toEqual(after.map(() => 'open'));
  });

  it('leaves the other extract alone', () => {
    story.says('rowan', 'extract.received', { date: initialDay });
    expect(story.status(final('asked'), final('formAtPractice'))).toEqual(['done', 'open']);
  });
});

describe('words that come out of order, late or again', () => {
  it('a form sent that is heard of after the form received is only noted', () => {
    story.says('alder', 'form.received', { date: initialDay });
    const late = story.says('alder', 'form.sent', { date: initialDay });
    expect(late).toMatchObject({ milestoneId: initial('formAtPractice'), effect: 'noted' });
    expect(story.status(initial('formAtPractice'), final('formAtPractice'))).toEqual(['cleared', 'open']);
  });

  it('a booking that is heard of after the delivery is only noted', () => {
    story.says('alder', 'extract.delivered', { date: initialDay });
    expect(story.says('alder', 'extract.scheduled', { date: initialDay }).effect).toBe('noted');
    expect(story.status(...initialHops())).toEqual([
      'done',
      'cleared',
      'cleared',
      'cleared',
      'cleared',
      'done',
      'open',
    ]);
  });

  it('the same word under another webhook id changes nothing and says so', () => {
    story.says('alder', 'extract.scheduled', { date: initialDay });
    const before = story.state.milestones;
    expect(story.says('alder', 'extract.scheduled', { date: initialDay }).effect).toBe('noted');
    expect(story.state.milestones).toEqual(before);
  });

  it('the same webhook id gets the first answer, even once the migration is off', () => {
    const first = story.says('alder', 'form.sent', { webhookId: 'repeated' });
    expect(story.says('alder', 'form.received', { webhookId: 'repeated', date: finalDay })).toEqual(first);
    story.cancel();
    expect(story.says('alder', 'form.sent', { webhookId: 'repeated' })).toEqual(first);
    expect(story.refusalOf('alder', 'form.sent')?.type).toBe('MigrationClosed');
  });

  it.each(['constructor', 'toString', '__proto__'])('a webhook may be called %s', (webhookId) => {
    expect(story.says('alder', 'form.sent', { webhookId })).toMatchObject({ webhookId, effect: 'done' });
    expect(story.says('alder', 'form.sent', { webhookId })).toMatchObject({ milestoneId: initial('formAtPractice') });
  });

  it('a hop done late keeps the day on which it slipped', () => {
    story.until('2026-12-14');
    story.says('alder', 'form.sent', { date: initialDay });
    expect(story.milestone(initial('formAtPractice'))).toMatchObject({ status: 'done', settledOn: '2026-12-14' });
    expect(story.milestone(initial('formAtPractice')).slippedOn).toBeDefined();
  });
});

describe('which extract a word without a date is about', () => {
  it('is the first whose hop is open', () => {
    expect(story.says('alder', 'form.sent').milestoneId).toBe(initial('formAtPractice'));
    expect(story.says('alder', 'form.sent').milestoneId).toBe(final('formAtPractice'));
  });

  it.each(['final', 'Final', 'FINAL'])('is the one that data.extract names: %s', (extract) => {
    expect(story.says('alder', 'form.sent', { data: { extract } }).milestoneId).toBe(final('formAtPractice'));
  });

  it('is never the Final extract when the Initial one is loaded after it was received', () => {
    story.until('2027-01-08');
    expect(story.says('rowan', 'extract.received').milestoneId).toBe(initial('received'));
    expect(story.says('rowan', 'extract.loaded')).toMatchObject({ milestoneId: initial('received'), effect: 'done' });
    expect(story.status(final('formAtPractice'), final('received'))).toEqual(['open', 'open']);
  });

  it('is the Initial extract when it is rejected after it was received', () => {
    story.until('2027-01-08');
    story.says('rowan', 'extract.received');
    expect(story.says('rowan', 'extract.rejected')).toMatchObject({
      milestoneId: initial('asked', 2),
      effect: 'reopened',
    });
    expect(story.status(final('received'))).toEqual(['open']);
  });

  it('is not the Final extract when the delivery of the Initial one is told twice', () => {
    story.until('2027-01-08');
    story.says('alder', 'extract.delivered');
    expect(story.says('alder', 'extract.delivered').effect).toBe('noted');
    expect(story.status(final('delivered'))).toEqual(['open']);
  });

  it('is the Final extract from its production day on', () => {
    story.until('2027-01-28');
    story.says('alder', 'extract.delivered', { data: { extract: 'initial' } });
    expect(story.says('alder', 'extract.delivered').milestoneId).toBe(final('delivered'));
  });
});

describe('a form or booking for another day', () => {
  it('does not complete the hop, and tells the practice and the CSU of the two ways out', () => {
    const answer = story.says('alder', 'form.received', { date: '2027-01-14', data: { extract: 'initial' } });
    expect(answer).toMatchObject({ milestoneId: initial('formReceived'), effect: 'mismatch' });
    expect(story.told({ kind: 'mismatch' })).toEqual([
      'mismatch to practiceManager on 2026-10-20',
      'mismatch to csuOperator on 2026-10-20',
    ]);
    const [item] = story.mails({ kind: 'mismatch' }).flatMap(({ message }) => message.items);
    expect(item).toMatchObject({ statedDate: '2027-01-14', earliestAnchorDay: '2026-11-24' });
  });

  it('is with the practice again, which is told to return the form', () => {
    story.says('alder', 'form.received', { date: '2027-01-14', data: { extract: 'initial' } });
    expect(story.status(...initialHops().slice(0, 4))).toEqual(['done', 'cleared', 'open', 'open']);
  });

  it('reopens a form that the practice had returned, with no trace of who had settled it', () => {
    story.says('alder', 'form.sent');
    story.done(initial('formReturned'), { forDate: initialDay });
    story.says('alder', 'form.received', { date: '2027-01-14', data: { extract: 'initial' } });
    const { status, settledOn, settledBy } = story.milestone(initial('formReturned'));
    expect({ status, settledOn, settledBy }).toEqual({ status: 'open', settledOn: undefined, settledBy: undefined });
  });

  it('is settled by the corrected form, and the wrong day is forgotten', () => {
    story.says('alder', 'form.received', { date: '2027-01-14', data: { extract: 'initial' } });
    expect(story.says('alder', 'form.received', { date: initialDay }).effect).toBe('done');
    expect(story.status(initial('formReturned'), initial('formReceived'))).toEqual(['cleared', 'done']);
    expect(story.milestone(initial('formReceived')).statedDate).toBeUndefined();
  });

  it('that is corrected before the morning is not told at all', () => {
    story.until('2026-10-20', 1300);
    story.says('alder', 'form.received', { date: '2027-01-14', data: { extract: 'initial' } });
    story.says('alder', 'form.received', { date: initialDay });
    story.until('2026-10-21');
    expect(story.told({ kind: 'mismatch' })).toEqual([]);
  });

  it('is told once for one day, and again for another', () => {
    const wrong = (date: string) => story.says('alder', 'extract.scheduled', { date, data: { extract: 'initial' } });
    wrong('2027-01-14');
    wrong('2027-01-14');
    expect(story.told({ kind: 'mismatch' })).toHaveLength(2);
    wrong('2027-01-15');
    expect(story.told({ kind: 'mismatch' })).toHaveLength(4);
    expect(story.status(initial('scheduled'))).toEqual(['open']);
  });

  it('undoes a booking that was for the right day before', () => {
    story.says('alder', 'extract.scheduled', { date: initialDay });
    const moved = story.says('alder', 'extract.scheduled', { date: '2027-01-12', data: { extract: 'initial' } });
    expect(moved).toMatchObject({ milestoneId: initial('scheduled'), effect: 'mismatch' });
    expect(story.milestone(initial('scheduled'))).not.toHaveProperty('settledBy');
    expect(story.told({ about: initial('scheduled'), kind: 'mismatch' })).toHaveLength(2);
  });

  it('is old news once a later hop is done for the right day', () => {
    story.says('alder', 'extract.scheduled', { date: initialDay });
    const late = story.says('alder', 'form.received', { date: '2027-01-14', data: { extract: 'initial' } });
    expect(late.effect).toBe('noted');
    expect(story.told({ kind: 'mismatch' })).toEqual([]);
  });
});

describe('the supplier’s word beats the lead time', () => {
  it('a booking for the right day ends every escalation about the hops before it', () => {
    story.until('2026-12-08');
    expect(story.told({ about: initial('formReceived'), kind: 'escalation' })).not.toEqual([]);
    story.says('alder', 'extract.scheduled', { date: initialDay });
    story.until('2027-01-06');
    const upstream = initialHops().slice(0, 5);
    expect(upstream.flatMap((about) => story.told({ about, from: '2026-12-09' }))).toEqual([]);
    expect(story.status(...upstream)).toEqual(['done', 'cleared', 'cleared', 'cleared', 'done']);
  });
});

describe('what an operator reports of a hop', () => {
  it.each(['formReceived', 'scheduled'])('%s needs the day that it names', (hop) => {
    expect(story.done(initial(hop))).toMatchObject({ type: 'DateNeeded', choices: [initialDay] });
  });

  it('for the right day it is done, in the reporter’s name and on the day that he says', () => {
    story.until('2026-11-04');
    expect(
      story.done(initial('scheduled'), { forDate: initialDay, on: '2026-11-03', reference: 'AL-7' }),
    ).toBeUndefined();
    expect(story.milestone(initial('scheduled'))).toMatchObject({
      status: 'done',
      settledOn: '2026-11-03',
      settledBy: 'Tom Ashdown',
      note: 'AL-7',
    });
    expect(story.status(initial('formReceived'))).toEqual(['cleared']);
  });

  it('for another day it is a mismatch, and the audit does not call it done', () => {
    story.done(initial('scheduled'), { forDate: '2027-01-14' });
    expect(story.status(initial('scheduled'))).toEqual(['open']);
    expect(story.told({ kind: 'mismatch' })).toHaveLength(2);
    expect(story.state.outbox.at(-1)?.data).toMatchObject({ effect: 'mismatch', forDate: '2027-01-14' });
  });

  it('a form returned by the practice is the supplier’s to confirm, and the supplier is chased from then on', () => {
    story.says('alder', 'form.sent', { data: { extract: 'initial' } });
    story.until('2026-11-20');
    story.done(initial('formReturned'));
    expect(story.status(initial('formReturned'), initial('formReceived'))).toEqual(['done', 'open']);
    story.until('2026-12-03');
    expect(story.told({ about: initial('formReceived'), kind: 'chase' })).toEqual([
      'chase to alder.contact on 2026-11-26',
      'chase to alder.contact on 2026-12-03',
    ]);
  });
});

describe('an extract that the new supplier rejects', () => {
  beforeEach(() => {
    story.until('2027-01-08');
    story.says('alder', 'extract.delivered', { date: initialDay });
    story.says('rowan', 'extract.rejected', { date: initialDay });
  });

  it('opens the next iteration, which is asked for at once', () => {
    expect(story.status(initial('received'), ...initialHops(2))).toEqual([
      'rejected',
      'done',
      ...Array<string>(6).fill('open'),
    ]);
    expect(story.told({ about: initial('asked', 2), kind: 'request' })).toEqual([
      'request to alder.contact on 2027-01-08',
    ]);
  });

  it('is not rejected twice before the next one is delivered', () => {
    expect(story.says('rowan', 'extract.rejected', { date: initialDay }).effect).toBe('noted');
    expect(story.state.milestones[initial('asked', 3)]).toBeUndefined();
  });

  it('can be rejected again once it has been delivered again', () => {
    story.says('alder', 'extract.delivered', { data: { extract: 'initial' } });
    story.says('rowan', 'extract.rejected', { data: { extract: 'initial' } });
    expect(story.status(initial('asked', 3), initial('received', 2))).toEqual(['done', 'rejected']);
  });

  it('can be rejected after it was received', () => {
    story.says('alder', 'extract.delivered', { data: { extract: 'initial' } });
    story.says('rowan', 'extract.received', { data: { extract: 'initial' } });
    expect(story.says('rowan', 'extract.rejected', { data: { extract: 'initial' } }).effect).toBe('reopened');
    expect(story.status(initial('received', 2), initial('asked', 3))).toEqual(['rejected', 'done']);
  });

  it('is for whatever day the supplier names, once the production day is past', () => {
    const form = story.says('alder', 'form.received', { date: '2027-01-20', data: { extract: 'initial' } });
    expect(form).toMatchObject({ milestoneId: initial('formReceived', 2), effect: 'done' });
    expect(story.done(initial('scheduled', 2), { forDate: '2027-01-20' })).toBeUndefined();
    expect(story.status(initial('scheduled', 2))).toEqual(['done']);
  });

  it('is chased hop by hop like the first', () => {
    story.until('2027-01-27');
    expect(story.told({ about: initial('formAtPractice', 2) }).slice(0, 2)).toEqual([
      'chase to alder.contact on 2027-01-08',
      'chase to alder.contact on 2027-01-15',
    ]);
  });
});

describe('several products', () => {
  beforeEach(() => {
    story = new Story(startedExample(exampleOrder('rich')));
  });

  it('a word that fits two of a supplier’s products is refused with both to choose from', () => {
    expect(story.refusalOf('docman', 'form.sent')).toMatchObject({
      type: 'AmbiguousHandshake',
      choices: ['docman.documents', 'docman.archive'],
    });
  });

  it.each(['archive', 'docman.archive'])('a product may be called %s', (product) => {
    expect(story.says('docman', 'form.sent', { product }).milestoneId).toBe(
      'extract.initial.docman.archive.1.formAtPractice',
    );
  });

  it('another supplier’s product is refused', () => {
    expect(story.refusalOf('docman', 'form.sent', { product: 'anticoagulation' })).toMatchObject({
      type: 'ProductNotOfParty',
      choices: ['docman.documents', 'docman.archive'],
    });
  });

  it('the new supplier names any product, or is asked which of all', () => {
    expect(story.refusalOf('rowan', 'extract.received')?.choices).toEqual([
      'alder.core',
      'inr-star.anticoagulation',
      'docman.documents',
      'docman.archive',
    ]);
    expect(story.says('rowan', 'extract.received', { product: 'anticoagulation' }).milestoneId).toBe(
      'extract.initial.inr-star.anticoagulation.1.received',
    );
  });

  it('an extract that is loaded is not taken for the only one that is still missing', () => {
    story.until('2027-04-26');
    for (const extract of ['initial', 'final'])
      for (const product of ['alder.core', 'documents', 'archive'])
        story.says('rowan', 'extract.received', { product, data: { extract } });
    expect(story.refusalOf('rowan', 'extract.loaded')?.type).toBe('AmbiguousHandshake');
    expect(story.refusalOf('rowan', 'extract.rejected')?.type).toBe('AmbiguousHandshake');
  });

  it('a word that is not for its sender to say is refused, with those that are', () => {
    expect(story.refusalOf('rowan', 'form.sent')).toMatchObject({
      type: 'EventNotForParty',
      choices: ['extract.received', 'extract.loaded', 'extract.rejected'],
    });
    expect(story.refusalOf('apollo', 'form.sent')).toMatchObject({ type: 'PartyNotInMigration' });
    expect(story.refusalOf('alder', 'notice.acknowledged')?.type).toBe('EventNotForParty');
    expect(story.refusalOf('alder', 'form.sent', { migrationId: 'Z98002-20250101-other1' })?.type).toBe(
      'WrongMigration',
    );
  });

  it('a supplier that is a third party too acknowledges its notice', () => {
    const answer = story.says('docman', 'notice.acknowledged');
    expect(answer).toMatchObject({ milestoneId: 'notify.docman', effect: 'done' });
    expect(story.says('docman', 'notice.acknowledged').effect).toBe('noted');
    expect(story.status('notify.docman')).toEqual(['open']);
  });

  it('a notice given by hand is settled when the party says that it has it', () => {
    story.until('2027-04-20');
    expect(story.status('notify.quay-pharmacy')).toEqual(['open']);
    story.says('quay-pharmacy', 'notice.acknowledged', { recordedBy: 'Tom Ashdown' });
    expect(story.milestone('notify.quay-pharmacy')).toMatchObject({ status: 'done', settledBy: 'quay-pharmacy' });
  });
});
