import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { takenPorts, takenPortText } from '../../../cli/up/ports.js';
import { freePort } from '../../support/freePort.js';

async function listenOn(host: string): Promise<number> {
  const port = await freePort();
  const server = createServer().listen(port, host);
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return port;
}

const wanted = (port: number) => ({ host: '127.0.0.1', port, option: '--temporal-port' });

describe('takenPorts', () => {
  it('leaves out ports that are free', async () => {
    expect(await takenPorts([wanted(await freePort())])).toEqual([]);
  });

  it.each(['127.0.0.1', '0.0.0.0', '::'])('names the process that listens on %s', async (host) => {
    const port = await listenOn(host);
    const [taken] = await takenPorts([wanted(port)]);
    expect(taken).toMatchObject({ port, code: 'EADDRINUSE', holder: { pid: process.pid } });
  });
});

describe('takenPortText', () => {
  const commandLine = `postgres ${'-c x '.repeat(40)}`;

  it('says who has the port and what to do', () => {
    const text = takenPortText({
      ...wanted(7233),
      code: 'EADDRINUSE',
      holder: { pid: 1234, commandLine: 'postgres -D x' },
    });
    expect(text).toBe('port 7233 is taken by pid 1234 (postgres -D x); end it or choose another with --temporal-port');
  });

  it('cuts a long command line short', () => {
    const text = takenPortText({ ...wanted(7233), code: 'EADDRINUSE', holder: { pid: 1, commandLine } });
    expect(text).toContain('…)');
    expect(text.length).toBeLessThan(180);
  });

  it('says so where the system does not name the process, or forbids the port', () => {
    expect(takenPortText({ ...wanted(7233), code: 'EADDRINUSE' })).toContain('does not name');
    expect(takenPortText({ ...wanted(80), code: 'EACCES' })).toContain('may not be used by this user');
  });
});
