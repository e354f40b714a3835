/** Texts that are known to break programs, for every field that reaches a mail, a page or a calendar. */
import { createRequire } from 'node:module';

const listed = createRequire(import.meta.url)('big-list-of-naughty-strings') as unknown;

if (!Array.isArray(listed)) throw new Error('the big list of naughty strings is no list');

/** What could forge a header, an entry or an element of ours, beside what the list has. */
const ours = [
  'Ann\r\nBcc: spy@evil.example',
  'Ann\nContent-Type: text/html\n\n<b>x</b>',
  'Ann\u2028Bcc: spy@evil.example',
  'Ann\u0085Bcc: spy@evil.example',
  'Ann <spy@evil.example>, "Bo" <bo@evil.example>',
  '"; charset="x',
  '=?utf-8?Q?=0D=0ABcc:_spy@evil.example?=',
  'a@evil.example,b@evil.example',
  'Surgery\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:forged',
  'Surgery\\nEND:VEVENT\\nBEGIN:VEVENT',
  'A\\;B\\,C;D,E:F"G',
  '{{ 7919 * 7907 }}{% include "layout.njk" %}{# x #}',
  '{{ constructor.constructor("return process.pid")() }}',
  '</title><script>alert(1)</script>',
  `" onmouseover="alert(1)" x='`,
  "' onfocus='alert(1)' autofocus='",
  '--></main></body></html><p>after</p>',
  '\u202egnirts a fo dne eht\u202c',
  '\u2066isolated\u2069 \u200f\u200e',
  'zero\u200bwidth\u200djoined\ufeff',
  '..',
  '.',
  'long '.repeat(400),
  'Ω'.repeat(200),
  '😀'.repeat(120),
  `a${'😀'.repeat(120)}`,
  '\ud800 half a character',
  'NUL \0 byte',
  '\u001b[31mred\u001b[0m',
];

/** All of them. */
export const naughtyStrings: readonly string[] = [...listed.filter((each) => typeof each === 'string'), ...ours];
