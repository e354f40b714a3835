import { expect, it } from 'vitest';
import { temporalPages } from '../../api/temporalPages.js';

it('says where a workflow is to be seen, and nothing where nobody has said where Temporal’s pages are', () => {
  const pageOf = temporalPages('http://127.0.0.1:8233', 'nhs live');
  expect(pageOf('migration-A12345')).toBe('http://127.0.0.1:8233/namespaces/nhs%20live/workflows/migration-A12345');
  expect(temporalPages(undefined, 'default')('migration-A12345')).toBeUndefined();
});
