import { describe, expect, it } from 'vitest';
import { parseSpeed } from '../../api/operator/speed.js';

describe('the speed of a rehearsal', () => {
  it.each([
    ['1d=1s', 86_400],
    ['1w=1m', 10_080],
    ['1h = 500ms', 7_200],
    ['1s=1s', 1],
  ])('%s is %d times real time', (text, speed) => expect(parseSpeed(text)).toBe(speed));

  it.each([['1d'], ['1d=0s'], ['d=s'], ['1d=1s=1s'], ['1s=1d'], ['1w=1ms'], ['-1d=1s'], ['1y=1s'], ['']])(
    '%j is none',
    (text) => expect(parseSpeed(text)).toBeUndefined(),
  );
});
