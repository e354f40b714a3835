/** Whoever a page has let in is let in to the API that it asks in the same process, without being looked up once more. */
import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { SignedIn } from './sessions.js';

/** Holds a pass; nobody outside can know one. */
export const PASS_HEADER = 'x-leadtime-pass';

export interface Passes {
  /** Lets somebody in for as long as the work takes. */
  during<Result>(signedIn: SignedIn, work: (pass: string) => Promise<Result>): Promise<Result>;
  /** Whose pass a request carries. */
  of(request: FastifyRequest): SignedIn | undefined;
}

export function createPasses(): Passes {
  const passes = new Map<string, SignedIn>();
  return {
    during: async (signedIn, work) => {
      const pass = randomUUID();
      passes.set(pass, signedIn);
      try {
        return await work(pass);
      } finally {
        passes.delete(pass);
      }
    },
    of: ({ headers }) => {
      const pass = headers[PASS_HEADER];
      return typeof pass === 'string' ? passes.get(pass) : undefined;
    },
  };
}
