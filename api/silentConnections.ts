/** Connections on which nobody has asked anything yet: browsers open them ahead, and some never use them. */
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Node waits for them for ever when it stops, as if each were being answered. They are cut; whoever has asked is answered first. */
export function cutSilentConnections(app: FastifyInstance): void {
  const silent = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  app.server.on('request', ({ socket }) => silent.delete(socket));
  app.addHook('preClose', async () => {
    for (const socket of silent) socket.destroy();
  });
}
