/** FNV-1a, 32 bits: stable on every machine and in every version. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
}

/** Minutes after midnight of a time that the rule-set schema has checked: `09:30` is 570. */
export function minuteOfTime(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/**
 * The minute of the day at which the mails of one practice go out: `sendAt` and 0 to `spreadMinutes` more, both inclusive.
 *
 * By its ODS code, so that a country's practices do not all send at one instant, while reruns and rehearsals of the same
 * practice agree.
 */
export function sendingMinute(odsCode: string, sendAt: string, spreadMinutes: number): number {
  return minuteOfTime(sendAt) + (hash(odsCode) % (spreadMinutes + 1));
}
