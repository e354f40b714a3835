/** `1 wake`, `2 wakes`: for nouns that take an s. Lengths of time have `describeLength`. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
