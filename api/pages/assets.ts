/** Style sheets and the mark, from here alone: nothing is fetched from elsewhere. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { pageTemplatesFolder } from '../../config/pages/folder.js';
import { designSystemFolder } from './render.js';

const CACHE = 'public, max-age=86400';

/** The design system's style sheet without its font: the font is licensed to NHS organisations, and lies elsewhere. */
export function designSystemStyles(): string {
  const css = readFileSync(path.join(designSystemFolder, 'nhsuk/nhsuk-frontend.min.css'), 'utf8');
  return css.replaceAll(/@font-face\s*\{[^}]*\}/g, '').replaceAll(/\/\*# sourceMappingURL=[^*]*\*\//g, '');
}

/** `/assets/…`. */
export async function registerAssets(app: FastifyInstance): Promise<void> {
  const styles = designSystemStyles();
  const etag = `"${createHash('sha256').update(styles).digest('base64url')}"`;
  app.get('/assets/nhsuk.css', { schema: { hide: true } }, async (request, reply) => {
    reply.headers({ 'cache-control': CACHE, etag });
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply.type('text/css; charset=utf-8').send(styles);
  });
  await app.register(fastifyStatic, {
    root: path.join(pageTemplatesFolder, 'assets'),
    prefix: '/assets/',
    index: false,
    schemaHide: true,
    cacheControl: false,
    setHeaders: (reply) => void reply.header('cache-control', CACHE),
  });
}
