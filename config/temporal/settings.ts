import { loadClientConnectConfig, type ClientConnectConfig } from '@temporalio/envconfig';

/** Where Temporal is and how to reach it. */
export interface TemporalSettings {
  connectionOptions: ClientConnectConfig['connectionOptions'];
  namespace: string;
}

/** The settings of Temporal's own environment and profile files are wrong. `message` is for people. */
export class TemporalSettingsError extends Error {
  override readonly name = 'TemporalSettingsError';
}

const definedEntries = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

const load = (env: NodeJS.ProcessEnv): ClientConnectConfig => {
  try {
    return loadClientConnectConfig({ overrideEnvVars: definedEntries(env) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TemporalSettingsError(
      `The Temporal settings cannot be read: ${reason}. Check the TEMPORAL_* variables and the profile file.`,
    );
  }
};

/**
 * Temporal's own names, unchanged: TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_API_KEY, TEMPORAL_TLS_*, and the profile
 * file (TEMPORAL_CONFIG_FILE, TEMPORAL_PROFILE). Without any: 127.0.0.1:7233, namespace `default`.
 *
 * @throws TemporalSettingsError
 */
export function temporalSettings(env: NodeJS.ProcessEnv): TemporalSettings {
  const { connectionOptions, namespace } = load(env);
  return {
    connectionOptions: { ...connectionOptions, address: connectionOptions.address ?? '127.0.0.1:7233' },
    namespace: namespace ?? 'default',
  };
}
