import { fileURLToPath } from 'node:url';

/** The folder of the pages' templates, in the source as in the build; `assets/` beneath it is served. */
export const pageTemplatesFolder = fileURLToPath(new URL('.', import.meta.url));
