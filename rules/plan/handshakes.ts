import type { Party } from '../order/schema.js';
import type { AnchorName } from '../order/anchorNames.js';
import { rulesFor } from '../ruleset/effective.js';
import type { HopName, RuleSet } from '../ruleset/schema.js';
import { ladderForHop, ladderOfHop } from './audience.js';
import { bookingWay, dayBeforeExtract } from './booking.js';
import { handshakeSteps, type HandshakeOf } from './handshakeSteps.js';
import { fillIn } from './fillIn.js';
import { holderId, ladderNamed, type MilestoneDraft, type Planning } from './planning.js';
import { draftAsking } from './sharedInstance.js';
import type { ExtractName, HolderId, Step } from './types.js';
import { applyStepsWithin } from './workingTime.js';

type HopRule = RuleSet['extracts']['hops'][number];

export const extractAnchors = {
  initial: 'initialDataProduction',
  final: 'finalDataProduction',
} as const satisfies Record<ExtractName, AnchorName>;

export const extractTitles: Record<ExtractName, string> = { initial: 'Initial', final: 'Final' };

/** Parties that hand data over: the source supplier and the other data suppliers. */
export function isSupplierOfData(party: Party): boolean {
  return party.roles.includes('sourceSupplier') || party.roles.includes('dataSupplier');
}

/** Every hop of every handshake: each product of each supplier of data, Initial and Final (guide/03:93-97). */
export function draftHandshakes(planning: Planning): MilestoneDraft[] {
  const { order, directory } = planning;
  return order.parties.filter(isSupplierOfData).flatMap((party) =>
    (party.products ?? []).flatMap((product) => {
      const of = { party, product, requester: directory.extractRequestSentBy };
      const steps = handshakeSteps(planning, of);
      return [...draftHandshake(planning, of, 'initial', steps), ...draftHandshake(planning, of, 'final', steps)];
    }),
  );
}

function draftHandshake(
  planning: Planning,
  of: HandshakeOf,
  extract: ExtractName,
  steps: Record<HopName, Step[]> | undefined,
): MilestoneDraft[] {
  const { ruleSet, directory } = planning;
  const ladders = rulesFor(ruleSet, of.party);
  const handshakeId = `extract.${extract}.${of.party.id}.${of.product.id}.1`;
  const names = { party: of.party.name, product: of.product.name, extract: extractTitles[extract] };
  return ruleSet.extracts.hops.map((rule, index): MilestoneDraft => {
    const before = ruleSet.extracts.hops[index - 1]?.hop;
    const draft: MilestoneDraft = {
      milestone: {
        id: `${handshakeId}.${rule.hop}`,
        title: fillIn(rule.title, names),
        action: fillIn(rule.action, names),
        ruleId: `extract.${rule.hop}`,
        kind: 'request',
        section: ruleSet.extracts.section,
        source: ruleSet.extracts.source,
        holder: hopHolder(planning, rule, of),
        partyId: of.party.id,
        productId: of.product.id,
        hop: { extract, iteration: 1, name: rule.hop, handshakeId },
        anchor: extractAnchors[extract],
        steps: steps === undefined ? [] : stepsOfHop(planning, of, extract, rule.hop, steps),
        // The practice's form names the day of the extract, so that day must stand first.
        needsConfirmedDate: rule.hop === 'formReturned',
        waitsFor: before === undefined ? firstWaitsFor(planning) : [`${handshakeId}.${before}`],
      },
      ladder: ladderForHop(ladderNamed(ladders, ladderOfHop(rule, directory)), rule.hop, directory, of.party),
    };
    return rule.hop === 'asked' ? draftAsking(draft, planning, of.party) : draft;
  });
}

/** The CSU asks only once the practice, as controller of the data, lets it (rules.md, E.2). */
function firstWaitsFor({ directory }: Planning): string[] {
  return directory.extractRequestSentBy === 'csu' ? ['authorise-extracts'] : [];
}

function hopHolder({ order }: Planning, rule: HopRule, of: HandshakeOf): HolderId {
  return rule.holder === 'requester' ? of.requester : holderId(order, rule.holder, of.party);
}

function stepsOfHop(
  { anchors, workingTime }: Planning,
  { party }: HandshakeOf,
  extract: ExtractName,
  hop: HopName,
  steps: Record<HopName, Step[]>,
): Step[] {
  const { on } = anchors[extractAnchors[extract]];
  if (hop !== 'scheduled' || on === undefined) return steps[hop];
  const dayOf = (way: Step[]) => applyStepsWithin(on, way, workingTime) ?? '';
  const dayBefore = [dayBeforeExtract(party.id)];
  return bookingWay({ usual: steps.scheduled, dayBefore, formReceived: steps.formReceived }, dayOf);
}
