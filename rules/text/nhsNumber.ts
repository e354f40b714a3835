/**
 * Ten digits, perhaps in groups as on a letter: `943 476 5919`, with whatever spaces, dashes or full stops between the groups. Not
 * part of a longer number.
 */
const CANDIDATE = /(?<!\d)\d{3}[\p{Zs}\p{Pd}\u2212.]{0,3}\d{3}[\p{Zs}\p{Pd}\u2212.]{0,3}\d{4}(?!\d)/gu;

/** What nobody sees between two digits: zero-width characters, soft hyphens, marks of direction. */
const UNSEEN = /\p{Cf}/gu;

const DIGITS = 10;
const MODULUS = 11;

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

/**
 * Whether a text holds a valid NHS number anywhere, also in full-width digits: it names a patient, and no patient's data belong
 * here.
 */
export function holdsNhsNumber(text: string): boolean {
  const seen = text
    .normalize('NFKC')
    .replace(UNSEEN, '')
    .replace(/[\t\n]/g, ' ');
  return (seen.match(CANDIDATE) ?? []).some((found) => isNhsNumber(found.replace(/\D/g, '')));
}
