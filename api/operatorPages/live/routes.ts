import type { FastifyInstance } from 'fastify';
import type { SignIn } from '../../signIn/signIn.js';
import { lookAtBulk, lookAtMigration, type LiveRegister, type Look } from './look.js';
import { createStreams, usualStream } from './stream.js';

interface Routed {
  Params: { id: string };
}

const LATER_SECONDS = '30';

/**
 * `/operator/migrations/:id/live`, `/operator/bulk/:id/live`: server-sent events. They tell that something has changed and
 * nothing of what; and a page that is only left open does not keep its reader signed in.
 */
export const liveRoutes =
  ({ signIn, register }: { signIn: SignIn; register: LiveRegister }) =>
  async (app: FastifyInstance): Promise<void> => {
    const streams = createStreams(app, usualStream);
    const stream = (where: string, look: Look): void => {
      app.get<Routed>(where, { exposeHeadRoute: false }, async (request, reply) => {
        const { sessions, cookies } = signIn;
        if ((await sessions.look(request.cookies[cookies.session])) === undefined) return reply.code(401).send();
        if (streams.isFull()) return reply.code(503).header('retry-after', LATER_SECONDS).send();
        await streams.open(reply, () => look(request.params.id));
        return reply;
      });
    };
    stream('/migrations/:id/live', lookAtMigration(register));
    stream('/bulk/:id/live', lookAtBulk(register));
  };
