import type { AnchorName } from '../order/anchorNames.js';
import type { Order } from '../order/schema.js';
import { holderId, ladderNamed, type MilestoneDraft, type Setting } from './planning.js';
import type { PlannedAnchor } from './types.js';

/** The anchors of an order. The order's own day is always confirmed. */
export function anchorsOf(order: Order): Record<AnchorName, PlannedAnchor> {
  const absent: PlannedAnchor = { status: 'absent' };
  const { kickOff, technicalSurvey, initialDataProduction, finalDataProduction, goLive } = order.anchors;
  return {
    order: { status: 'confirmed', on: order.orderedOn },
    kickOff: kickOff ?? absent,
    technicalSurvey: technicalSurvey ?? absent,
    initialDataProduction: initialDataProduction ?? absent,
    finalDataProduction: finalDataProduction ?? absent,
    goLive: goLive ?? absent,
  };
}

/** `anchor.goLive` and the like: due on the anchor itself and never moved, worked or not (rules.md, E.4). */
export function draftAnchors({ order, ruleSet }: Setting): MilestoneDraft[] {
  return ruleSet.anchors.map(({ anchor, title, action, section, source, holder, ladder }) => ({
    milestone: {
      id: `anchor.${anchor}`,
      ruleId: 'anchor',
      kind: 'anchor',
      title,
      action,
      section,
      source,
      holder: holderId(order, holder, undefined),
      anchor,
      steps: [],
      needsConfirmedDate: false,
      waitsFor: [],
    },
    ladder: ladderNamed(ruleSet, ladder),
  }));
}
