/** What a reader would stumble over in one rendered message. */
import type { RenderedMessage } from '../../activities/email/render.js';
import type { OutboundMessage } from '../../rules/migration/messages.js';
import { HOSTILE, type Sample } from './samples.js';

/** What activities/email/subject.ts cuts to, and room for days that are long. */
const MOST_OF_A_SUBJECT = 170;

const DAY =
  /\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}\b/g;
const WORDS_OF_TIME = /\b(?:by|until|from|to|on|today|tomorrow|provisional|\w+day)\b/gi;
/** What templates leave behind; days as machines write them stand in ids and commands alone. */
const LEFTOVER = /undefined|\bNaN\b|\[object |\{\{|\}\}|\{%|%\}|(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])/;

const days = (text: string): Set<string> => new Set(text.match(DAY) ?? []);

/** What a reader of the HTML sees. */
const plain = (html: string): string =>
  html
    .replace(/<head>[^]*?<\/head>|<title>[^]*?<\/title>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replace(/\s+/g, ' ');

const without = (text: string, ...words: string[]): string =>
  words.reduce((rest, word) => rest.replaceAll(word, ''), text);

const missing = (from: Set<string>, text: Set<string>): string[] => [...from].filter((each) => !text.has(each));

const isDated = ({ message: { about, items } }: Sample): boolean =>
  items[0]?.dueOn !== undefined && about.goLive !== undefined;

function* ofSubject({ subject }: RenderedMessage, sample: Sample): Generator<string> {
  if (subject.length > MOST_OF_A_SUBJECT)
    yield `the subject is ${subject.length} characters long: say the thing in fewer words`;
  const { practiceName } = sample.message.about;
  if (!subject.includes(practiceName.slice(0, 20)))
    yield 'the subject does not name the practice: leave {% extends layout %} as it is';
  if (isDated(sample) && days(subject).size === 0) yield 'the subject names no day: end it with {{ item.by }}';
  const thing = without(subject, practiceName, 'REHEARSAL')
    .replace(DAY, '')
    .replace(WORDS_OF_TIME, '')
    .replace(/[^\p{L}]/gu, '');
  const left = leftoverIn(subject, sample);
  if (left !== undefined) yield `the subject shows "${left}"`;
  if (thing.length < 5) yield 'the subject names no thing: say {{ item.title }}';
}

const leftoverIn = (text: string, { message: { about } }: Sample): string | undefined =>
  LEFTOVER.exec(without(text, HOSTILE, about.migrationId, 'YYYY-MM-DD'))?.[0];

function* ofFirstLine({ text }: RenderedMessage, sample: Sample): Generator<string> {
  const first = text.split('\n').find((line) => line.trim() !== '' && !line.includes('REHEARSAL')) ?? '';
  if (isDated(sample) && days(first).size === 0 && !/\btoday\b/i.test(first))
    yield `the first line does not say by when: "${first.slice(0, 80)}"; say {{ item.by }} or {{ item.due }}`;
}

/** The names that a message may say. */
function namesIn({ about, items }: OutboundMessage): string[] {
  const ofItems = items.flatMap(({ title, holderName, partyName, reach }) => [
    title,
    holderName,
    partyName,
    reach?.contactName,
    reach?.phone,
  ]);
  const named = [about.practiceName, about.sourceSupplierName, about.targetSupplierName, ...ofItems];
  return [...new Set(named.filter((name) => name !== undefined))];
}

function* differences(text: string, words: string, message: OutboundMessage): Generator<string> {
  const body = text.replace(/\s+/g, ' ');
  const named = namesIn(message);
  const inText = new Set([...days(body), ...named.filter((name) => body.includes(name))]);
  const inHtml = new Set([...days(words), ...named.filter((name) => words.includes(name))]);
  const fix = 'use the pieces of parts, which say the same in both';
  for (const each of missing(inText, inHtml)) yield `"${each}" is in the text part and not in the HTML: ${fix}`;
  for (const each of missing(inHtml, inText)) yield `"${each}" is in the HTML and not in the text part: ${fix}`;
}

function* ofBodies({ text, html }: RenderedMessage, sample: Sample): Generator<string> {
  const words = plain(html);
  yield* differences(text, words, sample.message);
  for (const [what, body] of Object.entries({ 'text part': text, HTML: words })) {
    const left = leftoverIn(body, sample);
    if (left !== undefined) yield `the ${what} shows "${left}": give the value a word, or leave it out with an if`;
  }
  for (const [, target = ''] of html.matchAll(/ href="(?:mailto:)?([^"]*)"/g))
    if (!text.includes(target.replaceAll('&amp;', '&'))) yield `the text part lacks the link ${target}`;
  if (/<script/i.test(html)) yield 'HTML is not escaped: never write "| safe"';
}

function* ofLayout({ text, html }: RenderedMessage, { link, message: { about } }: Sample): Generator<[string, string]> {
  const words = plain(html);
  for (const must of [about.csu.mailbox, about.csu.phone, about.migrationId]) {
    if (!text.includes(must)) yield ['layout.text.njk', `the text part lacks ${must}`];
    if (!words.includes(must)) yield ['layout.html.njk', `the HTML lacks ${must}`];
  }
  if (link !== undefined && !text.includes(link.url)) yield ['layout.text.njk', 'the link to the page is not in it'];
  if (link !== undefined && !html.includes(link.url)) yield ['layout.html.njk', 'the link to the page is not in it'];
  if (!/<html[^>]* lang="en/.test(html))
    yield ['layout.html.njk', 'the HTML does not say that it is English: <html lang="en-GB">'];
  if (!/<title>[^<]+<\/title>/.test(html)) yield ['layout.html.njk', 'the HTML has no title: {{ subject }}'];
}

function* ofHeadings({ html }: RenderedMessage): Generator<string> {
  const headings = html.match(/<h1[ >]/g)?.length ?? 0;
  if (headings !== 1) yield `the HTML has ${headings} main headings (h1) in place of one: say part.ask once`;
}

/** One thing that is wrong with a rendered message, and where it is to be put right: in a block, or in a file of the layout. */
export interface Fault {
  block?: 'subject' | 'ask' | 'body';
  file?: string;
  what: string;
}

/** Everything that is wrong with one rendered message, and what to do about it. */
export const faultsOf = (rendered: RenderedMessage, sample: Sample): Fault[] => [
  ...[...ofSubject(rendered, sample)].map((what): Fault => ({ block: 'subject', what })),
  ...[...ofFirstLine(rendered, sample), ...ofHeadings(rendered)].map((what): Fault => ({ block: 'ask', what })),
  ...[...ofBodies(rendered, sample)].map((what): Fault => ({ block: 'body', what })),
  ...[...ofLayout(rendered, sample)].map(([file, what]): Fault => ({ file, what })),
];
