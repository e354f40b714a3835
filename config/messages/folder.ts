import { fileURLToPath } from 'node:url';

/** The folder of the message templates, in the source as in the build. */
export const messageTemplatesFolder = fileURLToPath(new URL('.', import.meta.url));
