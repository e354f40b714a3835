/** The OpenAPI document as the tests read it, and whether an answer is one of those that it describes. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { Schema } from './arbitrary.js';

export interface Parameter {
  in: 'path' | 'query' | 'header';
  name: string;
  required?: boolean;
  schema: Schema;
}

type Content = Record<string, { schema?: Schema }>;

export interface Operation {
  method: 'GET' | 'POST';
  /** `/api/migrations/{id}` */
  path: string;
  parameters: Parameter[];
  body?: Schema;
  responses: Record<string, { content?: Content }>;
}

interface Described {
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Operation['responses'];
}

/** Every operation of the document that a server answers with. */
export async function operationsOf(app: FastifyInstance): Promise<Operation[]> {
  const response = await app.inject('/api/openapi.json');
  const { paths } = response.json<{ paths: Record<string, Record<string, Described>> }>();
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters, requestBody, responses }]): Operation => {
      const body = requestBody?.content['application/json']?.schema;
      return {
        method: method === 'post' ? 'POST' : 'GET',
        path,
        parameters: parameters ?? [],
        responses,
        ...(body && { body }),
      };
    }),
  );
}

const ajv = new Ajv2020({ strict: false, validateFormats: false });

/** What is wrong with an answer: a status or a content type that is not described, or a body of another shape; else undefined. */
export function misfitOf({ responses }: Operation, response: LightMyRequestResponse): string | undefined {
  const { statusCode, headers, body } = response;
  const described = responses[String(statusCode)];
  if (described === undefined) return `status ${String(statusCode)} is not described: ${body.slice(0, 200)}`;
  const type = String(headers['content-type']).split(';')[0] ?? '';
  const schema = described.content?.[type]?.schema;
  if (schema === undefined) return `${String(statusCode)} is not described as ${type}`;
  const isValid = ajv.compile(schema);
  return isValid(response.json()) ? undefined : `${String(statusCode)}: ${ajv.errorsText(isValid.errors)}`;
}
