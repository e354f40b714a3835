import type { Directory } from '../migration/state.js';
import type { Day } from '../calendar/day.js';
import type { LeadTime } from '../calendar/leadTime.js';
import type { Order, Party } from '../order/schema.js';
import type { AnchorName } from '../order/anchorNames.js';
import type { Ladder } from '../ruleset/ladderSchema.js';
import type { EffectiveRules } from '../ruleset/effective.js';
import { ladderIn, type RuleSet } from '../ruleset/schema.js';
import type { HolderId, PlannedAnchor, PlannedMilestone, Step, WorkingTime } from './types.js';

/** What the planner works from wherever the anchors lie. The anchors of `order` are not to be read here. */
export interface Setting {
  order: Order;
  ruleSet: EffectiveRules;
  directory: Directory;
  workingTime: WorkingTime;
}

/** The same with the days at hand, which `order` has, too. */
export interface Planning extends Setting {
  anchors: Record<AnchorName, PlannedAnchor>;
}

/** A milestone before its days are counted. */
export interface MilestoneDraft {
  milestone: Omit<PlannedMilestone, 'dueOn' | 'opensOn' | 'provisional' | 'ladder'>;
  ladder: Ladder;
  /** Where counting starts when it is not at the milestone's anchor. */
  countedFrom?: Day;
}

export type HolderKind = 'practice' | 'csu' | 'party' | 'sourceSupplier' | 'targetSupplier';

export function supplierOf(order: Order, role: 'sourceSupplier' | 'targetSupplier'): Party | undefined {
  return order.parties.find((party) => party.roles.includes(role));
}

/** The party that holds a milestone, where a party does. */
export function holdingParty(order: Order, kind: HolderKind, subject: Party | undefined): Party | undefined {
  if (kind === 'practice' || kind === 'csu') return undefined;
  return kind === 'party' ? subject : supplierOf(order, kind);
}

/** A holder's id; the CSU stands in for a supplier that the order does not name, which is an error of its own. */
export function holderId(order: Order, kind: HolderKind, subject: Party | undefined): HolderId {
  if (kind === 'practice') return 'practice';
  return holdingParty(order, kind, subject)?.id ?? 'csu';
}

/** A ladder by its name; a rule set that names an unknown one has been refused before. */
export function ladderNamed(ruleSet: RuleSet, name: string): Ladder {
  return ladderIn(ruleSet, name) ?? [];
}

/** A length of time with who gave it. */
export type Given = LeadTime & Pick<Step, 'source' | 'layer' | 'value' | 'assumed'>;

/** A step that spends a length of time: backwards for -1, forwards for 1. */
export function stepOf(
  { amount, unit, source, layer, value, assumed }: Given,
  direction: -1 | 1,
  spent: Pick<Step, 'calendarOf' | 'roll' | 'why' | 'part'>,
): Step {
  // Not -0: the plan is compared as JSON.
  const step: Step = { amount: amount === 0 ? 0 : direction * amount, unit, source, layer, assumed, ...spent };
  if (value !== undefined) step.value = value;
  return step;
}

/**
 * Hands a day over from the holder whose time was counted to the one who has to act on it: rolled to before where the
 * second is closed. No step where the second has no closures, because then it could never move the day.
 */
export function handOver(to: HolderId, { workingTime }: Setting, names: { why: string }): Step[] {
  if (!workingTime.closures.some((closure) => closure.holder === to)) return [];
  const step = { amount: 0, unit: 'days', calendarOf: to, roll: 'before', source: closuresSource } as const;
  return [{ layer: 'order', assumed: false, ...step, ...names }];
}

const closuresSource = 'closures of the order';

/** A step that `handOver` made: where it moves nothing, it says nothing. */
export const isHandOver = ({ source, layer, amount, value }: Step): boolean =>
  source === closuresSource && layer === 'order' && amount === 0 && value === undefined;
