import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createLinks } from '../../config/links.js';

const key = randomBytes(32);
const links = createLinks({ current: 'one', keys: new Map([['one', key]]) });
const scope = { migrationId: 'Z90001-20260914-k3v9qa', role: 'practiceManager', generation: 0 };
const between = { fromMs: Date.UTC(2026, 10, 23), untilMs: Date.UTC(2027, 1, 23) };
const during = Date.UTC(2026, 11, 1);

describe('links', () => {
  it('open what they are for, until they end', async () => {
    const token = await links.token(scope, between);
    expect(await links.read(token, during)).toEqual({ kind: 'valid', scope });
    expect(await links.read(token, between.untilMs + 1_000)).toEqual({ kind: 'expired', scope });
  });

  it('are the same for the same mail', async () => {
    expect(await links.token(scope, between)).toBe(await links.token(scope, between));
  });

  it('hold no name and no address, and fit into a line of a mail', async () => {
    const token = await links.token(scope, between);
    expect(token).toMatch(/^[\w.-]{100,320}$/);
  });

  it('open nothing when any one character is another', async () => {
    const token = await links.token(scope, between);
    for (let index = 0; index < token.length; index += 7) {
      const other = token[index] === 'A' ? 'B' : 'A';
      const mutated = `${token.slice(0, index)}${other}${token.slice(index + 1)}`;
      // The last character of a base64 part may carry bits that say nothing.
      const reading = await links.read(mutated, during);
      if (index !== token.length - 1) expect(reading).toEqual({ kind: 'invalid' });
    }
  });

  it('are not taken from somebody who has no key, or no algorithm', async () => {
    const other = createLinks({ current: 'one', keys: new Map([['one', randomBytes(32)]]) });
    expect(await links.read(await other.token(scope, between), during)).toEqual({ kind: 'invalid' });
    const head = Buffer.from('{"alg":"none","kid":"one"}').toString('base64url');
    const [, payload] = (await links.token(scope, between)).split('.');
    expect(await links.read(`${head}.${payload}.`, during)).toEqual({ kind: 'invalid' });
    expect(await links.read('', during)).toEqual({ kind: 'invalid' });
  });

  it('of an earlier key open as long as that key is kept', async () => {
    const token = await links.token(scope, between);
    const newer = new Map([
      ['one', key],
      ['two', randomBytes(32)],
    ]);
    expect(await createLinks({ current: 'two', keys: newer }).read(token, during)).toMatchObject({ kind: 'valid' });
    newer.delete('one');
    expect(await createLinks({ current: 'two', keys: newer }).read(token, during)).toEqual({ kind: 'invalid' });
  });
});
