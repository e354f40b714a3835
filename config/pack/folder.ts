import { fileURLToPath } from 'node:url';

/** The folder of the templates of the kick-off pack, in the source as in the build. */
export const packTemplatesFolder = fileURLToPath(new URL('.', import.meta.url));
