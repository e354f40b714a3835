import { describe, expect, it } from 'vitest';
import { soonRegister } from '../../../cli/serve/soonRegister.js';
import { RegisterUnavailableError } from '../../../register/errors.js';
import type { Register } from '../../../register/types.js';
import { openRegister } from '../../../register/open.js';
import { temporaryFolder } from '../up/support/children.js';

describe('soonRegister', () => {
  it('is away until the register is open, and then is that register', async () => {
    const pgliteFolder = await temporaryFolder();
    const opening = openRegister({ pgliteFolder });
    const register = soonRegister(opening);
    expect(await register.ping()).toBe(false);
    await expect(register.list()).rejects.toThrow(RegisterUnavailableError);
    await opening;
    expect(await register.ping()).toBe(true);
    expect(await register.list()).toEqual({ migrations: [], total: 0 });
    await register.close();
  });

  it('stays away when the register does not open', async () => {
    const register = soonRegister(Promise.reject<Register>(new Error('locked')));
    await expect(register.close()).rejects.toThrow('locked');
    expect(await register.ping()).toBe(false);
  });
});
