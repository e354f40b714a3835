import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { TemporalSettings } from './settings.js';

export interface ConnectTemporalOptions {
  settings: TemporalSettings;
  dataConverter: DataConverter;
  /** Who acts, as Temporal's history shows it: `leadtime-api`. */
  identity: string;
}

/** A client and the connection to close when done with it. */
export interface TemporalLink {
  client: Client;
  connection: Connection;
}

/**
 * A client that connects at its first call and again after an outage, so that the API can start, answer 503 and say what
 * is wrong while Temporal is away. Wrap calls in `connection.withDeadline`.
 */
export function connectTemporal({ settings, dataConverter, identity }: ConnectTemporalOptions): TemporalLink {
  const { address, apiKey, tls, metadata } = settings.connectionOptions;
  const connection = Connection.lazy({
    ...(address !== undefined && { address }),
    ...(apiKey !== undefined && { apiKey }),
    ...(tls !== undefined && { tls }),
    ...(metadata !== undefined && { metadata }),
  });
  const client = new Client({ connection, namespace: settings.namespace, dataConverter, identity });
  return { client, connection };
}
