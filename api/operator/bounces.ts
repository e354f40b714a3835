/** Mails that came back to the CSU's mailbox. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { withoutAddresses } from '../../config/logger.js';
import { migrationIdOfMessage } from '../../workflows/migration/ids.js';
import { bounceAnswer } from '../answers/actions.js';
import type { Migrations } from '../migrations.js';
import { absentProblem, answerOf } from '../outcomes.js';
import { freeText, textLine } from '../plainJson.js';

const bounceBody = z.strictObject({
  messageId: textLine(500).describe('The Message-ID of the mail that came back, without angle brackets.'),
  detail: textLine(500)
    .describe('What the other mail server said. Addresses are taken out.')
    .transform((text) => withoutAddresses(text)),
  by: freeText().describe('Who says so: a name, as the audit trail shows it.'),
});

/** What an operator, or a mailbox that is read by `leadtime bounce`, says of mails that came back. */
export const bounceRoutes =
  (migrations: Pick<Migrations, 'reportBounce'>): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/bounces',
      { schema: { summary: 'A mail came back', tags: ['mail'], body: bounceBody, response: { 200: bounceAnswer } } },
      async ({ body }) => {
        const { messageId } = body;
        const migrationId = migrationIdOfMessage(messageId);
        if (migrationId === undefined) throw absentProblem('unknown', `"${messageId}" is no Message-ID of leadtime.`);
        // The same mail reported twice is one report.
        const request = { target: { migrationId }, requestId: messageId, payload: body };
        return { migrationId, ...answerOf(await migrations.reportBounce(request)) };
      },
    );
  };
