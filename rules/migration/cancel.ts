/** A migration is off: who relies on something that no longer stands, and who has to hear. */
import type { Party } from '../order/schema.js';
import { behaves } from '../plan/behaviour.js';
import type { PlannedMilestone } from '../plan/types.js';
import { audienceOf } from './allClear.js';
import { isServed, withWithdrawal } from './applyReports.js';
import { withAudit, withPending } from './edit.js';
import type { MigrationEvent } from './events.js';
import { isOpen, milestoneState, plannedMilestone, todayOf } from './lookup.js';
import type { MigrationState, PendingNotice } from './state.js';

type Reader = Pick<PendingNotice, 'audience' | 'partyId'>;

/** Somebody of whom something was wanted, or who was told that it is late. */
const wasToldBy = (state: MigrationState, { id, ladder }: PlannedMilestone, audience: Reader['audience']): boolean =>
  ladder.some((rung) => audienceOf(rung.to) === audience && milestoneState(state, id).rungs[rung.id] === 'sent');

const isSupplier = ({ roles }: Party): boolean => roles.includes('sourceSupplier') || roles.includes('targetSupplier');

/** Suppliers who were written to and have nothing that is withdrawn, so that no word of the end would reach them. */
function suppliersLeft(state: MigrationState, withdrawn: readonly PlannedMilestone[]): Reader[] {
  const { plan, directory, unanswered = [] } = state;
  const asked = unanswered.flatMap(({ message }) =>
    message.items.map(({ milestoneId }) => plannedMilestone(state, milestoneId)?.partyId),
  );
  const hear = new Set([...withdrawn.map(({ partyId }) => partyId), ...asked]);
  const wasTold = ({ id }: Party) =>
    plan.milestones.some((each) => each.partyId === id && wasToldBy(state, each, 'party'));
  return directory.parties
    .filter((party) => isSupplier(party) && !hear.has(party.id) && wasTold(party))
    .map(({ id }) => ({ audience: 'party', partyId: id }));
}

function readersBesides(state: MigrationState, withdrawn: readonly PlannedMilestone[]): Reader[] {
  if (!behaves(state.plan, 'tellsAllOfTheEnd')) return [];
  const isWorried = state.plan.milestones.some((each) => wasToldBy(state, each, 'manager'));
  const suppliers = isOpen(state, 'anchor.goLive') ? suppliersLeft(state, withdrawn) : [];
  return [...(isWorried ? [{ audience: 'manager' } as const] : []), ...suppliers];
}

/**
 * Cancels: every request and notice that was served is withdrawn; the practice and the CSU are told, and so are its manager, if
 * escalated to, and suppliers that were written to; each of them once.
 */
export function applyCancelled(state: MigrationState, event: MigrationEvent & { type: 'cancelled' }): MigrationState {
  const { atMs, by, reason } = event;
  const cancelled = withAudit(
    { ...state, status: 'cancelled', pending: [] },
    { atMs, actor: by, type: 'migration.cancelled', data: { reason } },
  );
  const served = state.plan.milestones.filter((each) => isServed(cancelled, each, todayOf(state, atMs)));
  const withdrawn = served.reduce((next, each) => withWithdrawal(next, each.id), cancelled);
  const readers: Reader[] = [{ audience: 'practice' }, { audience: 'operator' }, ...readersBesides(state, served)];
  return readers.reduce((next, reader) => {
    const rungId = `cancelled-${reader.partyId ?? reader.audience}`;
    return withPending(next, { kind: 'cancelled', ...reader, milestoneId: 'anchor.goLive', rungId });
  }, withdrawn);
}
