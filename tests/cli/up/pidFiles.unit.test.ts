import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { removePidFile, runningAs, writePidFile } from '../../../cli/up/pidFiles.js';
import { endProcess, isAlive } from '../../../cli/up/processes.js';
import { FOREVER, startScript, temporaryFolder } from './support/children.js';

describe('pid files', () => {
  it('find the process again while it runs, and hold its pid alone', async () => {
    const folder = await temporaryFolder();
    const { pid } = startScript(FOREVER);
    writePidFile(folder, 'app', pid);
    expect(runningAs(folder, 'app')).toMatchObject({ pid });
    expect(await readFile(path.join(folder, 'app.pid'), 'utf8')).toBe(`${pid}\n`);
    removePidFile(folder, 'app');
    expect(runningAs(folder, 'app')).toBeUndefined();
  });

  it('do not take another process for it that was given the same pid', async () => {
    const folder = await temporaryFolder();
    writePidFile(folder, 'app', startScript(FOREVER).pid);
    await writeFile(path.join(folder, 'app.pid'), `${process.pid}\n`);
    expect(runningAs(folder, 'app')).toBeUndefined();
  });

  it.each(['', 'abc', '-1', '0'])('mean nothing when they hold "%s"', async (text) => {
    const folder = await temporaryFolder();
    writePidFile(folder, 'app', process.pid);
    await writeFile(path.join(folder, 'app.pid'), text);
    expect(runningAs(folder, 'app')).toBeUndefined();
  });
});

describe('endProcess', () => {
  it.each([
    ['asks', FOREVER],
    ['insists with one that does not listen', `process.on('SIGTERM', () => {}); ${FOREVER}`],
  ])('%s', async (_, script) => {
    const folder = await temporaryFolder();
    const { pid } = startScript(script);
    writePidFile(folder, 'app', pid);
    const identity = runningAs(folder, 'app');
    if (identity === undefined) throw new Error('it does not run');
    await endProcess(identity, 500);
    expect(isAlive(identity)).toBe(false);
  });
});
