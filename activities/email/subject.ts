/** Subjects that still name their thing and their day where names in them are long. */

const REHEARSAL = 'REHEARSAL: ';
/** Mail programs show about this much; REHEARSAL does not count. */
const LONGEST = 120;
const LONGEST_PRACTICE = 40;
/** However long the days are, so much is left of the thing. */
const LEAST_OF_THE_THING = 40;
const CUT = '…';

/** The end that is kept: the day with the small words before it, as in `and 2 more, due today, Friday 21 May 2027`. */
const DAY_AT_THE_END =
  /(?: and \d+ more)?[,:]?(?: (?:was|by|due|for|from|is|now|on|the|first|until|today,|tomorrow,))* (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d.*$/;

/** What tells things of the same name apart, at their end: `(Alder GP record, Initial), iteration 2`. */
const LAST_BRACKETS = / \([^()]{1,30}\)[^()]{0,15}$/;

/** The rest of a word that does not fit, where it is no very long one; or half of a character that takes two places. */
const BROKEN_OFF = /(?:[\s,]+\S{0,12}|[\ud800-\udbff])$/;

const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - CUT.length).replace(BROKEN_OFF, '')}${CUT}`;

/** Shorter, with the brackets at its end where they leave room for at least as much before them. */
function cutThing(thing: string, length: number): string {
  if (thing.length <= length) return thing;
  const brackets = LAST_BRACKETS.exec(thing)?.[0] ?? '';
  if (brackets.length * 2 > length) return cut(thing, length);
  return `${cut(thing.slice(0, thing.length - brackets.length), length - brackets.length)}${brackets}`;
}

/**
 * A subject that fits: what stands between the practice and the day is shortened, and the practice's name where it is very long.
 * Practice, thing and day are all still there.
 *
 * Worked: `Millbrook Lane Surgery: late: Alder Clinical Systems sends the… (Alder GP record, Initial), due Tuesday 24 November 2026`
 */
export function fittingSubject(subject: string, practiceName: string): string {
  const prefix = subject.startsWith(REHEARSAL) ? REHEARSAL : '';
  const plain = subject.slice(prefix.length);
  if (plain.length <= LONGEST) return subject;
  const isNamed = plain.startsWith(practiceName);
  const practice = isNamed ? cut(practiceName, LONGEST_PRACTICE) : '';
  const rest = isNamed ? plain.slice(practiceName.length) : plain;
  const end = DAY_AT_THE_END.exec(rest)?.[0] ?? '';
  const room = Math.max(LEAST_OF_THE_THING, LONGEST - practice.length - end.length);
  return `${prefix}${practice}${cutThing(rest.slice(0, rest.length - end.length), room)}${end}`;
}
