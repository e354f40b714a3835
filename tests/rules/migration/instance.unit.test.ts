import { describe, expect, it } from 'vitest';
import { migrationRow } from '../../../rules/migration/registerRows.js';
import { instanceCalls } from '../../../rules/migration/instance.js';
import { judgeRedate } from '../../../rules/migration/redate/judge.js';
import { amendedOrder } from '../../../rules/migration/redate/orderChanges.js';
import { previewRedate } from '../../../rules/migration/redate/preview.js';
import type { Order } from '../../../rules/order/schema.js';
import { exampleOrder, plannedExample, startedExample } from '../../support/examples.js';
import { redating, shippedReplanning } from '../../support/redating.js';
import { Instance, sharedOrder, sharedPractices } from '../../support/sharedInstance.js';
import type { Story } from '../../support/story.js';

const asked = 'extract.initial.alder.core.1.asked';
const finalAsked = 'extract.final.alder.core.1.asked';
const form = 'extract.initial.alder.core.1.formAtPractice';
const authorised = { by: 'Priya Nayar' };

function three() {
  const instance = new Instance();
  const [lead, weir, toll] = ['Z98001', 'Z98011', 'Z98012'].map((code) => instance.begin(code));
  if (lead === undefined || weir === undefined || toll === undefined) throw new Error('There are three.');
  return { instance, lead, weir, toll };
}

/** Every practice has let the CSU ask, and so the supplier has been asked. */
function allAsked() {
  const all = three();
  for (const story of [all.lead, all.weir, all.toll]) {
    story.done('authorise-extracts', authorised);
    all.instance.talk();
  }
  return all;
}

const requests = (...stories: Story[]) => stories.flatMap((story) => story.mails({ kind: 'request' }));

describe('practices on one instance', () => {
  it('send the supplier one request for each extract, which names them all', () => {
    const { lead, weir, toll } = allAsked();
    const sent = requests(lead, weir, toll).map(({ message }) => message);
    expect(sent.map(({ items }) => items[0]?.milestoneId)).toEqual([asked, finalAsked]);
    expect(sent.map(({ about, items }) => [about.odsCode, items[0]?.asksFor?.map(({ odsCode }) => odsCode)])).toEqual([
      ['Z98001', ['Z98011', 'Z98012']],
      ['Z98001', ['Z98011', 'Z98012']],
    ]);
  });

  it('are asked for only once every one of them has let the CSU ask', () => {
    const { instance, lead, weir, toll } = three();
    lead.done('authorise-extracts', authorised);
    weir.done('authorise-extracts', authorised);
    instance.talk();
    expect(requests(lead, weir, toll)).toEqual([]);
    expect(lead.status('authorise-extracts.z98011', 'authorise-extracts.z98012')).toEqual(['done', 'open']);
    toll.done('authorise-extracts', authorised);
    instance.talk();
    expect(requests(lead)).toHaveLength(2);
  });

  it('have what the one request has done in their own migrations, audited with whose it was', () => {
    const { weir, toll } = allAsked();
    expect([...weir.status(asked, finalAsked), ...toll.status(asked, finalAsked)]).toEqual(Array(4).fill('done'));
    expect(weir.milestone(asked).settledBy).toBe('Millbrook Lane Surgery (Z98001)');
    expect(weir.state.outbox.filter(({ type }) => type === 'milestone.done').at(-1)).toMatchObject({
      actor: 'Millbrook Lane Surgery (Z98001)',
      data: { milestoneId: finalAsked, reference: 'said by its own migration' },
    });
  });

  it('have forms, extracts and confirmations of their own', () => {
    const { lead, weir } = allAsked();
    weir.says('alder', 'form.sent', { data: { extract: 'initial' } });
    expect([...weir.status(form), ...lead.status(form)]).toEqual(['done', 'open']);
  });

  it('are told what they have missed once their migration begins', () => {
    const instance = new Instance();
    const lead = instance.begin('Z98001');
    for (const id of ['authorise-extracts', 'authorise-extracts.z98011', 'authorise-extracts.z98012']) lead.done(id);
    instance.talk();
    expect(requests(lead)).toHaveLength(2);
    const late = instance.begin('Z98011');
    expect(late.status(asked, finalAsked)).toEqual(['done', 'done']);
    expect(requests(late)).toEqual([]);
  });

  it('tell the operator where nobody has asked by the day on which it should have happened', () => {
    const { weir } = three();
    weir.until('2026-11-30');
    expect(weir.told({ about: asked, kind: 'escalation' })).toContain('escalation to csuOperator on 2026-11-18');
    expect(weir.told({ about: asked, kind: 'request' })).toEqual([]);
  });

  it('take no word of another instance, of a stranger, or about what is their own', () => {
    const { weir } = three();
    const word = { instance: 'mill-valley', from: 'Z98001', greets: false, done: [asked] };
    const hear = (change: Partial<typeof word>) =>
      weir.happens({ type: 'instanceHeard', atMs: weir.nowMs, word: { ...word, ...change } });
    hear({ instance: 'elsewhere' });
    hear({ from: 'Z98012' });
    hear({ from: 'Z99999' });
    hear({ done: ['posters.main', 'no-such-thing'] });
    expect(weir.status(asked, 'posters.main')).toEqual(['open', 'open']);
    hear({});
    expect(weir.status(asked)).toEqual(['done']);
  });

  it('say a thing once, and everything again to one that begins anew', () => {
    const { instance, lead } = allAsked();
    expect(instanceCalls(lead.state)).toEqual([]);
    lead.happens({
      type: 'instanceHeard',
      atMs: lead.nowMs,
      word: { instance: 'mill-valley', from: 'Z98011', greets: true, done: [] },
    });
    expect(instanceCalls(lead.state)).toEqual([
      { to: 'Z98011', word: { instance: 'mill-valley', from: 'Z98001', greets: false, done: [asked, finalAsked] } },
    ]);
    instance.talk();
    expect(instanceCalls(lead.state)).toEqual([]);
  });

  it('say nothing in a rehearsal, nor once they have ended', () => {
    expect(instanceCalls(startedExample(sharedOrder('Z98001')))).toEqual([]);
    const { lead } = three();
    lead.done('authorise-extracts', authorised);
    expect(instanceCalls(lead.cancel().state)).toEqual([]);
  });

  it('are asked for anew by the one request when days move', () => {
    const { instance, lead, weir } = allAsked();
    const later = { initialDataProduction: '2027-01-14', finalDataProduction: '2027-02-04', goLive: '2027-02-09' };
    redating(weir, sharedOrder('Z98011')).move(later);
    expect(weir.status(asked)).toEqual(['done']);
    redating(lead, sharedOrder('Z98001')).move(later);
    instance.talk();
    const again = requests(lead, weir).slice(2);
    expect(again.map(({ message: { items } }) => [items[0]?.milestoneId, items[0]?.replaces])).toEqual([
      [asked, '2027-01-07'],
      [finalAsked, '2027-01-28'],
    ]);
    expect(again[0]?.message.items[0]?.asksFor).toHaveLength(2);
  });

  it('withdraw only what was asked for the one that is off', () => {
    const { lead, weir } = allAsked();
    weir.cancel();
    expect(weir.told({ kind: 'withdrawal', about: asked })).toHaveLength(1);
    expect(lead.status(asked)).toEqual(['done']);
  });

  it('ask for themselves when their extract has to be made again', () => {
    const { weir, lead } = allAsked();
    weir.until('2027-01-08');
    weir.says('rowan', 'extract.rejected', { data: { extract: 'initial' } });
    expect(requests(weir).map(({ message: { items } }) => [items[0]?.milestoneId, items[0]?.asksFor])).toEqual([
      ['extract.initial.alder.core.2.asked', undefined],
    ]);
    lead.until('2027-01-08');
    lead.says('rowan', 'extract.rejected', { data: { extract: 'initial' } });
    expect(requests(lead).at(-1)?.message.items[0]).not.toHaveProperty('asksFor');
  });
});

/** Makes another order of a running migration's, at the version that it is at. */
function amend(story: Story, odsCode: string, change: Partial<Order>) {
  const order = sharedOrder(odsCode);
  const amended = amendedOrder(order, { ...order, ...change });
  const request = { state: story.state, order, moves: [], nowMs: story.nowMs, way: { amended } };
  const { plan, preview } = previewRedate(request, shippedReplanning());
  const said = { by: 'Tom Ashdown', reason: 'the other is off', acceptRisks: true };
  const redate = { ...said, amended, version: preview.version, moves: [], plan };
  expect(judgeRedate(story.state, redate, story.nowMs)).toBeUndefined();
  story.happens({ type: 'redated', atMs: story.nowMs, redate });
}

describe('practices whose asker is off', () => {
  const left = { id: 'mill-valley', requestsBy: 'Z98011', practices: sharedPractices.slice(1) };

  it('are asked for by another once their orders say so, with the words that have been given', () => {
    const { instance, lead, weir, toll } = three();
    toll.done('authorise-extracts', authorised);
    weir.done('authorise-extracts', authorised);
    instance.talk();
    lead.cancel();
    amend(weir, 'Z98011', { sharedInstance: left });
    amend(toll, 'Z98012', { sharedInstance: left });
    instance.talk();
    expect(requests(weir, toll).map(({ message: { about, items } }) => [about.odsCode, items[0]?.asksFor])).toEqual([
      ['Z98011', [{ odsCode: 'Z98012', name: 'Tollgate Surgery' }]],
      ['Z98011', [{ odsCode: 'Z98012', name: 'Tollgate Surgery' }]],
    ]);
    expect(toll.status(asked)).toEqual(['done']);
    expect(toll.milestone(asked).settledBy).toBe('Weir House Practice (Z98011)');
  });

  it('are asked for each by itself where they share nothing any more', () => {
    const { instance, lead, weir, toll } = three();
    weir.done('authorise-extracts', authorised);
    lead.cancel();
    amend(weir, 'Z98011', { sharedInstance: undefined });
    instance.talk();
    expect(requests(weir, toll).map(({ message: { about, items } }) => [about.odsCode, items[0]?.asksFor])).toEqual([
      ['Z98011', undefined],
      ['Z98011', undefined],
    ]);
  });
});

describe('the example of two practices', () => {
  it('is planned without a problem, and both orders say the same of the instance', () => {
    const orders = ['millbrook-lane', 'weir-house'].map((name) => exampleOrder(`shared-instance/${name}`));
    expect(orders.flatMap((order) => plannedExample(order).plan.problems)).toEqual([]);
    expect(orders[0]?.sharedInstance).toEqual(orders[1]?.sharedInstance);
  });
});

describe('the register', () => {
  it('knows the instance', () => {
    expect(migrationRow(startedExample(sharedOrder('Z98011')), 'w').instanceId).toBe('mill-valley');
    expect(migrationRow(startedExample(exampleOrder('plain')), 'w')).not.toHaveProperty('instanceId');
  });
});

describe('a practice with its system to itself', () => {
  it('has a plan that says nothing of others', () => {
    const { plan } = plannedExample(exampleOrder('plain'));
    expect(JSON.stringify(plan)).not.toMatch(/sharedInstance|heardFrom|asksFor/);
  });
});
