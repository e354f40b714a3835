import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { planFromOrderText } from '../../config/planFromText.js';

const plain = await readFile(new URL('../../examples/plain.yaml', import.meta.url), 'utf8');

describe('reading and planning an order', () => {
  it('tells of a key too many and of what is wrong with the plan in one go, in the order of the file', async () => {
    const text = `${plain.replace("goLive: { on: '2027-02-02'", "goLive: { on: '2027-01-01'")}\nfoo: 1\n`;
    const reading = await planFromOrderText(text, 'mine.yaml', '2026-10-20');
    expect(reading.ok ? [] : reading.problems.map(({ field }) => field)).toEqual(['anchors.goLive.on', 'foo']);
  });

  it('plans nothing where a value is wrong, because what hangs on it would be told wrongly', async () => {
    const text = `${plain.replace('channel: email', 'channel: fax')}\nfoo: 1\n`;
    const reading = await planFromOrderText(text, 'mine.yaml', '2026-10-20');
    expect(reading.ok ? [] : reading.problems.map(({ field }) => field)).toEqual(['parties[0].channel', 'foo']);
  });
});
