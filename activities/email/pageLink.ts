/** The link to the reader's page that a mail carries. */
import type { PageLink, PageLinkOf } from '../../config/pageLinks.js';
import type { OutboundMessage } from '../../rules/migration/messages.js';

/** Undefined for a mail to somebody who has no page. The same mail has the same link. */
export type LinkOfMessage = (message: OutboundMessage) => Promise<PageLink | undefined>;

/** @param pageLinkOf undefined where there are no keys to sign links with: then no mail has one */
export const createLinkOfMessage =
  (pageLinkOf: PageLinkOf | undefined): LinkOfMessage =>
  async ({ linkGeneration: generation, to, about, sentOn }) => {
    if (pageLinkOf === undefined || generation === undefined) return undefined;
    return pageLinkOf({ migrationId: about.migrationId, role: to.key, generation }, sentOn);
  };
