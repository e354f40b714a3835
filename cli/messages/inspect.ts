/** What a reader would stumble over in one rendered message. */
import type { RenderedMessage } from '../../activities/email/render.js';
import { HOSTILE, type Sample } from './samples.js';

const MOST_OF_A_SUBJECT = 160;

const DAY =
  /\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}\b/g;
const WORDS_OF_TIME = /\b(?:by|until|from|to|on|today|tomorrow|provisional|\w+day)\b/gi;
/** What templates leave behind; days as machines write them stand in ids and commands alone. */
const LEFTOVER = /undefined|\bNaN\b|\[object |\{\{|\}\}|\{%|%\}|(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])/;

const days = (text: string): Set<string> => new Set(text.match(DAY) ?? []);

const plain = (html: string): string =>
  html
    .replace(/<style>[^]*?<\/style>/g, ' ')
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

function* ofSubject({ subject }: RenderedMessage, { message: { about, items } }: Sample): Generator<string> {
  if (subject.length > MOST_OF_A_SUBJECT) yield `the subject is ${subject.length} characters long`;
  const name = about.practiceName.slice(0, 20);
  if (!subject.includes(name)) yield 'the subject does not name the practice';
  const isDated = items[0]?.dueOn !== undefined && about.goLive !== undefined;
  if (isDated && days(subject).size === 0) yield 'the subject names no day';
  const thing = without(subject, about.practiceName, 'REHEARSAL')
    .replace(DAY, '')
    .replace(WORDS_OF_TIME, '')
    .replace(/[^\p{L}]/gu, '');
  if (thing.length < 5) yield 'the subject names no thing';
}

function* ofFirstLine({ text }: RenderedMessage, { message: { about, items } }: Sample): Generator<string> {
  const first = text.split('\n').find((line) => line.trim() !== '' && !line.includes('REHEARSAL')) ?? '';
  const isDated = items[0]?.dueOn !== undefined && about.goLive !== undefined;
  if (isDated && days(first).size === 0 && !/\btoday\b/.test(first))
    yield `the first line does not say by when: "${first.slice(0, 80)}"`;
}

function* ofBodies({ text, html }: RenderedMessage, { link, message: { about } }: Sample): Generator<string> {
  const words = plain(html);
  for (const day of missing(days(text), days(words))) yield `${day} is in the text part and not in the HTML`;
  for (const day of missing(days(words), days(text))) yield `${day} is in the HTML and not in the text part`;
  for (const [what, body] of [
    ['text part', text],
    ['HTML', words],
  ] as const) {
    for (const must of [about.csu.mailbox, about.csu.phone, about.migrationId])
      if (!body.includes(must)) yield `the ${what} lacks ${must}`;
    const left = LEFTOVER.exec(without(body, HOSTILE, HOSTILE.toUpperCase(), about.migrationId, 'YYYY-MM-DD'))?.[0];
    if (left !== undefined) yield `the ${what} shows "${left}"`;
  }
  if (link !== undefined && !(text.includes(link.url) && html.includes(link.url)))
    yield 'the link to the page is not in both parts';
}

function* ofHtml({ html }: RenderedMessage): Generator<string> {
  if (/<script/i.test(html)) yield 'HTML is not escaped: never write "| safe"';
  if (!/<html[^>]* lang="en/.test(html)) yield 'the HTML does not say that it is English: <html lang="en-GB">';
  if (!/<title>[^<]+<\/title>/.test(html)) yield 'the HTML has no title';
  const headings = html.match(/<h1[ >]/g)?.length ?? 0;
  if (headings !== 1) yield `the HTML has ${headings} main headings (h1) in place of one`;
}

/** Everything that is wrong with one rendered message, in words that end a sentence which begins with its kind. */
export const faultsOf = (rendered: RenderedMessage, sample: Sample): string[] => [
  ...ofSubject(rendered, sample),
  ...ofFirstLine(rendered, sample),
  ...ofBodies(rendered, sample),
  ...ofHtml(rendered),
];
