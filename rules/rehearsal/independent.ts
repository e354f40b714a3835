import type { MigrationState } from '../migration/state.js';
import type { PlannedMilestone } from '../plan/types.js';

/** What has to be settled before the whole ladder of a milestone can go out. */
function needs(milestone: PlannedMilestone, known: ReadonlyMap<string, PlannedMilestone>): string[] {
  const confirmation = milestone.needsConfirmedDate ? [`confirm.${milestone.anchor}`] : [];
  return [...milestone.waitsFor, ...confirmation].filter((id) => known.has(id));
}

/**
 * The milestones of a plan in groups, in which none waits for another of its group: whatever is late about one says nothing
 * about the others, so that one rehearsal can have all of them late at once.
 */
export function independentGroups({ plan }: MigrationState): string[][] {
  const known = new Map(plan.milestones.map((each) => [each.id, each]));
  const depths = new Map<string, number>();
  const depthOf = (id: string): number => {
    const milestone = known.get(id);
    const seen = depths.get(id);
    if (seen !== undefined || milestone === undefined) return seen ?? 0;
    depths.set(id, 0);
    const depth = Math.max(-1, ...needs(milestone, known).map(depthOf)) + 1;
    depths.set(id, depth);
    return depth;
  };
  const groups: string[][] = [];
  for (const { id } of plan.milestones) (groups[depthOf(id)] ??= []).push(id);
  return groups;
}
