import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const pathOf = (module: string): string => fileURLToPath(new URL(`../../workflows/${module}.ts`, import.meta.url));

/** JavaScript of every workflow from the TypeScript source, with what the product has between them and Temporal. */
export async function bundledWorkflows(): Promise<string> {
  const workflowsPath = pathOf('index');
  if (!existsSync(workflowsPath)) throw new Error(`${workflowsPath} is missing: it is the entry of all workflows.`);
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    workflowInterceptorModules: [pathOf('interceptors')],
    logger: new DefaultLogger('ERROR'),
  });
  return code;
}
