/** Whoever was escalated to hears when it is over: once, and not about what they did themselves. */
import { formatDay } from '../calendar/day.js';
import { behaves } from '../plan/behaviour.js';
import type { PlannedMilestone } from '../plan/types.js';
import type { Audience } from '../ruleset/ladderSchema.js';
import { withPending } from './edit.js';
import { milestoneState, plannedMilestone } from './lookup.js';
import type { MigrationState, PendingNotice } from './state.js';

const audiences: Record<Audience, PendingNotice['audience']> = {
  practiceManager: 'practice',
  csuOperator: 'operator',
  csuManager: 'manager',
  partyContact: 'party',
  partyAccountManager: 'accountManager',
};

/** What has become of an open milestone between two states, as a sentence; undefined where it is not over. */
function news(before: MigrationState, after: MigrationState, { id }: PlannedMilestone): string | undefined {
  const [was, is] = [milestoneState(before, id), milestoneState(after, id)];
  const by = is.settledBy ?? 'somebody';
  if (was.status !== 'open') return undefined;
  if (is.status === 'done') return `It is done: ${by}, on ${formatDay(is.settledOn ?? '')}.`;
  if (is.status === 'waived') return `It is not needed any more, says ${by}.`;
  if (is.status === 'cleared') return 'A later step shows that it has been done.';
  const { dueOn } = plannedMilestone(after, id) ?? {};
  const isBackInTime = is.status === 'open' && was.slippedOn !== undefined && is.slippedOn === undefined;
  return isBackInTime && dueOn !== undefined
    ? `Its day is now ${formatDay(dueOn)}: it is not late any more.`
    : undefined;
}

/** Whom a rung speaks to, as what has happened is told. */
export const audienceOf = (to: Audience): PendingNotice['audience'] => audiences[to];

const holderAudience = ({ holder }: PlannedMilestone): PendingNotice['audience'] =>
  holder === 'practice' ? 'practice' : holder === 'csu' ? 'operator' : 'party';

/** Whoever holds it knows that it is done; of what is waived they hear. */
const knowsAlready = (after: MigrationState, { id }: PlannedMilestone): boolean =>
  !behaves(after.plan, 'clearsForHolder') || milestoneState(after, id).status !== 'waived';

/** Who has been escalated to and does not know yet that it is over: by holding it, or by having just said so. */
function worried(
  before: MigrationState,
  after: MigrationState,
  milestone: PlannedMilestone,
): PendingNotice['audience'][] {
  const { rungs } = milestoneState(before, milestone.id);
  const told = milestone.ladder
    .filter(({ id, type }) => type === 'escalation' && rungs[id] === 'sent')
    .map(({ to }) => audienceOf(to));
  const know = [saidBy(after, milestone), ...(knowsAlready(after, milestone) ? [holderAudience(milestone)] : [])];
  return [...new Set(told)].filter((audience) => !know.includes(audience));
}

function saidBy(
  { directory, milestones }: MigrationState,
  { id }: PlannedMilestone,
): PendingNotice['audience'] | undefined {
  const by = milestones[id]?.settledBy;
  const { csuOperator, csuManager, practiceManager } = directory.contacts;
  if (by === csuOperator.name) return 'operator';
  if (by === csuManager.name) return 'manager';
  return by === practiceManager.name ? 'practice' : undefined;
}

/** The state after something has happened, with word of everything that is over by it. */
export function withAllClear(before: MigrationState, after: MigrationState): MigrationState {
  if (after.status !== 'running' || before.milestones === after.milestones || !behaves(after.plan, 'allClear'))
    return after;
  return before.plan.milestones.reduce((next, milestone) => {
    const isSame = before.milestones[milestone.id] === after.milestones[milestone.id];
    const words = isSame ? undefined : news(before, after, milestone);
    if (words === undefined) return next;
    const occasion = `v${before.plan.dateVersion}-${milestone.revision ?? 0}`;
    return worried(before, after, milestone).reduce(
      (told, audience) =>
        withPending(told, {
          kind: 'allClear',
          audience,
          milestoneId: milestone.id,
          rungId: `all-clear-${audience}-${occasion}`,
          news: words,
        }),
      next,
    );
  }, after);
}
