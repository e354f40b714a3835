import { renderMessage, type RenderedMessage } from '../../activities/email/render.js';
import { messageFolders } from '../../config/messages/folder.js';
import { messageKinds, type MessageKind } from '../../rules/migration/messages.js';
import { usualSample } from './samples.js';

export interface Preview extends RenderedMessage {
  kind: MessageKind;
  /** Role of the reader. */
  to: string;
}

/** Every kind of message, or one, as its reader would get it. */
export function previews(kind?: MessageKind, folders: readonly string[] = messageFolders()): Preview[] {
  return messageKinds
    .filter((each) => kind === undefined || each === kind)
    .map((each) => {
      const { message, link } = usualSample(each);
      return { kind: each, to: message.to.role, ...renderMessage(message, link, folders) };
    });
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const indexOf = (all: readonly Preview[]): string =>
  [
    '<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Messages</title><h1>Messages</h1><ul>',
    ...all.map(
      ({ kind, to, subject }) =>
        `<li><a href="${kind}.html">${kind}</a> (<a href="${kind}.txt">text</a>), to ${to}: ${escaped(subject)}</li>`,
    ),
    '</ul></html>',
  ].join('\n');

/** Each message as HTML and text, and a page that lists them. */
export function previewFiles(all: readonly Preview[]): { name: string; text: string }[] {
  const files = all.flatMap(({ kind, subject, text, html }) => [
    { name: `${kind}.html`, text: html },
    { name: `${kind}.txt`, text: `Subject: ${subject}\n\n${text}` },
  ]);
  return [...files, { name: 'index.html', text: indexOf(all) }];
}
