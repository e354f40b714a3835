import { connectTemporal } from '../../config/temporal/connection.js';
import { dataConverter } from '../../config/temporal/dataConverter.js';
import { temporalSettings } from '../../config/temporal/settings.js';
import { openRegister } from '../../register/open.js';
import { rebuildRegister, type RebuildResult } from '../register/rebuild.js';
import { environmentOfProcess, requireDatabase } from './needs.js';

const EVERY = 100;

/** Rebuilds the register of this process's settings. */
export async function serveRebuild(): Promise<RebuildResult> {
  const environment = environmentOfProcess();
  const databaseUrl = requireDatabase(environment, 'register rebuild');
  const converter = dataConverter(environment);
  const settings = temporalSettings(process.env);
  const { client, connection } = connectTemporal({ settings, dataConverter: converter, identity: 'leadtime-rebuild' });
  const register = await openRegister({ databaseUrl });
  const progress = ({ runs }: RebuildResult): void => {
    if (runs % EVERY === 0) process.stderr.write(`${runs} runs read\n`);
  };
  try {
    return await rebuildRegister({ client, converter, register, progress });
  } finally {
    await register.close();
    await connection.close();
  }
}
