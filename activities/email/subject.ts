/** Subjects that still name their day where a name in them is very long. */

/** Mail programs cut longer ones, and the day stands at the end. */
const LONGEST = 160;
/** Enough for "by Wednesday 30 September 2026 (provisional)" and a few words before it. */
const KEPT_AT_THE_END = 70;
const LONGEST_NAME = 50;
const CUT = '…';

const shortened = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - CUT.length).trimEnd()}${CUT}`;

/**
 * A subject that fits: first the practice's name is shortened, then what stands between it and the end. Practice, thing and day
 * are all still there.
 */
export function fittingSubject(subject: string, practiceName: string): string {
  if (subject.length <= LONGEST) return subject;
  const named = subject.replace(practiceName, () => shortened(practiceName, LONGEST_NAME));
  if (named.length <= LONGEST) return named;
  const end = named.slice(-KEPT_AT_THE_END);
  return `${shortened(named, LONGEST - KEPT_AT_THE_END)}${end.slice(end.indexOf(' '))}`;
}
