/** Reads a mail that came back: a delivery status notification (RFC 3464), as a mailbox holds it. */
import { simpleParser, type Attachment, type ParsedMail, type SimpleParserOptions } from 'mailparser';
import { withoutAddresses } from '../../config/logger.js';
import { harmless } from '../../rules/text/harmless.js';
import { migrationIdOfMessage } from '../../workflows/migration/ids.js';

export type ReadBounce =
  /** `detail`: what the other mail server said, on one line and without addresses. */
  { kind: 'bounce'; messageId: string; detail: string } | { kind: 'other'; why: string };

const MAX_DETAIL = 300;

/** The reports count, not the texts; and a stranger has written them. */
const options: SimpleParserOptions = {
  keepDeliveryStatus: true,
  ignoreEmbedded: true,
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
  checksumAlgo: false,
  maxChildNodes: 100,
  maxHeadSize: 256 * 1024,
};

const other = (why: string): ReadBounce => ({ kind: 'other', why });

const partOf = ({ attachments }: ParsedMail, ...types: string[]): Attachment | undefined =>
  attachments.find(({ contentType }) => types.includes(contentType));

type Fields = ReadonlyMap<string, unknown>;

const fieldOf = (fields: Fields, name: string): string => {
  const value = fields.get(name);
  return typeof value === 'string' ? value : '';
};

/** The groups of fields of a report: one about the server, then one for each recipient. */
async function groupsOf(report: Attachment): Promise<Fields[]> {
  const groups = report.content
    .toString('utf8')
    .split(/\r?\n[ \t]*\r?\n/)
    .slice(0, options.maxChildNodes);
  return await Promise.all(groups.map(async (group) => (await simpleParser(`${group}\n\n`, options)).headers));
}

const isFailed = (group: Fields): boolean => /^failed\b/i.test(fieldOf(group, 'action').trim());

/** `5.1.1: 550 5.1.1 User unknown`, without the word that says what kind of server it was. */
function wordsOf(group: Fields): string {
  const status = fieldOf(group, 'status').trim();
  const said = fieldOf(group, 'diagnostic-code').replace(/^[\w-]+\s*;\s*/, '');
  return [status, said].filter((text) => text !== '').join(': ');
}

function detailOf(failed: readonly Fields[]): string {
  const words = [...new Set(failed.map(wordsOf))].filter((text) => text !== '').join('; ');
  const line = String(harmless(withoutAddresses(words)))
    .replace(/\s+/g, ' ')
    .trim();
  // Cutting may leave half of a character.
  const cut = line.slice(0, MAX_DETAIL).replace(/\p{Surrogate}/gu, '');
  return cut === '' ? 'no reason given' : cut;
}

const bare = (messageId: string): string => messageId.trim().replace(/^<|>$/g, '');

/** Message-IDs of the mail that came back: from what was returned of it, else from what the report answers. */
async function messageIdsOf(mail: ParsedMail): Promise<string[]> {
  const returned = partOf(mail, 'text/rfc822-headers', 'message/rfc822', 'message/global', 'message/global-headers');
  const original = returned && (await simpleParser(returned.content, options)).messageId;
  const answered = [mail.inReplyTo ?? [], mail.references ?? []].flat();
  return [...(original === undefined ? [] : [original]), ...answered].map(bare);
}

async function bounceIn(mail: ParsedMail): Promise<ReadBounce> {
  const report = partOf(mail, 'message/delivery-status', 'message/global-delivery-status');
  if (report === undefined) return other('this is no report of a mail that came back (RFC 3464)');
  const recipients = (await groupsOf(report)).filter((group) => fieldOf(group, 'action') !== '');
  const failed = recipients.filter(isFailed);
  if (failed.length === 0) return other('it reports a delay or a delivery, and no mail that came back');
  const messageIds = await messageIdsOf(mail);
  const messageId = messageIds.find((id) => migrationIdOfMessage(id) !== undefined);
  if (messageId !== undefined) return { kind: 'bounce', messageId, detail: detailOf(failed) };
  return other(messageIds.length === 0 ? 'it does not say which mail came back' : 'the mail was none of leadtime’s');
}

/** Reads one mail. Whatever it holds, the answer is a bounce, or why it is none. */
export async function readBounce(bytes: Buffer): Promise<ReadBounce> {
  try {
    return await bounceIn(await simpleParser(bytes, options));
  } catch (error) {
    return other(`it cannot be read as a mail (${error instanceof Error ? error.message : 'unknown reason'})`);
  }
}
