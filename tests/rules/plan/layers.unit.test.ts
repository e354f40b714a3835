import { describe, expect, it } from 'vitest';
import { loadCalendar } from '../../../config/loadCalendar.js';
import type { Order } from '../../../rules/order/schema.js';
import { explainMilestone } from '../../../rules/plan/explain.js';
import { planNextIteration } from '../../../rules/plan/nextIteration.js';
import { planMigration } from '../../../rules/plan/planMigration.js';
import { effectiveRules } from '../../../rules/ruleset/effective.js';
import { layerSchema, type Layer } from '../../../rules/ruleset/layerSchema.js';
import { exampleOrder, shippedRuleSet } from '../../support/examples.js';

const calendar = await loadCalendar();
const base = shippedRuleSet();

const supplierLayer = (id: string, changed: object): Layer =>
  layerSchema.parse({
    id,
    version: '1.2.0',
    title: id,
    over: 'gp-england',
    level: 'supplier',
    source: 's',
    ...changed,
  });

/** The order with layers for some of its parties. */
const withLayers = (order: Order, layers: Record<string, string>): Order => ({
  ...order,
  parties: order.parties.map((party) => {
    const layer = layers[party.id];
    return layer === undefined ? party : { ...party, layer };
  }),
});

function planned(order: Order, layers: readonly Layer[]) {
  const rules = effectiveRules(base, layers, order);
  return { rules, ...planMigration(order, rules, calendar, order.orderedOn) };
}

type Planned = ReturnType<typeof planned>;

const milestone = ({ plan }: Planned, id: string) => {
  const found = plan.milestones.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no milestone ${id}`);
  return found;
};

const explained = (of: Planned, id: string) => explainMilestone(of.plan, of.rules, milestone(of, id));

const earlierLinks = { changes: [{ rule: 'links-off', opens: { amount: -6 }, source: 'the new supplier' }] };
const oneRung = { supplier: [{ id: 'only', workingDays: 0, type: 'chase', to: 'partyContact' }] };

describe('a plan with layers of suppliers', () => {
  it('counts what is for a party from the day that the whole migration has', () => {
    // Links off from Fri 22 Jan 2027, six days before cut-over on the 28th; PCSE's two weeks before that begin on Fri 8 Jan.
    const plain = exampleOrder('plain');
    const target = planned(withLayers(plain, { rowan: 'early' }), [supplierLayer('early', earlierLinks)]);
    expect(milestone(target, 'links-off').opensOn).toBe('2027-01-22');
    expect(milestone(target, 'notify-pcse.pcse').dueOn).toBe('2027-01-08');
    // PCSE's own layer says nothing about the links of the migration.
    const pcse = planned(withLayers(plain, { pcse: 'early' }), [supplierLayer('early', earlierLinks)]);
    expect(milestone(pcse, 'links-off').opensOn).toBe('2027-01-26');
    expect(milestone(pcse, 'notify-pcse.pcse').dueOn).toBe('2027-01-12');
  });

  it('has no rule for the whole migration that only a third party’s layer knows, but those for that party', () => {
    const [posters, notify] = ['posters', 'contact-week-before'].map((id) => base.rules.find((rule) => rule.id === id));
    const rules = [
      { ...posters, id: 'for-all' },
      { ...notify, id: 'for-each' },
    ];
    const { plan } = planned(withLayers(exampleOrder('plain'), { eps: 'own' }), [supplierLayer('own', { rules })]);
    expect(plan.milestones.filter(({ ruleId }) => ruleId === 'for-all')).toEqual([]);
    expect(plan.milestones.filter(({ ruleId }) => ruleId === 'for-each').map(({ id }) => id)).toEqual(['for-each.eps']);
  });

  it('keeps the ladder of a supplier to its own extracts, in later iterations too', () => {
    const order = withLayers(exampleOrder('rich'), { alder: 'terms' });
    const { plan, directory } = planned(order, [supplierLayer('terms', { ladders: oneRung })]);
    const rungs = (party: string) =>
      plan.milestones
        .filter(({ hop, partyId }) => hop?.name === 'scheduled' && partyId === party)
        .map(({ ladder }) => ladder.length);
    expect(new Set(rungs('alder'))).toEqual(new Set([1]));
    expect(new Set(rungs('docman'))).toEqual(new Set([6]));
    const again = (party: string) => {
      const first = plan.milestones.find(({ hop, partyId }) => hop !== undefined && partyId === party)?.hop;
      return planNextIteration(plan, directory, first?.handshakeId ?? '', 2, '2027-01-08')
        .filter(({ hop }) => hop?.name === 'scheduled')
        .map(({ ladder }) => ladder.length);
    };
    expect([again('alder'), again('docman')]).toEqual([[1], [6]]);
  });

  it('names its layers, and in each step the one that gave the number', () => {
    const terms = { extracts: { sourceSupplierNotice: { amount: 6, unit: 'weeks', source: 'terms' } } };
    const order = withLayers(exampleOrder('plain'), { alder: 'terms' });
    const { plan } = planned(order, [supplierLayer('terms', terms)]);
    expect(plan.layers).toEqual([{ id: 'terms', version: '1.2.0' }]);
    const [notice, confirms] = plan.milestones.find(({ hop }) => hop?.name === 'formReturned')?.steps ?? [];
    expect([notice?.layer, confirms?.layer]).toEqual(['terms', 'gp-england']);
  });
});

describe('the explanation of a day', () => {
  it('says what the notice of a layer, or of the order, took the place of', () => {
    const terms = { extracts: { sourceSupplierNotice: { amount: 6, unit: 'weeks', source: 'terms' } } };
    const of = planned(withLayers(exampleOrder('plain'), { alder: 'terms' }), [supplierLayer('terms', terms)]);
    const hop = of.plan.milestones.find((each) => each.hop?.name === 'formReceived')?.id ?? '';
    expect(explained(of, hop).steps[0]).toMatchObject({
      layer: 'terms',
      amount: -6,
      replaced: [{ layer: 'gp-england', value: '5 weeks', source: 'guide/00:83-97' }],
    });
    const eps = exampleOrder('plain');
    const parties = eps.parties.map((party) =>
      party.id === 'eps' ? { ...party, noticePeriod: { amount: 7, unit: 'weeks' as const } } : party,
    );
    expect(explained(planned({ ...eps, parties }, []), 'notify.eps').steps[0]).toMatchObject({
      layer: 'order',
      replaced: [{ layer: 'gp-england', value: '5 weeks' }],
    });
  });

  it('says what a changed day of a rule was before, with the layer', () => {
    const order = exampleOrder('plain', { ruleChanges: [{ rule: 'posters', due: { amount: -7 }, source: 'agreed' }] });
    const explanation = explained(planned(order, []), 'posters.main');
    expect(explanation).toMatchObject({ layer: 'order', layerSource: 'agreed', assumed: false });
    expect(explanation.steps[0]?.replaced).toEqual([
      expect.objectContaining({ layer: 'gp-england', value: '-6 weeks from finalDataProduction' }),
    ]);
  });

  it('names the anchor that the first day of a period is counted from, where the last is counted from another', () => {
    const { anchor, opensFrom, openingSteps } = explained(planned(exampleOrder('plain'), []), 'reduced-activity');
    expect({ anchor, opensFrom }).toEqual({
      anchor: 'goLive',
      opensFrom: { anchor: 'finalDataProduction', on: '2027-01-28' },
    });
    expect(openingSteps).toHaveLength(1);
  });

  it('shows of a milestone for no party what each number replaced for the party that it came from', () => {
    const terms = { extracts: { sourceSupplierNotice: { amount: 6, unit: 'weeks', source: 'terms' } } };
    const layers = [supplierLayer('terms', terms)];
    const order = withLayers(exampleOrder('plain'), { alder: 'terms' });
    const instead = { layer: 'terms', amount: -6, replaced: [{ layer: 'gp-england', value: '5 weeks' }] };
    expect(explained(planned(order, layers), 'authorise-extracts').steps[0]).toMatchObject(instead);
    // What the order says of the product takes the place of the layer's number, and that of the rule set's.
    const parties = order.parties.map((party) => ({
      ...party,
      products: party.products?.map((product) => ({
        ...product,
        extractNotice: { amount: 7, unit: 'weeks' as const },
      })),
    }));
    const { anchors } = order;
    const open = {
      ...order,
      parties,
      anchors: { ...anchors, initialDataProduction: { on: '2027-01-07' as const, status: 'provisional' as const } },
    };
    const all = planned(open, layers);
    const [notice] = explained(all, 'authorise-extracts').steps;
    expect(notice?.replaced.map(({ layer, value }) => `${layer} ${value}`)).toEqual([
      'terms 6 weeks',
      'gp-england 5 weeks',
    ]);
    const steps = explained(all, 'confirm.initialDataProduction').steps;
    expect(steps.find(({ part }) => part === 'notice')?.replaced).toEqual(notice?.replaced);
  });

  it('shows of a rule for the whole migration what was replaced there, whoever holds it', () => {
    // The present supplier holds it; both suppliers' layers change it, and the order does last of all.
    const change = (amount: number) => ({ rule: 'old-system-read-only-ends', due: { amount }, source: 's' });
    const order = exampleOrder('plain', { ruleChanges: [change(70)] });
    const of = planned(withLayers(order, { alder: 'theirs', rowan: 'own' }), [
      supplierLayer('theirs', { changes: [change(60)] }),
      supplierLayer('own', { changes: [change(50)] }),
    ]);
    const { steps } = explained(of, 'old-system-read-only-ends');
    expect(steps[0]?.replaced.map(({ layer, value }) => `${layer} ${value}`)).toEqual([
      'own 50 days from goLive',
      'theirs 60 days from goLive',
      'gp-england 45 days from goLive',
    ]);
  });

  it('counts a party whose id every object knows by the rules for others', () => {
    const order = exampleOrder('plain');
    const parties = order.parties.map((party) => (party.id === 'eps' ? { ...party, id: 'constructor' } : party));
    expect(explained(planned({ ...order, parties }, []), 'notify.constructor').steps).not.toEqual([]);
  });
});
