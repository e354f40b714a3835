import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readOperatorToken } from '../../../api/operator/operatorToken.js';
import { keepOperatorToken } from '../../../cli/serve/operatorToken.js';
import { temporaryFolder } from '../up/support/children.js';

it('keepOperatorToken makes a token once, which the API takes and only its owner can read', async () => {
  const file = path.join(await temporaryFolder(), 'new', 'operator-token');
  await keepOperatorToken(file);
  const token = await readOperatorToken(file);
  expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600');
  await keepOperatorToken(file);
  expect((await readFile(file, 'utf8')).trim()).toBe(token);
});
