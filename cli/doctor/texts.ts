/** Whether the texts of what is still to go out can be made. */
import { renderMessage } from '../../activities/email/render.js';
import type { PageLink } from '../../config/pageLinks.js';
import type { OutboundMessage } from '../../rules/migration/messages.js';
import type { Finding } from './views.js';

/** Stands for the reader's own, which only the mail itself has. */
const linkOf = ({ linkGeneration, sentOn }: OutboundMessage): PageLink | undefined =>
  linkGeneration === undefined ? undefined : { url: 'https://leadtime.example/p/link', until: sentOn };

type Render = typeof renderMessage;

function reasonOf(message: OutboundMessage, render: Render): string | undefined {
  try {
    const { subject, text, html } = render(message, linkOf(message));
    return [subject, text, html].some((part) => part.trim() === '') ? 'a part of it is empty' : undefined;
  } catch (error) {
    return error instanceof Error ? error.message.trim().replaceAll(/\s+/g, ' ') : String(error);
  }
}

/** One finding for each kind of message that cannot be made. */
export function textFindings(messages: readonly OutboundMessage[], render: Render = renderMessage): Finding[] {
  const broken = new Map<string, string>();
  for (const message of messages) {
    const reason = broken.has(message.kind) ? undefined : reasonOf(message, render);
    if (reason !== undefined) broken.set(message.kind, reason);
  }
  return [...broken].map(([kind, reason]) => ({
    severity: 'failed',
    what: `The text of a "${kind}" message cannot be made: ${reason}.`,
    fix: 'Mend its template; "leadtime messages check" says more.',
  }));
}
