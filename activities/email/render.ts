/** From a message to what a mail program shows. Templates: config/messages. */
import { createHash } from 'node:crypto';
import nunjucks from 'nunjucks';
import type { PageLink } from '../../config/pageLinks.js';
import { messageFolders } from '../../config/messages/folder.js';
import { formatDay } from '../../rules/calendar/day.js';
import type { OutboundMessage } from '../../rules/migration/messages.js';
import { harmless } from '../../rules/text/harmless.js';
import { fittingSubject } from './subject.js';
import { messageView, pageView, type MessageView } from './view.js';

export interface RenderedMessage {
  subject: string;
  text: string;
  html: string;
}

const HASH_LENGTH = 20;

const oneLine = (text: unknown): string => String(text).replace(/\s+/g, ' ').trim();

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

interface Templates {
  html: nunjucks.Environment;
  text: nunjucks.Environment;
}

function environment(folders: readonly string[], autoescape: boolean): nunjucks.Environment {
  const loader = new nunjucks.FileSystemLoader([...folders]);
  const options = { autoescape, throwOnUndefined: true, trimBlocks: true, lstripBlocks: true };
  return new nunjucks.Environment(loader, options)
    .addFilter('line', oneLine)
    .addFilter('sentence', sentence)
    .addFilter('day', formatDay);
}

const compiled = new Map<string, Templates>();

/** The templates of these folders, compiled once: what is changed on disk counts from the next start. */
function templatesOf(folders: readonly string[]): Templates {
  const key = folders.join('\n');
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const templates = { html: environment(folders, true), text: environment(folders, false) };
  compiled.set(key, templates);
  return templates;
}

type Format = 'html' | 'text' | 'subject';

function render(templates: Templates, view: MessageView, format: Format, extra: object = {}): string {
  const parts = format === 'html' ? 'parts.html.njk' : 'parts.text.njk';
  const context = Object.assign({}, harmless(view), extra, { layout: `layout.${format}.njk`, parts });
  return (format === 'html' ? templates.html : templates.text).render(`${view.kind}.njk`, context);
}

const withoutGaps = (text: string): string => text.replace(/\n{3,}/g, '\n\n').trim();

/**
 * Renders subject, plain text and HTML.
 *
 * @param link to the reader's page, where there is one
 * @param folders where templates are looked for; the deployment's unless given
 * @throws when the template of that kind is wrong or missing
 */
export function renderMessage(
  message: OutboundMessage,
  link?: PageLink,
  folders: readonly string[] = messageFolders(),
): RenderedMessage {
  const templates = templatesOf(folders);
  const view = messageView(message, link);
  const subject = fittingSubject(oneLine(render(templates, view, 'subject')), message.about.practiceName);
  const text = withoutGaps(render(templates, view, 'text'));
  return { subject, text: `${text}\n`, html: render(templates, view, 'html', { subject }).trim() };
}

/** What a mail says of the reader's page, as plain text: for a transport that wants it apart from the rest. */
export const renderPageLink = (message: OutboundMessage, link: PageLink): string =>
  withoutGaps(templatesOf(messageFolders()).text.render('page.text.njk', { page: pageView(message, link) }));

/**
 * The Message-ID, without angle brackets: the same for the same message, whoever sends it and however often.
 *
 * Worked: `Z90001-20260914-k3v9qa.1f0a…@csu.example.nhs.uk`, the first 20 hexadecimal digits of the SHA-256 of the key.
 */
export function messageId({ key, about }: Pick<OutboundMessage, 'key' | 'about'>): string {
  const hash = createHash('sha256').update(key).digest('hex').slice(0, HASH_LENGTH);
  const domain = about.csu.mailbox.slice(about.csu.mailbox.lastIndexOf('@') + 1);
  return `${about.migrationId}.${hash}@${domain}`;
}
