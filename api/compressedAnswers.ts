import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import type { FastifyInstance } from 'fastify';

/** A shorter answer fits into one packet anyway. */
const FROM_BYTES = 1_024;
/** Brotli's usual quality is for files that are compressed once: here it would take longer than the answer is worth. */
const BROTLI_QUALITY = 4;

/**
 * Answers are compressed for clients that take them so. Tokens for forms are another each time, so that the length of a
 * page says nothing about them.
 */
export async function compressAnswers(app: FastifyInstance): Promise<void> {
  await app.register(compress, {
    encodings: ['br', 'gzip'],
    threshold: FROM_BYTES,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } },
  });
}
