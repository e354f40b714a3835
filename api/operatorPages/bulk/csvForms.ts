import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';

const MEBIBYTE = 1024 * 1024;

/** Of a list, as from the command line. */
const MAX_FILE_BYTES = 4 * MEBIBYTE;

/** A list that is sent on from page to page: each comma and each line end takes three characters there. */
export const MAX_LIST_FORM_BYTES = 3 * MAX_FILE_BYTES;

/** Lets a scope's forms hold a file. It is a text like any other field then; what is no UTF-8 in it becomes U+FFFD. */
export async function takeFiles(app: FastifyInstance): Promise<void> {
  await app.register(multipart, {
    attachFieldsToBody: 'keyValues',
    limits: { fields: 20, files: 1, fieldSize: MAX_FILE_BYTES, fileSize: MAX_FILE_BYTES },
    onFile: async (part) => {
      const bytes = await part.toBuffer();
      Object.assign(part, { value: new TextDecoder().decode(bytes) });
    },
  });
}
