import path from 'node:path';
import { renderMessage, type RenderedMessage } from '../../activities/email/render.js';
import { messageFolders } from '../../config/messages/folder.js';
import { addDays } from '../../rules/calendar/day.js';
import { messageKinds, type MessageKind, type OutboundMessage } from '../../rules/migration/messages.js';
import { messagesOfOrder, type OrderWithEvents } from './fromOrder.js';
import { sampleLink, usualSample, type Sample } from './samples.js';

export interface Preview extends RenderedMessage {
  kind: MessageKind;
  /** Role of the reader. */
  to: string;
  /** The order whose plan it comes from, `plain.yaml`; absent where it is made up. */
  from?: string;
}

/** About as long as links work. */
const LINK_DAYS = 60;

type Found = ReadonlyMap<MessageKind, Sample & { from: string }>;

/** The first mail of each kind, to the reader to whom it usually goes where there is one. */
async function firstOfEachKind(orders: readonly OrderWithEvents[]): Promise<Found> {
  const found = new Map<MessageKind, Sample & { from: string }>();
  for (const order of orders) {
    const sent = await messagesOfOrder(order);
    for (const kind of messageKinds) {
      const message = found.has(kind) ? undefined : pick(sent, kind);
      if (message !== undefined) found.set(kind, { ...asSample(message), from: path.basename(order.order) });
    }
  }
  return found;
}

function pick(sent: readonly OutboundMessage[], kind: MessageKind): OutboundMessage | undefined {
  const ofKind = sent.filter((message) => message.kind === kind);
  const { role } = usualSample(kind).message.to;
  return ofKind.find(({ to }) => to.role === role) ?? ofKind[0];
}

const asSample = (message: OutboundMessage): Sample => ({
  name: 'from a plan',
  message,
  ...(message.linkGeneration !== undefined && { link: { ...sampleLink, until: addDays(message.sentOn, LINK_DAYS) } }),
});

/**
 * Every kind of message, or one, as its reader would get it.
 *
 * @param orders where mails are taken from; kinds that none of their migrations sends are made up
 */
export async function previews(
  kind: MessageKind | undefined,
  orders: readonly OrderWithEvents[],
  folders: readonly string[] = messageFolders(),
): Promise<Preview[]> {
  const found = await firstOfEachKind(orders);
  return messageKinds
    .filter((each) => kind === undefined || each === kind)
    .map((each) => {
      const { message, link } = found.get(each) ?? usualSample(each);
      const from = found.get(each)?.from;
      const rendered = renderMessage(message, link, folders);
      return { kind: each, to: message.to.role, ...(from !== undefined && { from }), ...rendered };
    });
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const rowOf = ({ kind, to, subject, from }: Preview): string =>
  [
    `<tr><th scope="row">${kind}</th>`,
    `<td><a href="${kind}.html">${escaped(subject)}</a> (<a href="${kind}.txt">${kind} as text</a>)</td>`,
    `<td>${to}</td><td>${escaped(from ?? 'made up')}</td></tr>`,
  ].join('');

const indexOf = (all: readonly Preview[]): string =>
  [
    '<!doctype html>\n<html lang="en-GB">\n<head><meta charset="utf-8"><title>Messages</title>',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<style>body { font-family: Arial, sans-serif; } th, td { text-align: left; padding: 0.25rem 0.5rem; }</style></head>',
    '<body><main><h1>Messages</h1>\n<table><thead><tr>',
    '<th scope="col">Kind</th><th scope="col">Subject</th><th scope="col">To</th><th scope="col">From</th>',
    '</tr></thead><tbody>',
    ...all.map(rowOf),
    '</tbody></table></main></body>\n</html>\n',
  ].join('\n');

/** Each message as HTML and text, and a page that lists them. */
export function previewFiles(all: readonly Preview[]): { name: string; text: string }[] {
  const files = all.flatMap(({ kind, subject, text, html }) => [
    { name: `${kind}.html`, text: html },
    { name: `${kind}.txt`, text: `Subject: ${subject}\n\n${text}` },
  ]);
  return [...files, { name: 'index.html', text: indexOf(all) }];
}
