import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { OutboundMessage } from '../../rules/migration/messages.js';
import { armedAnswer, doctorAnswer, runningAnswer } from '../answers/system.js';
import { armedReport, type ArmedDependencies } from '../doctor/armedReport.js';
import type { Check } from '../doctor/systemChecks.js';
import type { Migrations } from '../migrations.js';
import { answerOf } from '../outcomes.js';
import { migrationParams, targetOf } from './requests.js';

const tags = ['doctor'];

const query = z.object({
  messages: z
    .enum(['all', 'kinds'])
    .default('kinds')
    .describe('Which of the messages to come are given in full: every one, or one of each kind.'),
});

/** One of each kind to each role. */
const oneOfEach = (messages: readonly OutboundMessage[]): OutboundMessage[] => [
  ...new Map(messages.map((message) => [`${message.kind}/${message.to.role}`, message])).values(),
];

export interface DoctorDependencies extends ArmedDependencies {
  migrations: Pick<Migrations, 'armed' | 'planning' | 'running'>;
  /** Looks at every part; never rejects. */
  systemChecks: () => Promise<Check[]>;
}

/** What is wrong with the parts; whether everything that a running migration still has to say will be said, and which migrations run. */
export const doctorRoutes =
  (deps: DoctorDependencies): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/doctor',
      { schema: { summary: 'What is wrong with the parts that are needed', tags, response: { 200: doctorAnswer } } },
      async () => ({
        nowMs: Date.now(),
        checks: await deps.systemChecks(),
      }),
    );
    app.get(
      '/running',
      { schema: { summary: 'All running migrations, as Temporal has them', tags, response: { 200: runningAnswer } } },
      async () => ({
        migrationIds: answerOf(await deps.migrations.running()),
      }),
    );
    app.get(
      '/migrations/:id/armed',
      {
        // The messages in it hold people's names and addresses.
        config: { role: 'operator' },
        schema: {
          summary: 'What is still to go out, and whether it will',
          tags,
          params: migrationParams,
          querystring: query,
          response: { 200: armedAnswer },
        },
      },
      async (request, reply) => {
        const { messages, ...report } = await armedReport(deps, targetOf(request.params.id));
        const shown = request.query.messages === 'all' ? messages : oneOfEach(messages);
        return reply.header('cache-control', 'no-store').send({ ...report, messages: shown });
      },
    );
  };
