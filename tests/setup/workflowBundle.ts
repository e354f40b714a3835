import type { TestProject } from 'vitest/node';
import { bundledWorkflows } from '../support/bundle.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** JavaScript of every workflow, bundled once for the whole run from the TypeScript source. */
    workflowBundleCode: string;
  }
}

/** Bundles the workflows once per tier; a file of tests reads it with `inject('workflowBundleCode')`. */
export async function setup(project: TestProject): Promise<void> {
  project.provide('workflowBundleCode', await bundledWorkflows());
}
