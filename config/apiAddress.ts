import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { defaultDataDir, readEnvironment } from './environment.js';
import { projectFolder } from './project.js';

const addressSchema = z.object({
  url: z.url(),
  /** Path of the file with the operators' token. */
  tokenFile: z.string(),
  webhookSecretsFile: z.string().exactOptional(),
});

/** Where the running system is and what opens it; no secret itself. */
export type ApiAddress = z.infer<typeof addressSchema>;

/** Where the running system says what it is: `run` beside the default data folder, and inside any other. */
export const runDirOf = (dataDir: string): string =>
  dataDir === defaultDataDir ? path.join(projectFolder, 'run') : path.join(dataDir, 'run');

const addressFile = (dataDir: string): string => path.join(runDirOf(dataDir), 'api.json');

/** Says where the API is, for the commands on this machine. `up` writes it once the API listens. */
export async function writeApiAddress(dataDir: string, address: ApiAddress): Promise<void> {
  const file = addressFile(dataDir);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.new`, `${JSON.stringify(address, null, 2)}\n`);
  await rename(`${file}.new`, file);
}

/** Says that nothing runs any more. */
export const forgetApiAddress = (dataDir: string): Promise<void> => rm(addressFile(dataDir), { force: true });

/** The data folder of these settings; nothing else has to be set for it. @throws EnvironmentError */
export const dataDirOf = (env: NodeJS.ProcessEnv): string =>
  readEnvironment({ LEADTIME_DATA_DIR: env['LEADTIME_DATA_DIR'] }).dataDir;

/** What `up` wrote; undefined when nothing is there, or nothing that can be read. */
export async function readApiAddress(dataDir: string): Promise<ApiAddress | undefined> {
  try {
    return addressSchema.parse(JSON.parse(await readFile(addressFile(dataDir), 'utf8')));
  } catch {
    // Half a file, or another version's: the same as nothing, since `up` writes it anew at each start.
    return undefined;
  }
}
