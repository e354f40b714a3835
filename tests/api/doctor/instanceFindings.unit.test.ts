import { describe, expect, it } from 'vitest';
import { instanceFindings } from '../../../api/doctor/instanceFindings.js';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { redating } from '../../support/redating.js';
import { Instance, sharedOrder } from '../../support/sharedInstance.js';
import type { Story } from '../../support/story.js';
import { storyMigrations } from '../support/storyMigrations.js';

/** What is found of the first of some practices' migrations. */
async function foundOf(stories: [string, Story][]): Promise<string[]> {
  const { migrations } = storyMigrations(new Map(stories));
  const [first] = stories;
  if (first === undefined) throw new Error('There is one.');
  const findings = await instanceFindings(migrations, first[1].state);
  return findings.map(({ severity, what }) => `${severity}: ${what}`);
}

const begun = (codes: string[]): [string, Story][] => {
  const instance = new Instance();
  return codes.map((code) => [code, instance.begin(code)]);
};

describe('practices on one instance', () => {
  it('have nothing to be told while all of them run on the same days', async () => {
    expect(await foundOf(begun(['Z98001', 'Z98011', 'Z98012']))).toEqual([]);
    expect(await foundOf(begun(['Z98011', 'Z98001', 'Z98012']))).toEqual([]);
  });

  it('are told which days do not agree', async () => {
    const stories = begun(['Z98001', 'Z98011', 'Z98012']);
    const [, moved] = stories[1] ?? [];
    if (moved !== undefined) redating(moved, sharedOrder('Z98011')).move({ goLive: '2027-02-09' });
    expect(await foundOf(stories)).toEqual([
      'note: Weir House Practice (Z98011) is on the same instance, mill-valley, and its days are others: Go Live day Tuesday 9 February 2027, here Tuesday 2 February 2027.',
    ]);
  });

  it('are told whom the request waits for without avail', async () => {
    const missing = 'which has no migration on this instance.';
    expect(await foundOf(begun(['Z98011', 'Z98012']))).toEqual([
      `failed: The request for the extracts waits for Millbrook Lane Surgery (Z98001), ${missing}`,
    ]);
    expect(await foundOf(begun(['Z98001', 'Z98012']))).toEqual([
      `failed: The request for the extracts waits for Weir House Practice (Z98011), ${missing}`,
    ]);
  });

  it('are told whose order does not say so', async () => {
    const [lead, weir] = begun(['Z98001', 'Z98011']);
    const alone = new Instance().begin('Z98012', { ...sharedOrder('Z98012'), sharedInstance: undefined });
    if (lead === undefined || weir === undefined) throw new Error('There are two.');
    expect(await foundOf([lead, weir, ['Z98012', alone]])).toContain(
      'note: The order of Tollgate Surgery (Z98012) does not say that it is on mill-valley.',
    );
  });

  it('are not looked for where a practice has its system to itself', async () => {
    const { migrations } = storyMigrations(new Map());
    expect(await instanceFindings(migrations, startedExample(exampleOrder('plain')))).toEqual([]);
  });
});
