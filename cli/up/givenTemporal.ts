import { connectTemporal } from '../../config/temporal/connection.js';
import { temporalSettings } from '../../config/temporal/settings.js';
import { ANSWER_IS_NO, CommandFailure } from '../failure.js';
import { eventually } from './poll.js';
import { keepSearchAttributes } from './prepareTemporal.js';
import type { UpSettings } from './settings.js';

const PATIENCE_MS = 30_000;

/**
 * The server that TEMPORAL_ADDRESS names has to know our search attributes. How long it keeps migrations is its own affair.
 *
 * @throws CommandFailure with the server's reason
 */
export async function prepareGivenTemporal({ temporalAddress }: UpSettings): Promise<void> {
  if (temporalAddress === undefined) return;
  const temporal = temporalSettings(process.env);
  const { connection } = connectTemporal({ settings: temporal, dataConverter: {}, identity: 'leadtime-up' });
  try {
    const prepare = () => keepSearchAttributes(connection, temporal.namespace);
    await eventually(prepare, AbortSignal.timeout(PATIENCE_MS));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandFailure(
      `Temporal at ${temporalAddress} (TEMPORAL_ADDRESS) cannot be used: ${reason}`,
      ANSWER_IS_NO,
    );
  } finally {
    await connection.close();
  }
}
