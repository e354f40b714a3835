import { TestWorkflowEnvironment } from '@temporalio/testing';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../../cli/up/cache.js';
import { registerSearchAttributes, type SearchAttributeToRegister } from './searchAttributes.js';

const CACHED = path.join('temporal-test-server-1.38.0', 'temporal-test-server');

/**
 * A server on which months of timers pass at once while a result is awaited. End it with `teardown()`.
 *
 * It hangs on a search attribute that it does not know, so all that a workflow sets must be given here. It knows neither
 * worker versioning nor visibility: workers run unversioned, and tests of those use the dev server.
 *
 * @throws when the server was not obtained yet: `npm test` does that.
 */
export async function createTimeSkippingEnvironment(
  searchAttributes: readonly SearchAttributeToRegister[] = [],
): Promise<TestWorkflowEnvironment> {
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: serverPath() } },
  });
  await registerSearchAttributes(environment.connection, environment.namespace ?? 'default', searchAttributes);
  return environment;
}

function serverPath(): string {
  const file = process.env['LEADTIME_TEST_SERVER'] ?? path.join(cacheFolder(), CACHED);
  if (existsSync(file)) return file;
  throw new Error(`There is no time-skipping test server at ${file}. Run "npm test" once: it gets one.`);
}
