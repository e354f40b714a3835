const DIGITS = 10;
const MODULUS = 11;

/** What people put between the digits of a number: spaces, dashes, full stops, commas, slashes, underscores. */
const BETWEEN = '[\\p{Zs}\\p{Pd}\\p{Pc}\\u2212.,/]{0,3}';
/** In three groups, as on a letter: `943 476 5919`; not part of a longer number. */
const IN_GROUPS = new RegExp(`(?<!\\d)\\d{3}${BETWEEN}\\d{3}${BETWEEN}\\d{4}(?!\\d)`, 'gu');
/** Every run of digits, however they are parted. */
const RUN = new RegExp(`\\d(?:${BETWEEN}\\d)+`, 'gu');

/** Days and times, which nobody reads as a number: `18/02/2027`, `2027-02-18`, `09:30`. */
const DAY_OR_TIME = /(?<!\d)(?:\d{1,2}([/.-])\d{1,2}\1\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2})(?!\d)/gu;

/** What nobody sees between two digits: zero-width characters, soft hyphens, marks of direction. */
const UNSEEN = /\p{Cf}/gu;

/** A digit of any script as one of ours: each script has its ten in a row. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < DIGITS - 1 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}

/**
 * Whether ten digits have the check digit of an NHS number: the first nine weighted 10 down to 2, modulo 11.
 *
 * Source: NHS Data Dictionary, "NHS NUMBER". Worked: 943476591 gives 299, remainder 2, so the last digit is 9.
 */
function isNhsNumber(digits: string): boolean {
  const sum = Array.from(digits.slice(0, -1)).reduce(
    (total, digit, index) => total + Number(digit) * (DIGITS - index),
    0,
  );
  return (MODULUS - (sum % MODULUS)) % MODULUS === Number(digits.at(-1));
}

const digitsOf = (found: string): string => found.replace(/\D/g, '');

/**
 * Whether a text holds a valid NHS number anywhere, however it is grouped and in the digits of whatever script: it names a patient,
 * and no patient's data belong here. A run of digits that is longer or shorter is none, and days and times are left out.
 */
export function holdsNhsNumber(text: string): boolean {
  const seen = text
    .normalize('NFKC')
    .replace(UNSEEN, '')
    .replace(/[\t\n]/g, ' ')
    .replace(/\p{Nd}/gu, asciiDigit);
  const runs = (seen.replace(DAY_OR_TIME, 'x').match(RUN) ?? []).filter((run) => digitsOf(run).length === DIGITS);
  return [...(seen.match(IN_GROUPS) ?? []), ...runs].some((found) => isNhsNumber(digitsOf(found)));
}
