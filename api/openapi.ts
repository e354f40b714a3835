/** The OpenAPI 3.1 document: made from the zod schemas by which requests are checked and to which answers are compiled. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifySchema, RouteOptions } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { operatorRefusals } from './answers/refusals.js';

type Transform = typeof jsonSchemaTransform;

const description = `GP practice migrations: operators’ API and suppliers’ webhooks.

Errors are problem+json (RFC 9457). A request that changes something may carry an Idempotency-Key: the same request with the same key
has one effect, however often it is sent; another body under that key is another request. Answers to GET carry an ETag; with If-None-Match an answer that is the same is 304.`;

/** Read by `idempotencyKeyOf`, not by a schema: its refusal names a header. */
const writeHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,100}$/)
    .exactOptional()
    .describe('Makes a repeat of the request harmless. 1 to 100 printable characters without spaces.'),
});

const isWrite = ({ method, schema }: RouteOptions): boolean =>
  String(method) === 'POST' && schema?.security !== undefined;

const transform: Transform = (document) => {
  const { route, schema } = document;
  return jsonSchemaTransform(isWrite(route) ? { ...document, schema: { ...schema, headers: writeHeaders } } : document);
};

/** Serves the document's page at `/api/docs`. Routes that are added later are in it. */
export async function documentApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'leadtime', description, version: '1' },
      components: { securitySchemes: { operator: { type: 'http', scheme: 'bearer' } } },
    },
    transform,
  });
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: true });
}

/** What all of the operators' routes have in common: the token, and how they are refused. */
export function documented({ schema = {}, method, url }: RouteOptions): FastifySchema {
  const own = typeof schema.response === 'object' ? schema.response : {};
  return { ...schema, security: [{ operator: [] }], response: { ...operatorRefusals(String(method), url), ...own } };
}
