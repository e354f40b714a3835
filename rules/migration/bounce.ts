/** Messages that had left and came back: their addressee has not been told. */
import { formal, reportUndeliverable } from './applySettled.js';
import { withoutAddress } from './deadAddress.js';
import { reopen, withAudit } from './edit.js';
import type { BounceReport, Rejection } from './events.js';
import { hopsAfter, isOpen, milestoneState, plannedMilestone, todayOf } from './lookup.js';
import type { MessageOutcome, OutboundMessage } from './messages.js';
import { closed, refuse } from './refuse.js';
import type { MigrationState, SentMail } from './state.js';

/** A copy of a mail that is sent on its own has its Message-ID and this behind it. */
const COPY = /\/copy-\d+$/;

const mailOf = ({ sentMails = {} }: MigrationState, messageId: string): SentMail | undefined => {
  const id = messageId.replace(COPY, '');
  return Object.hasOwn(sentMails, id) ? sentMails[id] : undefined;
};

/** Remembers what may come back: mails, not what was posted. */
export function rememberSent(
  state: MigrationState,
  messages: readonly OutboundMessage[],
  outcomes: readonly MessageOutcome[],
): MigrationState {
  const byKey = new Map(messages.map((message) => [message.key, message]));
  const sent = outcomes.flatMap(({ key, messageId, outcome }): [string, SentMail][] => {
    const message = byKey.get(key);
    const [first] = message?.settles ?? [];
    if (outcome !== 'sent' || message?.channel !== 'email' || first === undefined) return [];
    const { key: toKey, email: toEmail } = message.to;
    return [[messageId, { key, kind: message.kind, toKey, toEmail, milestoneId: first.milestoneId }]];
  });
  return sent.length === 0 ? state : { ...state, sentMails: { ...state.sentMails, ...Object.fromEntries(sent) } };
}

/** Refuses a message that this migration has not sent; a repeat is taken, and changes nothing. */
export function judgeBounce(state: MigrationState, { messageId }: BounceReport): Rejection | undefined {
  if (state.status !== 'running') return closed(state);
  if (mailOf(state, messageId) !== undefined) return undefined;
  return refuse('UnknownMessage', `This migration has sent no message "${messageId}".`);
}

/**
 * A formal mail settles its milestone when it leaves. When it comes back the milestone is open again, unless something has
 * happened since that nobody does who was not told: an acknowledgement, or a later step of the same handshake.
 */
function isUntold(state: MigrationState, { kind, milestoneId }: SentMail): boolean {
  const milestone = plannedMilestone(state, milestoneId);
  const { status, settledBy, acknowledgedOn } = milestoneState(state, milestoneId);
  if (milestone === undefined || !formal.includes(kind) || acknowledgedOn !== undefined) return false;
  const isAnswered = hopsAfter(state, milestone).some(({ id }) => !isOpen(state, id));
  return status === 'done' && settledBy === 'leadtime' && !isAnswered;
}

/** Nobody is written to there again. Whose address a copy went to is not kept. */
function afterBounce(state: MigrationState, mail: SentMail, copy: string, atMs: number): MigrationState {
  const { toKey: key, toEmail: email, milestoneId } = mail;
  if (copy !== '' || email === undefined) return state;
  return withoutAddress(state, { to: { key, email }, milestoneId, on: todayOf(state, atMs) });
}

const newsOf = ({ detail }: BounceReport, toKey: string, isOpenAgain: boolean): string =>
  isOpenAgain
    ? `Mail to ${toKey} came back (${detail}). It counts as not told: tell them another way, and record that as done.`
    : `Mail to ${toKey} came back (${detail}).`;

/** Tells somebody who can still act, once for each message, and opens again what counted as told. */
export function applyBounce(state: MigrationState, report: BounceReport, atMs: number): MigrationState {
  const { messageId, detail, by } = report;
  const mail = mailOf(state, messageId);
  if (mail === undefined || mail.bounced?.includes(messageId)) return state;
  const { key, kind, toKey, toEmail, milestoneId, bounced = [] } = mail;
  const known = { ...mail, bounced: [...bounced, messageId] };
  const copy = COPY.exec(messageId)?.[0] ?? '';
  const noted = { ...state, sentMails: { ...state.sentMails, [messageId.replace(COPY, '')]: known } };
  const reopens = copy === '' && isUntold(state, mail);
  const opened = reopens ? reopen(noted, milestoneId) : noted;
  const to = { key: toKey, ...(toEmail !== undefined && { email: toEmail }) };
  const failed = { key: `${key}${copy}`, kind, to, settles: [{ milestoneId }] };
  const told = reportUndeliverable(afterBounce(opened, mail, copy, atMs), failed, newsOf(report, toKey, reopens));
  const data = { messageId, key, kind, to: toKey, detail, ...(reopens && { reopened: milestoneId }) };
  return withAudit(told, { atMs, actor: by, type: 'message.bounced', data });
}

/** The milestone that a mail was about. @param messageId of a mail that `judgeBounce` has let through */
export const bouncedMilestone = (state: MigrationState, messageId: string): string =>
  mailOf(state, messageId)?.milestoneId ?? '';
