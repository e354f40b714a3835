import { existsSync } from 'node:fs';
import { cp, mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RegisterLockedError } from '../../register/errors.js';
import { openRegister } from '../../register/open.js';
import { type ChildServer, startChild } from '../support/childServer.js';
import { type CompiledRegister, compileRegister } from './compiled.js';
import { tempFolder } from './places.js';
import { chain, milestone, write } from './registerWrites.js';

const program = fileURLToPath(new URL('./writerProcess.mjs', import.meta.url));
const PATIENCE_MS = 30_000;

/** Longer than any test lets the writer live. */
const writes = chain(2_000).map((record) =>
  write({ asOfSeq: record.seq, audit: [record], milestones: [milestone({ title: `as of ${record.seq}` })] }),
);

describe('the embedded register and a second process', () => {
  let compiled: CompiledRegister;
  let root: string;
  let folder: string;
  let made = 0;
  const children: ChildServer[] = [];

  beforeAll(async () => {
    compiled = await compileRegister();
    root = await tempFolder();
    const template = await openRegister({ pgliteFolder: path.join(root, 'template') });
    await template.close();
  });

  beforeEach(async () => {
    made += 1;
    folder = path.join(root, `register-${made}`);
    await cp(path.join(root, 'template'), folder, { recursive: true });
  });

  afterAll(async () => {
    await Promise.all(children.map((child) => child.end('SIGKILL')));
    await compiled.remove();
    await rm(root, { recursive: true, force: true });
  });

  async function startWriter(howMany: number, where = folder): Promise<ChildServer> {
    const list = `${where}-writes.json`;
    await writeFile(list, JSON.stringify(writes.slice(0, howMany)));
    const child = await startChild(process.execPath, [program, compiled.openUrl, where, list]);
    children.push(child);
    return child;
  }

  const refusalOf = (pgliteFolder: string) => openRegister({ pgliteFolder }).catch((error: unknown) => error);

  it('is refused while the first one runs, with the folder and the process in the message', async () => {
    const holder = await startWriter(0);
    await printed(holder, 'idle');
    const refused = await refusalOf(folder);
    expect(refused).toBeInstanceOf(RegisterLockedError);
    expect(refused).toMatchObject({ folder, pid: holder.pid });
    expect(String(refused)).toContain(`The register in ${folder} is in use by process ${holder.pid}`);
    await holder.end('SIGKILL');
  });

  it('is refused while the first one is stopped, however long it has shown no sign of life', async () => {
    const holder = await startWriter(0);
    await printed(holder, 'idle');
    process.kill(holder.pid, 'SIGSTOP');
    const longAgo = new Date(Date.now() - 3_600_000);
    await utimes(path.join(folder, 'register.lock'), longAgo, longAgo);
    expect(await refusalOf(folder)).toBeInstanceOf(RegisterLockedError);
    await holder.end('SIGKILL');
  });

  it('is refused within one process too, and let in after an orderly close', async () => {
    const first = await openRegister({ pgliteFolder: folder });
    expect(await refusalOf(folder)).toMatchObject({ folder, pid: process.pid });
    await first.close();
    const second = await openRegister({ pgliteFolder: folder });
    expect(await second.ping()).toBe(true);
    await second.close();
  });

  it.each([1, 7, 40])(
    'takes over at once after kill -9 amid write %i or so, with every acknowledged write',
    async (nth) => {
      const writer = await startWriter(writes.length);
      await until(() => lastWritten(writer) >= nth);
      await writer.end('SIGKILL');
      const acknowledged = lastWritten(writer);
      expect(acknowledged).toBeGreaterThanOrEqual(nth);
      expect(acknowledged).toBeLessThan(writes.length);
      expect(existsSync(path.join(folder, 'register.lock'))).toBe(true);

      const register = await openRegister({ pgliteFolder: folder });
      const history = await register.history('A12345');
      const shown = await register.show('A12345');
      await register.close();
      // The one write in flight at the kill may be there or not, but never by half.
      expect(history.length).toBeGreaterThanOrEqual(acknowledged);
      expect(history).toEqual(chain(history.length));
      expect(shown?.milestones[0]?.title).toBe(`as of ${history.length}`);
      expect(shown?.migration.asOfSeq).toBe(history.length);
    },
  );

  it('makes a whole register where the very first start was killed half way', async () => {
    const fresh = path.join(root, `fresh-${made}`);
    const first = await startWriter(0, fresh);
    await until(() => existsSync(path.join(fresh, 'pgdata.new/PG_VERSION')));
    await first.end('SIGKILL');
    expect(first.printed()).not.toContain('open');
    const register = await openRegister({ pgliteFolder: fresh });
    await register.write(write());
    expect(await register.history('A12345')).toEqual(chain(1));
    await register.close();
  });

  it('takes over a lock whose process id now belongs to somebody else', async () => {
    await mkdir(path.join(folder, 'register.lock'));
    const owner = { pid: process.pid, host: hostname(), start: '1' };
    await writeFile(path.join(folder, 'owner.json'), JSON.stringify(owner));
    const register = await openRegister({ pgliteFolder: folder });
    expect(await register.ping()).toBe(true);
    await register.close();
  });

  it('waits for a lock of another machine to grow stale, and then takes it over', async () => {
    await mkdir(path.join(folder, 'register.lock'));
    const almostStale = new Date(Date.now() - 8_500);
    await utimes(path.join(folder, 'register.lock'), almostStale, almostStale);
    await writeFile(path.join(folder, 'owner.json'), JSON.stringify({ pid: 1, host: 'elsewhere.example', start: '1' }));
    const register = await openRegister({ pgliteFolder: folder });
    expect(await register.ping()).toBe(true);
    await register.close();
  });

  it('lets one of several in that start at the same moment', async () => {
    const opened = await Promise.allSettled([1, 2, 3].map(() => openRegister({ pgliteFolder: folder })));
    const [winner, ...more] = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(more).toEqual([]);
    expect(opened.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))).toEqual([
      expect.any(RegisterLockedError),
      expect.any(RegisterLockedError),
    ]);
    await winner?.close();
  });
});

function lastWritten(child: ChildServer): number {
  return Number([...child.printed().matchAll(/written (\d+)\n/g)].at(-1)?.[1] ?? 0);
}

async function printed(child: ChildServer, text: string): Promise<void> {
  await until(() => {
    if (child.hasEnded()) throw new Error(`The process ended:\n${child.printed()}`);
    return child.printed().includes(text);
  });
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('It did not come about in time.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
