import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { badRequest, type ProblemItem } from './problem.js';

const escaped = (step: PropertyKey): string => String(step).replaceAll('~', '~0').replaceAll('/', '~1');

/** Path → JSON Pointer: ['parties', 0, 'a/b'] → `/parties/0/a~1b`. */
export const jsonPointer = (path: readonly PropertyKey[]): string => path.map((step) => `/${escaped(step)}`).join('');

/** One item for each wrong field of a body; an unknown key is an item of its own, at that key. */
export const schemaProblems = (issues: readonly z.core.$ZodIssue[]): ProblemItem[] =>
  issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          pointer: jsonPointer([...issue.path, key]),
          detail: 'is not a field of this request: remove it, or check its spelling',
        }))
      : [{ pointer: jsonPointer(issue.path), detail: issue.message }],
  );

/** Checks a part of a request with its zod schema; what is wrong becomes a 400 with a pointer to each field. */
export const zodValidatorCompiler: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  const where = httpPart === undefined || httpPart === 'body' ? 'body' : httpPart;
  return (value: unknown) => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return { value: parsed.data };
    return { error: badRequest(`The ${where} is wrong; each field is listed.`, schemaProblems(parsed.error.issues)) };
  };
};
