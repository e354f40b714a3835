import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { productVersion, projectFolder } from '../config/project.js';

const HASH_LENGTH = 12;
const DEVELOPMENT = 'development';

/** Where the build puts the workflows, bundled once. */
export const builtBundle = path.join(projectFolder, 'dist', 'workflow-bundle.js');

/** There is no bundle: bundling on the fly instead could run code that was never tested against old histories. */
export class BundleMissingError extends Error {
  override readonly name = 'BundleMissingError';

  constructor(readonly bundlePath: string) {
    super(`The workflow bundle ${bundlePath} is missing: run "npm run build".`);
  }
}

/** @throws BundleMissingError */
export function requireBundle(bundlePath: string): void {
  if (!existsSync(bundlePath)) throw new BundleMissingError(bundlePath);
}

/**
 * The build id for worker versioning: `given` (LEADTIME_BUILD_ID) where there is one; in production else the product's version
 * with a hash of the bundle, so that other workflow code never has the same id; fixed in development.
 *
 * @throws BundleMissingError
 */
export function buildIdOf(settings: { production: boolean; given?: string | undefined; bundlePath?: string }): string {
  const { production, given, bundlePath = builtBundle } = settings;
  if (given !== undefined) return given;
  if (!production) return DEVELOPMENT;
  requireBundle(bundlePath);
  const hash = createHash('sha256').update(readFileSync(bundlePath)).digest('hex');
  return `${productVersion()}-${hash.slice(0, HASH_LENGTH)}`;
}
