import {
  makeTelemetryFilterString,
  Runtime,
  type LogMetadata,
  type Logger as TemporalLogger,
} from '@temporalio/worker';
import type { Logger } from '../config/logger.js';

type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error';

const LEVELS: Readonly<Record<string, Level>> = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
};

/** What is of no use to anybody in a log: the token is for the server alone, and each entry has its time already. */
function withoutNoise(meta: LogMetadata = {}): LogMetadata {
  const { taskToken: _token, timestampNanos: _time, ...rest } = meta;
  const { error, ...others } = rest;
  // pino shows the fields of an error under this name alone.
  return error instanceof Error ? { ...others, err: error } : rest;
}

/** What the worker says of itself (state changes, pollers) is for debugging; what workflows and activities say is not. */
function levelOf(level: string, meta: LogMetadata = {}): Level {
  const known = LEVELS[level] ?? 'info';
  return known === 'info' && meta['sdkComponent'] === 'worker' ? 'debug' : known;
}

/** Temporal's logger over ours: the core's, the workers', the workflows' and the activities' entries all come through it. */
export function temporalLogger(logger: Logger): TemporalLogger {
  const log = (level: string, message: string, meta?: LogMetadata): void => {
    logger[levelOf(level, meta)](withoutNoise(meta), message);
  };
  return {
    log,
    trace: (message, meta) => log('TRACE', message, meta),
    debug: (message, meta) => log('DEBUG', message, meta),
    info: (message, meta) => log('INFO', message, meta),
    warn: (message, meta) => log('WARN', message, meta),
    error: (message, meta) => log('ERROR', message, meta),
  };
}

/**
 * Sets up Temporal's runtime: once in a process, before its first worker or native connection.
 *
 * Signals stay ours: whoever started the worker also stops it, in an order that the runtime cannot know.
 */
export function installRuntime(logger: Logger): void {
  Runtime.install({
    logger: temporalLogger(logger),
    shutdownSignals: [],
    telemetryOptions: {
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) },
    },
  });
}
