import { writeSchemas } from '../../config/schemas.js';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('name the folder to write the schemas into');
await writeSchemas(folder);
