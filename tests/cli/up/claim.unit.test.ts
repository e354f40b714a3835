import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { claimDataFolder } from '../../../cli/up/claim.js';
import { runningAs, writePidFile } from '../../../cli/up/pidFiles.js';
import { FOREVER, startScript, temporaryFolder } from './support/children.js';

const quietly = () => undefined;

describe('claimDataFolder', () => {
  it('takes a folder that nobody has, and gives it back', async () => {
    const folder = await temporaryFolder();
    const claim = await claimDataFolder('/data', folder, quietly);
    expect(runningAs(folder, 'up')).toMatchObject({ pid: process.pid });
    claim.giveBack();
    expect(runningAs(folder, 'up')).toBeUndefined();
  });

  it('refuses a folder that another process has, and names it', async () => {
    const folder = await temporaryFolder();
    const { pid } = startScript(FOREVER);
    writePidFile(folder, 'up', pid);
    await expect(claimDataFolder('/data', folder, quietly)).rejects.toThrow(
      `leadtime is running on /data already: pid ${pid}`,
    );
  });

  it('takes over at once from one that was killed', async () => {
    const folder = await temporaryFolder();
    const other = startScript(FOREVER);
    writePidFile(folder, 'up', other.pid);
    other.kill('SIGKILL');
    await claimDataFolder('/data', folder, quietly);
    expect(runningAs(folder, 'up')).toMatchObject({ pid: process.pid });
  });

  it('waits for one that is stopping', async () => {
    const folder = await temporaryFolder();
    const other = startScript('setTimeout(() => {}, 2500)');
    writePidFile(folder, 'up', other.pid);
    await writeFile(path.join(folder, 'up.stopping'), `${other.pid}\n`);
    const said: string[] = [];
    await claimDataFolder('/data', folder, (line) => said.push(line));
    expect(said).toEqual([`Waiting for pid ${other.pid}, which is stopping …`]);
    expect(runningAs(folder, 'up')).toMatchObject({ pid: process.pid });
  });
});
