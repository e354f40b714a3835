/** How mail leaves: over SMTP or through GOV.UK Notify, by the settings; a rehearsal's to the catcher alone. */
import type { PageLinkOf } from '../../config/pageLinks.js';
import type { Environment } from '../../config/environment.js';
import { TemporaryFailure, type HandOver } from '../deliver/ports.js';
import { createNotify } from './notify.js';
import { createLinkOfMessage, type LinkOfMessage } from './pageLink.js';
import { createSmtp } from './smtp.js';

export interface Mailer {
  send: HandOver;
  /** Resolves when the server answers and takes our name and password. */
  check(): Promise<void>;
  close(): void;
}

export type MailerSettings = Pick<Environment, 'smtpUrl' | 'smtp' | 'catcherSmtpUrl' | 'notify'>;

/** The sender is set up wrongly: nothing about the message, and no address, is at fault. Mail waits until that is mended. */
export class MailSetupError extends TemporaryFailure {
  override readonly name = 'MailSetupError';

  constructor(message: string) {
    super(message, false, 'transport');
  }
}

function serverOf({ smtpUrl, smtp, notify }: MailerSettings, linkOf: LinkOfMessage): Mailer | undefined {
  if (notify !== undefined) return createNotify(notify, linkOf);
  return smtpUrl === undefined ? undefined : createSmtp(smtpUrl, linkOf, smtp);
}

/**
 * A rehearsal's mail goes to the catcher whatever the way out is, and nowhere without one.
 *
 * @param pageLinkOf makes the links to readers' pages; without it no mail has one
 */
export function createMailer(settings: MailerSettings, pageLinkOf?: PageLinkOf): Mailer {
  const linkOf = createLinkOfMessage(pageLinkOf);
  const catcher = settings.catcherSmtpUrl === undefined ? undefined : createSmtp(settings.catcherSmtpUrl, linkOf);
  const server = serverOf(settings, linkOf);
  const wayFor = (rehearsal: boolean): Mailer => {
    const way = rehearsal ? catcher : server;
    if (way !== undefined) return way;
    const missing = rehearsal
      ? 'LEADTIME_CATCHER_SMTP_URL: a rehearsal mails only the catcher'
      : 'LEADTIME_SMTP_URL or LEADTIME_NOTIFY_API_KEY';
    throw new MailSetupError(`No mail can be sent: set ${missing}.`);
  };
  return {
    send: async (message, messageId, again) => wayFor(message.about.rehearsal).send(message, messageId, again),
    check: async () => (server ?? wayFor(true)).check(),
    close: () => {
      catcher?.close();
      server?.close();
    },
  };
}
