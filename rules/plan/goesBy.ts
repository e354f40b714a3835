import type { AnchorName } from '../order/anchorNames.js';
import type { MilestoneKind } from '../ruleset/ruleSchema.js';

/** Days, rights that end, and states of affairs: nobody has to do anything by then. */
export const owesNothing = ({ kind }: { kind: MilestoneKind }): boolean =>
  kind === 'anchor' || kind === 'expiry' || kind === 'period';

/**
 * True of what passes with its day: nobody has to report the end of an access or of a period, or the day of an anchor. Go Live
 * alone is asked for until somebody says that it happened.
 */
export const goesByItself = ({ kind, anchor }: { kind: MilestoneKind; anchor: AnchorName }): boolean =>
  owesNothing({ kind }) && !(kind === 'anchor' && anchor === 'goLive');
