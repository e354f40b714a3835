const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const FASTEST = 10_000_000;

const durationMs = (text: string): number | undefined => {
  const [, amount, unit = ''] = /^(\d{1,6})(ms|s|m|h|d|w)$/.exec(text) ?? [];
  return amount === undefined ? undefined : Number(amount) * (UNIT_MS[unit] ?? 0);
};

/**
 * How many milliseconds of a rehearsal pass in one of ours: `1d=1s` is 86,400.
 *
 * @returns undefined when the text is no speed, or one slower than real time or too fast to follow
 */
export function parseSpeed(text: string): number | undefined {
  const [virtual, real, ...rest] = text.split('=').map((side) => durationMs(side.trim()));
  if (virtual === undefined || real === undefined || real === 0 || rest.length > 0) return undefined;
  const speed = virtual / real;
  return speed >= 1 && speed <= FASTEST ? speed : undefined;
}
