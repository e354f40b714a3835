import { renderMessage } from '../../activities/email/render.js';
import type { OutboundMessage } from '../../rules/migration/messages.js';

/** What the reader of a mail sees, without the HTML, which says the same. */
export function rendered(message: OutboundMessage): { subject: string; text: string } {
  const { subject, text } = renderMessage(message);
  return { subject, text };
}

const address = ({ name, email }: { name: string; email: string }): string => `${name} <${email}>`;

/** A mail as lines to print. */
export function mailText(message: OutboundMessage): string[] {
  const { subject, text } = rendered(message);
  const { to, cc, webhookUrl } = message;
  return [
    ...(webhookUrl === undefined ? [] : [`(in earnest posted to ${webhookUrl}; this is what a rehearsal mails)`]),
    `To: ${address(to)}`,
    ...(cc.length === 0 ? [] : [`Cc: ${cc.map(address).join(', ')}`]),
    `Subject: ${subject}`,
    '',
    ...text.trimEnd().split('\n'),
    '',
  ];
}
