import type { AnchorName } from '../order/anchorNames.js';
import type { MilestoneKind } from '../ruleset/ruleSchema.js';

/**
 * True of what passes with its day: nobody has to report the end of an access or of a period, or the day of an anchor. Go Live
 * alone is asked for until somebody says that it happened.
 */
export const goesByItself = ({ kind, anchor }: { kind: MilestoneKind; anchor: AnchorName }): boolean =>
  kind === 'expiry' || kind === 'period' || (kind === 'anchor' && anchor !== 'goLive');
