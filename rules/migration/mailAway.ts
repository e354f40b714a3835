/** Mail that cannot leave: what waits is composed anew when it is tried again, unless it may have arrived already. */
import { hash } from '../plan/spread.js';
import { markRung } from './applySettled.js';
import { withWithdrawal } from './applyReports.js';
import { withAudit } from './edit.js';
import type { MigrationEvent } from './events.js';
import type { OutboundMessage } from './messages.js';
import type { MigrationState, Unanswered } from './state.js';

const MINUTE_MS = 60_000;
/** After the first, second, … try; the last for every further one. Two days of it stay under 500 events of history. */
const BETWEEN_TRIES_MS = [15 * MINUTE_MS, 30 * MINUTE_MS, 60 * MINUTE_MS];
/** Up to a quarter more, so that a country's migrations do not all try at one instant. */
const SPREAD = 0.25;
const STEPS = 1_000;

/** Worked: the third try at 12:00 is followed by one between 13:00 and 13:15, always at the same instant for one migration. */
function nextTryAtMs({ migrationId }: MigrationState, tries: number, { atMs, awayForMs = 0 }: Deferred): number {
  const usualMs = BETWEEN_TRIES_MS[tries - 1] ?? 60 * MINUTE_MS;
  const spread = (hash(`${migrationId}/${tries}`) % STEPS) / STEPS;
  return atMs + Math.max(awayForMs, usualMs) + Math.floor(usualMs * SPREAD * spread);
}

type Deferred = MigrationEvent & { type: 'mailDeferred' };

/** What has been in doubt since the last try needs no second mark: it would only have the register written again. */
function newlyIn({ unanswered: before = [] }: MigrationState, unanswered: readonly Unanswered[]): Unanswered[] {
  const known = new Set(before.map(({ message }) => message.key));
  return unanswered.filter(({ message }) => !known.has(message.key));
}

/**
 * Puts off what could not leave. Rungs of messages that may have arrived count as sent from here on, so that nothing tells
 * their items under another Message-ID; their milestones are settled when it is known that they have arrived.
 */
export function applyMailDeferred(state: MigrationState, event: Deferred): MigrationState {
  const { atMs, reason, waiting, unanswered } = event;
  const { sinceMs = atMs, tries: before = 0 } = state.mailAway ?? {};
  const tries = before + 1;
  const { unanswered: _, ...rest } = newlyIn(state, unanswered)
    .flatMap(({ message }) => message.settles)
    .reduce(markRung, state);
  const mailAway = { sinceMs, tries, nextTryAtMs: nextTryAtMs(state, tries, event) };
  const held = { ...rest, mailAway, ...(unanswered.length > 0 && { unanswered }) };
  const away = state.status === 'running' ? held : withdrawUnanswered(held);
  if (tries > 1) return away;
  return withAudit(away, { atMs, actor: 'leadtime', type: 'mail.deferred', data: { reason, waiting } });
}

/** Mail has left again, and with it all that may have arrived before. */
export function applyMailReturned(state: MigrationState, atMs: number): MigrationState {
  const { mailAway, unanswered: _, ...back } = state;
  if (mailAway === undefined) return state;
  const data = { awaySince: new Date(mailAway.sinceMs).toISOString(), tries: mailAway.tries };
  return withAudit(back, { atMs, actor: 'leadtime', type: 'mail.returned', data });
}

const asks = ({ message: { kind } }: Unanswered): boolean => kind === 'request' || kind === 'notice';

const tellsTheEnd = ({ message: { kind } }: Unanswered): boolean => kind === 'withdrawal' || kind === 'cancelled';

/**
 * Once the migration is off, only word of that is handed over again; a request or notice that may have arrived is withdrawn.
 */
export function withdrawUnanswered(state: MigrationState): MigrationState {
  const { unanswered, ...rest } = state;
  if (unanswered === undefined) return state;
  const kept = unanswered.filter(tellsTheEnd);
  return unanswered
    .filter(asks)
    .flatMap(({ message }) => message.settles)
    .reduce((next, { milestoneId }) => withWithdrawal(next, milestoneId), {
      ...rest,
      ...(kept.length > 0 && { unanswered: kept }),
    });
}

/** Posted to somebody's system: it does not wait for mail. A rehearsal mails it instead. */
const isPosted = ({ channel, about }: OutboundMessage): boolean => channel === 'webhook' && !about.rehearsal;

/** Whether a delivery tries the way that mail takes. */
export const triesMail = (messages: readonly OutboundMessage[]): boolean => !messages.every(isPosted);

export interface Outgoing {
  messages: OutboundMessage[];
  /** When to look again although nothing else is due. */
  tryAtMs?: number;
}

/**
 * Which messages leave now. While mail is away, those that need none; at a try, those that may have arrived come last, so that
 * one that no server answers holds up no other.
 */
export function outgoing(state: MigrationState, composed: OutboundMessage[], nowMs: number): Outgoing {
  const { mailAway, unanswered = [] } = state;
  const messages = [...composed, ...unanswered.map(({ message }) => message)];
  if (mailAway === undefined || nowMs >= mailAway.nextTryAtMs || !triesMail(messages)) return { messages };
  return { messages: messages.filter(isPosted), tryAtMs: mailAway.nextTryAtMs };
}
