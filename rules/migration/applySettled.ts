/** What follows from mails that went out, or were refused for good. */
import type { Day } from '../calendar/day.js';
import { behaves } from '../plan/behaviour.js';
import { withWithdrawal } from './applyReports.js';
import { withChase } from './chases.js';
import { withoutAddress } from './deadAddress.js';
import { withMilestone, withPending, withRungs, withoutPending } from './edit.js';
import { isOpen, todayOf } from './lookup.js';
import type { Addressee, MessageOutcome, OutboundMessage, RungKey } from './messages.js';
import { toldInVain } from './redate/unanswered.js';
import type { MigrationState } from './state.js';

/** Mails that are the act itself: once one is out, its milestone is done. */
export const formal: readonly string[] = ['request', 'notice', 'contact'];

/** All that is still worth telling once a migration is off. */
const wordOfTheEnd: readonly string[] = ['withdrawal', 'cancelled'];

export function markRung(state: MigrationState, { milestoneId, rungId }: RungKey): MigrationState {
  const marked = withRungs(state, milestoneId, [rungId], 'sent');
  return withoutPending(marked, (notice) => notice.milestoneId === milestoneId && notice.rungId === rungId);
}

/** A mail that left for a day which has moved meanwhile settles nothing: the next says that it replaces it. */
function serve(state: MigrationState, message: OutboundMessage, atMs: number): MigrationState {
  const settledOn = todayOf(state, atMs);
  return message.settles
    .filter(({ milestoneId }) => isOpen(state, milestoneId))
    .reduce((next, rung) => {
      const replaces = toldInVain(next, message, rung);
      const served = { status: 'done', settledOn, settledBy: 'leadtime' } as const;
      return withMilestone(next, rung.milestoneId, replaces === undefined ? served : { replaces });
    }, state);
}

/** A request that was on its way when the migration was cancelled is withdrawn too. */
function withdrawLate(state: MigrationState, message: OutboundMessage): MigrationState {
  if (state.status !== 'cancelled' || message.kind === 'contact') return state;
  return message.settles.reduce((next, { milestoneId }) => withWithdrawal(next, milestoneId), state);
}

/** What is known of a message that has not reached anybody. */
type Failed = Pick<OutboundMessage, 'key' | 'kind'> & {
  to: Pick<Addressee, 'key'> & { email?: string };
  settles: readonly Pick<RungKey, 'milestoneId'>[];
};

/** Whoever stands in for the operator where it is their address; nobody is left behind the CSU's mailbox. */
function reportToTheLiving(state: MigrationState, { key, to }: Failed, milestoneId: string, news?: string) {
  if (to.email === state.directory.csu.mailbox) return state;
  const notice = { kind: 'undeliverable', audience: 'operator', milestoneId, rungId: `undeliverable-${key}` } as const;
  return withPending(state, { ...notice, ...(news !== undefined && { news }) });
}

/** Somebody who can still act is told that an address does not work. */
export function reportUndeliverable(state: MigrationState, message: Failed, news?: string): MigrationState {
  const [first] = message.settles;
  const isIdle = state.status !== 'running' && !wordOfTheEnd.includes(message.kind);
  if (first === undefined || isIdle) return state;
  if (behaves(state.plan, 'dropsDeadAddresses')) return reportToTheLiving(state, message, first.milestoneId, news);
  const audience = message.to.key.startsWith('csuOperator') ? 'manager' : 'operator';
  // The operator's own address failed for this word too: the manager is the last to be told.
  if (message.kind === 'undeliverable' && (audience === 'operator' || message.to.key === 'csuManager')) return state;
  const rungId = `undeliverable-${message.key}`;
  const notice = { kind: 'undeliverable', audience, milestoneId: first.milestoneId, rungId } as const;
  return withPending(state, { ...notice, ...(news !== undefined && { news }) });
}

const refusedWords = ({ name, key, email }: Addressee): string =>
  `Mail to ${name} (${key}, ${email}) was refused for good.`;

function refusedForGood(state: MigrationState, message: OutboundMessage, on: Day): MigrationState {
  const { to, channel, settles } = message;
  const [first] = settles;
  if (channel !== 'email' || first === undefined || !behaves(state.plan, 'dropsDeadAddresses'))
    return reportUndeliverable(state, message);
  const living = withoutAddress(state, { to, milestoneId: first.milestoneId, on });
  return reportUndeliverable(living, message, refusedWords(to));
}

function settleOne(
  state: MigrationState,
  message: OutboundMessage,
  outcome: MessageOutcome,
  atMs: number,
): MigrationState {
  const marked = message.settles.reduce(markRung, state);
  if (outcome.outcome === 'undeliverable') return refusedForGood(marked, message, todayOf(state, atMs));
  if (!formal.includes(message.kind)) return withChase(marked, message, todayOf(state, atMs));
  return withdrawLate(serve(marked, message, atMs), message);
}

/** Applies the outcomes of one delivery. Audit records of the sends are made where they are sealed, not here. */
export function applySettled(
  state: MigrationState,
  messages: readonly OutboundMessage[],
  outcomes: readonly MessageOutcome[],
  atMs: number,
): MigrationState {
  const byKey = new Map(outcomes.map((outcome) => [outcome.key, outcome]));
  return messages.reduce((next, message) => {
    const outcome = byKey.get(message.key);
    return outcome === undefined ? next : settleOne(next, message, outcome, atMs);
  }, state);
}
