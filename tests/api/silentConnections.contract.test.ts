import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { fastify } from 'fastify';
import { describe, expect, it } from 'vitest';
import { cutSilentConnections } from '../../api/silentConnections.js';

/** A server that answers one address when it is told to. */
async function serve() {
  const app = fastify();
  cutSilentConnections(app);
  let asked = (): void => undefined;
  const isAsked = new Promise<void>((resolve) => (asked = resolve));
  let answer = (): void => undefined;
  const mayAnswer = new Promise<void>((resolve) => (answer = resolve));
  app.get('/', async () => {
    asked();
    await mayAnswer;
    return 'answered';
  });
  const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  const open = async (words = ''): Promise<Socket> => {
    const arrived = once(app.server, 'connection');
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    await Promise.all([once(socket, 'connect'), arrived]);
    socket.write(words);
    return socket;
  };
  return { app, open, isAsked, answer };
}

/** A connection that is cut ends with an error or without one. */
const closed = (socket: Socket): Promise<void> => new Promise((resolve) => socket.once('close', () => resolve()));

const REQUEST = 'GET / HTTP/1.1\r\nhost: here\r\n';

describe('a server that stops', () => {
  it.each([
    ['nothing was said', ''],
    ['half a request was said', REQUEST],
  ])('does not wait for a connection on which %s', async (_, words) => {
    const { app, open } = await serve();
    const ended = closed(await open(words));
    await Promise.all([app.close(), ended]);
  });

  it('answers what has been asked', async () => {
    const { app, open, isAsked, answer } = await serve();
    const socket = await open(`${REQUEST}\r\n`);
    const said: string[] = [];
    socket.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    await isAsked;
    const ended = Promise.all([app.close(), closed(socket)]);
    answer();
    await ended;
    expect(said.join('')).toContain('answered');
  });
});
