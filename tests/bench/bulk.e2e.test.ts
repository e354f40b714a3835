import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, inject, it } from 'vitest';
import { measureBulk } from './bulk/measure.js';
import { startBenchSystem } from './bulk/system.js';

it('measures operations on many practices only where every migration got its update once', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'leadtime-bench-'));
  const bundlePath = path.join(folder, 'workflow-bundle.js');
  await writeFile(bundlePath, inject('workflowBundleCode'));
  const system = await startBenchSystem({ atOnce: 8, perSecond: 1_000 }, bundlePath);
  try {
    const { ratio } = await measureBulk(system, { practices: 12, rounds: 2, atOnce: 8 });
    expect(ratio).toBeGreaterThan(0);
  } finally {
    await system.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
