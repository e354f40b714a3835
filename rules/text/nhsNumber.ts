/** Ten digits, perhaps in groups as on a letter: `943 476 5919`. Not part of a longer number. */
const CANDIDATE = /(?<!\d)\d{3}[ \u00a0-]?\d{3}[ \u00a0-]?\d{4}(?!\d)/g;

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

/** Whether a text holds a valid NHS number anywhere: it names a patient, and no patient's data belong here. */
export function holdsNhsNumber(text: string): boolean {
  return (text.match(CANDIDATE) ?? []).some((found) => isNhsNumber(found.replace(/\D/g, '')));
}
