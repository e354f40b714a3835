/** What comes from the pages that mails link to. */
import { withAudit, withPending } from './edit.js';
import type { HelpRequest, MigrationEvent } from './events.js';
import type { MigrationState } from './state.js';

/** Tells the CSU operator. The words are theirs alone to read: the audit says that help was asked for, and with what. */
export function applyHelp(state: MigrationState, request: HelpRequest, atMs: number): MigrationState {
  const { requestId, milestoneId, text, by } = request;
  const news = `${by} asks for help: ${text}`;
  const told = withPending(state, {
    kind: 'help',
    audience: 'operator',
    milestoneId,
    rungId: `help-${requestId}`,
    news,
  });
  return withAudit(told, { atMs, actor: by, type: 'help.asked', data: { milestoneId } });
}

/** Every link of the role that has gone out so far opens nothing any more. */
export function applyRevocation(
  state: MigrationState,
  { role, by, atMs }: MigrationEvent & { type: 'linksRevoked' },
): MigrationState {
  const { linkGenerations = {} } = state;
  const generation = (linkGenerations[role] ?? 0) + 1;
  const revoked = { ...state, linkGenerations: { ...linkGenerations, [role]: generation } };
  return withAudit(revoked, { atMs, actor: by, type: 'links.revoked', data: { role, generation } });
}
