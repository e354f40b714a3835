import type { Day } from '../calendar/day.js';
import { anchorNames, type AnchorName } from '../order/anchorNames.js';
import { blackoutsOn } from '../plan/blackouts.js';
import type { HolderId, Plan } from '../plan/types.js';

/** An anchor's day on which it should not lie. */
export interface BlackoutConflict {
  anchor: AnchorName;
  on: Day;
  /** The blackout's first and last day, both in it. */
  from: Day;
  to: Day;
  reason: string;
  /** Where the blackout is stated. */
  source: string;
  /** Who is away; absent where it is nobody in particular. */
  holder?: HolderId;
}

/**
 * Every anchor that lies in a blackout of its migration's own plan, in the order of the anchors: the Initial data production day
 * 2026-12-29 lies in school holidays from 2026-12-21 to 2027-01-04.
 */
export function blackoutConflicts({ anchors, workingTime }: Pick<Plan, 'anchors' | 'workingTime'>): BlackoutConflict[] {
  return anchorNames.flatMap((anchor) => {
    const { on } = anchors[anchor];
    if (anchor === 'order' || on === undefined) return [];
    return blackoutsOn(anchor, on, workingTime).map(({ from, to, reason, source, holder }) => {
      return { anchor, on, from, to, reason, source, ...(holder !== undefined && { holder }) };
    });
  });
}
