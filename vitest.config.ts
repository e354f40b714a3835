import { defineConfig, type TestProjectConfiguration } from 'vitest/config';

const SECOND_MS = 1_000;

type Tier = {
  name: string;
  /** Far beyond what a test takes on two busy cores: it ends what hangs, and measures nothing. */
  timeoutSeconds: number;
  /** Tiers run one after another, the quick ones first. */
  order: number;
  /** Files of a tier that starts servers run one at a time, so that they do not starve each other. */
  oneFileAtATime?: boolean;
  globalSetup?: string[];
};

const tier = ({
  name,
  timeoutSeconds,
  order,
  oneFileAtATime = false,
  globalSetup = [],
}: Tier): TestProjectConfiguration => ({
  test: {
    name,
    include: [`tests/**/*.${name}.test.ts`],
    environment: 'node',
    pool: 'forks',
    globalSetup,
    testTimeout: timeoutSeconds * SECOND_MS,
    hookTimeout: Math.max(timeoutSeconds, 60) * SECOND_MS,
    fileParallelism: !oneFileAtATime,
    sequence: { groupOrder: order },
  },
});

const workflowBundle = ['tests/setup/workflowBundle.ts'];

export default defineConfig({
  test: {
    // The SDK's native worker aborts in worker threads.
    pool: 'forks',
    allowOnly: false,
    projects: [
      tier({ name: 'unit', timeoutSeconds: 60, order: 0 }),
      tier({ name: 'contract', timeoutSeconds: 180, order: 1 }),
      tier({ name: 'workflow', timeoutSeconds: 120, order: 2, globalSetup: workflowBundle }),
      tier({ name: 'replay', timeoutSeconds: 240, order: 3, globalSetup: workflowBundle }),
      tier({ name: 'e2e', timeoutSeconds: 600, order: 4, globalSetup: workflowBundle, oneFileAtATime: true }),
    ],
  },
});
