/** The days that a mail is about, as a file that a calendar program can take in. */
import { calendarFileOf } from '../../config/calendarFile.js';
import { messageEntries } from '../../rules/calendarEntries/ofMessage.js';
import type { OutboundMessage } from '../../rules/migration/messages.js';

export interface MailAttachment {
  filename: string;
  content: string;
  contentType: string;
  contentDisposition: 'attachment';
}

/**
 * `dates.ics`, or nothing for a mail that is about no day. The same message has the same file whenever it is sent.
 *
 * An attachment and never a part of the body: Outlook shows a published calendar in the body as its raw lines.
 */
export function calendarAttachment(message: OutboundMessage): { attachments?: MailAttachment[] } {
  const entries = messageEntries(message);
  if (entries.length === 0) return {};
  const contentType = 'text/calendar; charset=utf-8; method=PUBLISH';
  const content = calendarFileOf({ entries });
  return { attachments: [{ filename: 'dates.ics', content, contentType, contentDisposition: 'attachment' }] };
}
