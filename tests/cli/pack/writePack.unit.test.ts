import { describe, expect, it } from 'vitest';
import { writePack } from '../../../cli/pack/writePack.js';

describe('the folder of a pack', () => {
  it('is refused, and soon, where no folder can be made', async () => {
    // Node makes such a folder for ever: the place is there, and says of whatever is made in it that it is not.
    const refusal =
      /cannot be written to \((no folder can be made there|you may not write there|it can only be read)\)/;
    await expect(writePack('/proc/leadtime-pack/inner', [], false)).rejects.toThrow(refusal);
  });
});
