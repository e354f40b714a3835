/** What GOV.UK Notify reports of mails that it took: whether they were delivered. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isSameSecret } from '../../config/apiToken.js';
import { migrationIdOfMessage } from '../../workflows/migration/ids.js';
import { takenAnswer } from '../answers/actions.js';
import { refusals } from '../answers/refusals.js';
import type { Migrations, Outcome } from '../migrations.js';
import { ApiProblem, unavailable } from '../problem.js';
import { problemHandler } from '../problemHandler.js';
import type { RateChecks } from '../rateLimits.js';

const MAX_BODY_BYTES = 16 * 1024;
const NOTIFY = 'govuk-notify';

export interface NotifyCallbackDependencies {
  migrations: Pick<Migrations, 'reportBounce'>;
  /** The bearer token that Notify was given with the address. */
  notifyCallbackToken: string;
  rateChecks: RateChecks;
}

/** By what Notify's documentation calls them; it tries for up to three days before it says any of these. */
const failures: Readonly<Record<string, string>> = {
  'permanent-failure': 'the address does not exist',
  'temporary-failure': 'the mailbox did not take it for three days, as when it is full',
  'technical-failure': 'GOV.UK Notify could not send it',
};

/** Notify may add fields; only these count here. The recipient's address is not among them. */
const receiptSchema = z.object({
  reference: z.string().max(500).nullish().describe('Our Message-ID; null for a mail that is not ours.'),
  status: z.string().max(100).describe('delivered, permanent-failure, temporary-failure or technical-failure.'),
});

const notNotify = (): ApiProblem =>
  new ApiProblem({
    code: 'bad-token',
    status: 401,
    title: 'Not the token that GOV.UK Notify was given',
    detail: 'Give Notify the callback’s address and its bearer token together.',
  });

/** Tells a stranger nothing: not whether there is such a migration, and not whether it has closed. */
const unknownReference = (): ApiProblem =>
  new ApiProblem({ code: 'unknown-message', status: 404, title: 'No such message', detail: 'No such message.' });

function authenticate(authorization: string | undefined, token: string): void {
  const [, given = ''] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
  if (!isSameSecret(given, token)) throw notNotify();
}

/** The migration has ended, or another one of the same practice has followed it. */
const isOver = (outcome: Outcome<unknown>): boolean =>
  (outcome.kind === 'absent' && outcome.state === 'closed') ||
  (outcome.kind === 'rejected' && ['MigrationClosed', 'WrongMigration'].includes(outcome.rejection.type));

/** Notify sends again what is not answered with 2xx; after a migration has closed nobody waits for it. */
function settled(outcome: Outcome<unknown>): { taken: boolean } {
  if (outcome.kind === 'answered') return { taken: true };
  if (isOver(outcome)) return { taken: false };
  if (outcome.kind === 'unavailable') throw unavailable('Send the same again.');
  throw unknownReference();
}

async function receive({ migrations }: NotifyCallbackDependencies, receipt: z.infer<typeof receiptSchema>) {
  const { reference, status } = receipt;
  const words = Object.hasOwn(failures, status) ? failures[status] : undefined;
  if (words === undefined) return { taken: false };
  const migrationId = migrationIdOfMessage(reference ?? '');
  if (reference === undefined || reference === null || migrationId === undefined) throw unknownReference();
  const payload = { messageId: reference, detail: `${status}: ${words}`, by: NOTIFY };
  return settled(await migrations.reportBounce({ target: { migrationId }, requestId: reference, payload }));
}

const { fields: NOT_AVAILABLE } = unavailable('The receipt could not be taken. Send it again.');

/**
 * `POST /webhooks/notify`: a delivery receipt of GOV.UK Notify, with its bearer token.
 *
 * 2xx: taken, or nothing to do. 404: a mail of which nothing is known. 503: send it again.
 */
export const notifyRoutes =
  (deps: NotifyCallbackDependencies): FastifyPluginAsyncZod =>
  async (app) => {
    app.setErrorHandler(problemHandler(NOT_AVAILABLE));
    app.post(
      '/webhooks/notify',
      {
        bodyLimit: MAX_BODY_BYTES,
        schema: {
          summary: 'GOV.UK Notify reports a delivery',
          tags: ['mail'],
          body: receiptSchema,
          response: { 200: takenAnswer, ...refusals(400, 401, 404, 413, 415, 429, 503) },
        },
        onRequest: async (request) => {
          await deps.rateChecks.perAddress(request, request.ip);
          authenticate(request.headers.authorization, deps.notifyCallbackToken);
        },
      },
      async (request) => receive(deps, request.body),
    );
  };
