import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Bundles the compiled workflows into one file, which a worker loads without a bundler.
 * The SDK is imported here and not above, because on a fresh clone it is installed after this file is read.
 */
export async function bundleWorkflows(workflowsPath, bundlePath) {
  if (!existsSync(workflowsPath)) {
    throw new Error(`There is no ${workflowsPath}: workflows/index.ts has to export every workflow.`);
  }
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    workflowInterceptorModules: [path.join(path.dirname(workflowsPath), 'interceptors.js')],
    logger: new DefaultLogger('WARN'),
  });
  await writeFile(bundlePath, code);
}
