/** The order of a running migration as it stands: with the people, the days and the progress of today. */
import { anchorNames, type AnchorName } from '../../order/anchorNames.js';
import type { Order } from '../../order/schema.js';
import { isItem } from '../../plan/redateItem.js';
import type { Day } from '../../calendar/day.js';
import type { PlannedMilestone } from '../../plan/types.js';
import { isOpen, milestoneState } from '../lookup.js';
import type { Directory, MigrationState } from '../state.js';
import { isSuperseded, undoneBy } from './again.js';
import { anchorsAfter, movableAnchors, movedAnchors, type AnchorMove } from './redate.js';

type Done = Order['alreadyDone'][number];

function orderAnchors(anchors: MigrationState['plan']['anchors']): Order['anchors'] {
  const dated = movableAnchors.flatMap((name) => {
    const { on, status } = anchors[name];
    return on === undefined || status === 'absent' ? [] : [[name, { on, status }] as const];
  });
  return Object.fromEntries(dated);
}

/** An amendment leaves nobody whom mail goes to without an address. */
function contactsNow({ contacts }: Directory, { contacts: first }: Order): Order['contacts'] {
  const mailed = (role: 'practiceManager' | 'csuOperator' | 'csuManager') => ({
    ...contacts[role],
    email: contacts[role].email ?? first[role].email,
  });
  const leadClinician = contacts.leadClinician && { leadClinician: contacts.leadClinician };
  return {
    practiceManager: mailed('practiceManager'),
    csuOperator: mailed('csuOperator'),
    csuManager: mailed('csuManager'),
    ...leadClinician,
  };
}

/** The first iteration stands for the newest in a plan that is made from the order. */
function firstId({ id, hop }: PlannedMilestone): string {
  return hop === undefined ? id : id.replace(/\.\d+\.(\w+)$/, '.1.$1');
}

/** A plan that is made from the order has no milestone for what is confirmed already, nor for what was added on the way. */
function isPlannedFrom({ surveyItems, actions }: Order, milestone: PlannedMilestone): boolean {
  const items = [...surveyItems.map(({ id }) => `survey.${id}`), ...actions.map(({ id }) => `action.${id}`)];
  return milestone.kind !== 'confirmation' && (!isItem(milestone) || items.includes(milestone.id));
}

/** What is settled and stays so. */
function settled(state: MigrationState, order: Order, moved: ReadonlySet<AnchorName>): Done[] {
  const { milestones } = state.plan;
  const undone = new Set(undoneBy(state, moved).map(({ id }) => id));
  return milestones
    .filter((each) => !isOpen(state, each.id) && !undone.has(each.id))
    .filter((each) => isPlannedFrom(order, each) && !isSuperseded(milestones, each))
    .filter(({ id }) => !milestoneState(state, id).dropped)
    .filter(({ kind, anchor }) => kind !== 'anchor' || !moved.has(anchor))
    .map((milestone) => {
      const { settledOn = state.plan.asOf, settledBy = 'leadtime' } = milestoneState(state, milestone.id);
      return { milestone: firstId(milestone), on: settledOn, by: settledBy };
    });
}

/** A day that has gone by is over, whether or not anything has woken to note it. */
function goneBy(state: MigrationState, moves: readonly AnchorMove[], today: Day): Done[] {
  const stays = anchorNames.filter((name) => !moves.some(({ anchor }) => anchor === name));
  return stays.flatMap((name) => {
    const { on } = state.plan.anchors[name];
    const milestone = `anchor.${name}`;
    const isPlanned = state.plan.milestones.some(({ id }) => id === milestone);
    return isPlanned && on !== undefined && on < today ? [{ milestone, on, by: 'leadtime' }] : [];
  });
}

/**
 * The order from which the plan for other days is made: its own rules and closures, the contacts and parties as they are now, the
 * days after the moves, and what is done and stays so.
 *
 * @param order what the migration was started with, or was amended to
 * @param today the migration's own
 * @param others anchors that count as moved, too: what was asked for their days is open again
 */
export function orderNow(
  state: MigrationState,
  order: Order,
  moves: readonly AnchorMove[],
  today: Day,
  others: readonly AnchorName[] = [],
): Order {
  const { directory, plan } = state;
  const { acceptRisk: _, ...rest } = order;
  const anchors = anchorsAfter(plan.anchors, moves);
  const done = settled(state, order, new Set([...movedAnchors(plan.anchors, anchors), ...others]));
  const known = new Set(done.map(({ milestone }) => milestone));
  return {
    ...rest,
    contacts: contactsNow(directory, order),
    parties: directory.parties,
    anchors: orderAnchors(anchors),
    alreadyDone: [...done, ...goneBy(state, moves, today).filter(({ milestone }) => !known.has(milestone))],
  };
}
