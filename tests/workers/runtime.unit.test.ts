import { describe, expect, it } from 'vitest';
import { createLogger } from '../../config/logger.js';
import { temporalLogger } from '../../workers/runtime.js';

function logTo(level: 'info' | 'debug') {
  const lines: unknown[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line)) };
  return { lines, log: temporalLogger(createLogger({ level, pretty: false, destination })) };
}

describe('temporalLogger', () => {
  it('passes entries on with their level and fields', () => {
    const { lines, log } = logTo('info');
    log.warn('slow', { workflowId: 'migration-Z90001', sdkComponent: 'workflow' });
    log.log('ERROR', 'failed', { error: new Error('no such plan') });
    expect(lines).toMatchObject([
      { level: 40, msg: 'slow', workflowId: 'migration-Z90001' },
      { level: 50, msg: 'failed', err: { message: 'no such plan' } },
    ]);
  });

  it('leaves out tokens and times that JSON cannot hold', () => {
    const { lines, log } = logTo('info');
    log.info('done', { taskToken: 'abc', timestampNanos: 12n, sdkComponent: 'activity' });
    expect(lines[0]).not.toHaveProperty('taskToken');
    expect(lines[0]).not.toHaveProperty('timestampNanos');
  });

  it('keeps what the worker says of itself for debugging', () => {
    const quiet = logTo('info');
    quiet.log.info('Worker state changed', { sdkComponent: 'worker' });
    expect(quiet.lines).toEqual([]);
    const debugging = logTo('debug');
    debugging.log.info('Worker state changed', { sdkComponent: 'worker' });
    expect(debugging.lines).toHaveLength(1);
  });

  it('shows no email address', () => {
    const { lines, log } = logTo('info');
    log.error('refused ann@practice.example', { error: new Error('550 ann@practice.example') });
    expect(JSON.stringify(lines)).not.toContain('ann@');
  });
});
