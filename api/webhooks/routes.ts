import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { WebhookSecrets } from '../../config/webhookSecrets.js';
import type { SupplierEvent, SupplierEventAnswer } from '../../rules/migration/events.js';
import { eventAnswer } from '../answers/actions.js';
import { refusals } from '../answers/refusals.js';
import { workflowIdOfTarget, type Migrations, type MigrationTarget } from '../migrations.js';
import { answerOf } from '../outcomes.js';
import { ApiProblem, badRequest, unavailable } from '../problem.js';
import { problemHandler } from '../problemHandler.js';
import type { RateChecks } from '../rateLimits.js';
import { readWebhookBody, webhookBodySchema, type WebhookBody } from './body.js';
import { isSigned } from './signature.js';

const MAX_BODY_BYTES = 64 * 1024;

export interface WebhookDependencies {
  migrations: Migrations;
  webhookSecrets: WebhookSecrets;
  rateChecks: RateChecks;
}

const supplierParams = z.object({ supplierId: z.string() });

/** One answer for an unknown supplier, a wrong signature and a stale timestamp: it tells a stranger nothing. */
const unauthenticated = (): ApiProblem =>
  new ApiProblem({
    code: 'bad-signature',
    status: 401,
    title: 'Not signed by a supplier we know',
    detail: 'Check the supplier id, the secret, and that webhook-timestamp is now; sign the exact bytes of the body.',
  });

function webhookIdOf(request: FastifyRequest): string {
  const id = request.headers['webhook-id'];
  if (typeof id === 'string' && /^[\x21-\x7e]{1,100}$/.test(id)) return id;
  const detail = 'must be 1 to 100 printable characters without spaces';
  throw badRequest('A header is wrong.', [{ header: 'webhook-id', detail }]);
}

const targetOf = ({ migrationId, odsCode = '' }: WebhookBody): MigrationTarget =>
  migrationId === undefined ? { odsCode } : { migrationId };

/** Ids are the senders' own, so two suppliers may use the same one: ours names the supplier too. */
const eventOf = (supplierId: string, webhookId: string, body: WebhookBody): SupplierEvent => {
  const { odsCode: _, ...event } = body;
  return { ...event, supplierId, webhookId: `${supplierId}/${webhookId}` };
};

async function authenticate(deps: WebhookDependencies, request: FastifyRequest, supplierId: string): Promise<Buffer> {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const secrets = await deps.webhookSecrets.of(supplierId);
  if (!isSigned(secrets, body, request.headers)) throw unauthenticated();
  return body;
}

async function receive(deps: WebhookDependencies, request: FastifyRequest): Promise<SupplierEventAnswer> {
  const { supplierId } = supplierParams.parse(request.params);
  const bytes = await authenticate(deps, request, supplierId);
  await deps.rateChecks.perSupplier(request, supplierId);
  const webhookId = webhookIdOf(request);
  const body = readWebhookBody(bytes);
  const target = targetOf(body);
  await deps.rateChecks.perMigration(request, workflowIdOfTarget(target));
  const outcome = await deps.migrations.sendSupplierEvent(target, eventOf(supplierId, webhookId, body));
  return { ...answerOf(outcome), webhookId };
}

const { fields: NOT_AVAILABLE } = unavailable('The event could not be taken. Send it again with the same webhook-id.');

/**
 * `POST /webhooks/suppliers/{supplierId}`: a supplier's event, signed as Standard Webhooks says.
 *
 * 2xx means that it is in the migration's history. Whatever fails on our side is a 503, never a 4xx: the same event, with
 * the same id, may be sent again days later and has one effect.
 */
export function registerWebhooks(app: FastifyInstance, deps: WebhookDependencies): void {
  // The signature covers bytes, so the body is kept as it came.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler(problemHandler(NOT_AVAILABLE));
  app.post(
    '/webhooks/suppliers/:supplierId',
    {
      bodyLimit: MAX_BODY_BYTES,
      schema: {
        summary: 'A supplier reports an event',
        tags: ['suppliers'],
        params: supplierParams,
        body: webhookBodySchema,
        response: { 200: eventAnswer, ...refusals(400, 401, 404, 409, 413, 422, 429, 503) },
      },
      // Checked by hand, after the signature; the schema here is for the documentation.
      validatorCompiler: () => (value: unknown) => ({ value }),
      onRequest: (request) => deps.rateChecks.perAddress(request, request.ip),
    },
    async (request) => receive(deps, request),
  );
}
