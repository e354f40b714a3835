import { lastDayOf } from '../plan/endsOn.js';
import { planItem } from '../plan/items.js';
import { withAudit, withMilestone } from './edit.js';
import type { MigrationEvent } from './events.js';
import { todayOf } from './lookup.js';
import type { MigrationState } from './state.js';

/** Plans an item that `judgeItem` has let through. Its title is people's words: the audit names it by its id. */
export function applyItem(state: MigrationState, event: MigrationEvent & { type: 'itemAdded' }): MigrationState {
  const { atMs, item, by } = event;
  const { plan, directory } = state;
  const planned = planItem(plan, directory, item, todayOf(state, atMs));
  if (planned === undefined) return state;
  const milestones = [...plan.milestones, planned];
  const added = { ...state, plan: { ...plan, milestones, endsOn: lastDayOf(milestones, plan.endsOn) } };
  const { id: milestoneId, dueOn, siteId } = planned;
  const data = { milestoneId, owner: item.owner, ...(siteId && { siteId }), ...(dueOn && { dueOn }) };
  return withAudit(withMilestone(added, milestoneId, {}), { atMs, actor: by, type: 'item.added', data });
}
