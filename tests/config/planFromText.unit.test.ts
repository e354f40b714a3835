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

  it('tells of a wrong value and of what is wrong elsewhere, but of nothing that follows from the wrong value', async () => {
    const text = plain
      .replace('channel: email', 'channel: fax')
      .replace("goLive: { on: '2027-02-02'", "goLive: { on: '2027-01-01'");
    const reading = await planFromOrderText(text, 'mine.yaml', '2026-10-20');
    expect(reading.ok ? [] : reading.problems.map(({ field }) => field)).toEqual([
      'anchors.goLive.on',
      'parties[0].channel',
    ]);
  });

  it('tells of a wrong anchor and of a party without notice at once', async () => {
    const { text, removed } = withoutNotice(plain.replace("goLive: { on: '2027-02-02'", "goLive: { on: '2027-02-30'"));
    expect(removed).toBe(true);
    const reading = await planFromOrderText(text, 'mine.yaml', '2026-10-20');
    const fields = reading.ok ? [] : reading.problems.map(({ field }) => field);
    expect(fields).toEqual(['anchors.goLive.on', expect.stringMatching(/^parties\[\d\]/)]);
  });
});

/** The order without the notice period of its laboratory, which no public source fixes. */
function withoutNotice(text: string): { text: string; removed: boolean } {
  const from = text.indexOf('id: county-labs');
  const rest = text.slice(from).replace(/\n *noticePeriod:[^\n]*/, '');
  return { text: text.slice(0, from) + rest, removed: rest.length < text.length - from };
}
