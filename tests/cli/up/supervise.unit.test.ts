import { once } from 'node:events';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { runningAs } from '../../../cli/up/pidFiles.js';
import type { Service } from '../../../cli/up/service.js';
import { supervise } from '../../../cli/up/supervise.js';
import { FOREVER, temporaryFolder } from './support/children.js';

const SOON = { timeout: 120_000, interval: 20 };
const SERVES = `process.send('here'); ${FOREVER}`;

/** Supervises a script that tells when it serves, as the app does. */
async function superviseScript(script: string, change: Partial<Service> = {}) {
  const runDir = await temporaryFolder();
  const said: string[] = [];
  const service: Service = {
    name: 'app',
    command: process.execPath,
    args: ['-e', script],
    env: process.env,
    logFile: path.join(runDir, 'app.log'),
    tells: true,
    stopWithinMs: 500,
    untilServing: async (child, signal) => {
      await once(child, 'message', { signal });
    },
    ...change,
  };
  const supervised = supervise(service, { runDir, say: (line) => said.push(line) });
  onTestFinished(() => supervised.stop());
  return { ...supervised, said, running: () => runningAs(runDir, 'app') };
}

const kill = (pid = 0) => process.kill(pid, 'SIGKILL');

describe('supervise', () => {
  it('says when it serves, and keeps its pid on file until it is stopped', async () => {
    const { serving, stop, running, said } = await superviseScript(SERVES);
    await serving;
    const pid = running()?.pid;
    expect(said).toEqual([`app: pid ${pid}`]);
    await stop();
    expect(running()).toBeUndefined();
  });

  it('starts it again whenever it dies, and says so', async () => {
    const { serving, running, said } = await superviseScript(SERVES);
    await serving;
    const first = running()?.pid;
    kill(first);
    await vi.waitFor(() => expect(said.at(-1)).toBe('app serves again'), SOON);
    expect(running()?.pid).not.toBe(first);
    expect(said[1]).toBe(`app has ended (signal SIGKILL, pid ${first}); starting it again in 0.25 s`);
    kill(running()?.pid);
    await vi.waitFor(() => expect(said.at(-3)).toContain('starting it again in 0.5 s'), SOON);
  });

  it('gives up on one that never serves, with the end of its output', async () => {
    const { serving, said } = await superviseScript("console.log('no such disk'); process.exit(1)");
    await expect(serving).rejects.toThrow(/app does not start \(exit code 1.*no such disk/s);
    expect(said.filter((line) => line.startsWith('app: pid')).length).toBeLessThanOrEqual(3);
  });

  it('gives up at once on one that says that its settings are wrong', async () => {
    const { serving } = await superviseScript('process.exit(2)');
    await expect(serving).rejects.toThrow('exit code 2');
  });

  it('names a command that is not there', async () => {
    const { serving } = await superviseScript('', { command: '/no/such/command', tells: false });
    await expect(serving).rejects.toThrow('/no/such/command');
  });

  it('insists when it does not stop by itself', async () => {
    const { serving, stop, running } = await superviseScript(`process.on('SIGTERM', () => {}); ${SERVES}`);
    await serving;
    await stop();
    expect(running()).toBeUndefined();
  });

  it('can be stopped while it waits to start again', async () => {
    const { serving, stop, running, said } = await superviseScript(SERVES);
    await serving;
    kill(running()?.pid);
    await vi.waitFor(() => expect(said.at(-1)).toContain('starting it again'), SOON);
    await stop();
    expect(running()).toBeUndefined();
  });
});
