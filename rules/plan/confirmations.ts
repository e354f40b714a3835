import { dayNumber, type Day } from '../calendar/day.js';
import type { AnchorName } from '../order/anchorNames.js';
import { anchorNames, anchorTitles } from '../order/anchorNames.js';
import { ladderNamed, type MilestoneDraft, type Planning } from './planning.js';
import type { PlannedMilestone, Step } from './types.js';

type Milestones = readonly PlannedMilestone[];

/**
 * `confirm.goLive` and the like, for each anchor that something hangs on and that nobody has confirmed.
 *
 * Due `confirmation.before` ahead of the earliest formal step that states the date, rolled before; of an absent anchor,
 * `whenAbsent` after the order.
 */
export function draftConfirmations(planning: Planning, milestones: Milestones): MilestoneDraft[] {
  return anchorNames
    .filter((anchor) => planning.anchors[anchor].status !== 'confirmed')
    .filter((anchor) => milestones.some((each) => each.anchor === anchor && each.kind !== 'anchor'))
    .map((anchor) => draftConfirmation(planning, anchor, milestones));
}

function draftConfirmation(planning: Planning, anchor: AnchorName, milestones: Milestones): MilestoneDraft {
  const { ruleSet, anchors, order } = planning;
  const { title, action, section, source, ladder } = ruleSet.confirmation;
  const name = ruleSet.anchors.find((each) => each.anchor === anchor)?.title ?? anchorTitles[anchor];
  const { on } = anchors[anchor];
  return {
    milestone: {
      id: `confirm.${anchor}`,
      ruleId: 'confirm',
      kind: 'confirmation',
      title: `${title}: ${name}`,
      action,
      section,
      source,
      holder: 'csu',
      anchor,
      steps: on === undefined ? [afterOrder(planning)] : beforeFirstUse(planning, anchor, on, milestones),
      needsConfirmedDate: false,
      waitsFor: [],
    },
    ladder: ladderNamed(ruleSet, ladder),
    ...(on === undefined && { countedFrom: order.orderedOn }),
  };
}

const ours = { calendarOf: 'csu', roll: 'before', assumed: false } as const;

function afterOrder({ ruleSet }: Planning): Step {
  const { whenAbsent, source } = ruleSet.confirmation;
  return {
    source,
    why: 'counted from the order, because the date is absent',
    ...whenAbsent,
    ...ours,
    layer: ruleSet.id,
  };
}

function beforeFirstUse(planning: Planning, anchor: AnchorName, on: Day, milestones: Milestones): Step[] {
  const { before, source } = planning.ruleSet.confirmation;
  const first = firstUse(planning, anchor, milestones);
  const amount = before.amount === 0 ? 0 : -before.amount;
  const why = first === undefined ? 'confirmed ahead of the day itself' : `confirmed ahead of "${first.title}"`;
  return [
    ...(first === undefined ? [] : [...toItsAnchor(planning, on, first), ...first.steps]),
    { amount, unit: before.unit, why, source, ...ours, layer: planning.ruleSet.id },
  ];
}

/** The earliest milestone that states the date, else the earliest that is counted from it. */
function firstUse({ anchors }: Planning, anchor: AnchorName, milestones: Milestones): PlannedMilestone | undefined {
  const dated = milestones.filter((each) => each.dueOn !== undefined && each.kind !== 'anchor');
  const stating = dated.filter((each) => each.needsConfirmedDate && states(each, anchor) && anchors[each.anchor].on);
  const counted = dated.filter((each) => each.anchor === anchor);
  const candidates = stating.length > 0 ? stating : counted;
  return candidates.toSorted((a, b) => (a.dueOn ?? '').localeCompare(b.dueOn ?? ''))[0];
}

/** A third party's notice is counted to the start of cut-over and states the Go Live date beside it (rules.md, E.3). */
function states({ anchor: counted, kind }: PlannedMilestone, anchor: AnchorName): boolean {
  const statesBoth = kind === 'notice' && anchor === 'goLive' && counted === 'finalDataProduction';
  return counted === anchor || statesBoth;
}

function toItsAnchor({ anchors }: Planning, on: Day, first: PlannedMilestone): Step[] {
  const other = anchors[first.anchor].on ?? on;
  if (other === on) return [];
  const amount = dayNumber(other) - dayNumber(on);
  const why = `"${first.title}" is counted from the ${anchorTitles[first.anchor]} and states both dates`;
  return [{ layer: 'order', amount, unit: 'days', why, source: 'the order', ...ours, roll: 'none' }];
}
