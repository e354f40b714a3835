import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** JavaScript of every workflow, bundled once for the whole run from the TypeScript source. */
    workflowBundleCode: string;
  }
}

const workflowsPath = fileURLToPath(new URL('../../workflows/index.ts', import.meta.url));
const interceptorsPath = fileURLToPath(new URL('../../workflows/interceptors.ts', import.meta.url));

/** Bundles the workflows once per tier; a file of tests reads it with `inject('workflowBundleCode')`. */
export async function setup(project: TestProject): Promise<void> {
  if (!existsSync(workflowsPath)) throw new Error(`${workflowsPath} is missing: it is the entry of all workflows.`);
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    workflowInterceptorModules: [interceptorsPath],
    logger: new DefaultLogger('ERROR'),
  });
  project.provide('workflowBundleCode', code);
}
