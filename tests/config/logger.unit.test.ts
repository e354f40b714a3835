import { describe, expect, it } from 'vitest';
import { createLogger, withoutAddresses, type LoggerSettings } from '../../config/logger.js';

function linesOf(settings: Pick<LoggerSettings, 'level' | 'pretty'>, log: Parameters<typeof logWith>[1]): string {
  let written = '';
  logWith({ ...settings, destination: { write: (line) => (written += line) } }, log);
  return written;
}

function logWith(settings: LoggerSettings, log: (logger: ReturnType<typeof createLogger>) => void): void {
  log(createLogger(settings));
}

describe('createLogger', () => {
  it('writes one JSON object to a line, with the time as text', () => {
    const line = linesOf({ level: 'info' }, (logger) => logger.info({ migrationId: 'Z90001-20260914-k3v9qa' }, 'sent'));
    expect(JSON.parse(line)).toMatchObject({
      msg: 'sent',
      migrationId: 'Z90001-20260914-k3v9qa',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
    });
  });

  it('never writes secrets, even when debugging', () => {
    const line = linesOf({ level: 'trace' }, (logger) =>
      logger.info(
        { req: { headers: { authorization: 'Bearer one', 'webhook-signature': 'v1,two' } }, token: 'three' },
        'request',
      ),
    );
    expect(line).not.toMatch(/one|two|three/);
  });

  it('writes no address above debug level, wherever it stands', () => {
    const log = (logger: ReturnType<typeof createLogger>) => {
      logger.info({ to: { email: 'ann@example.org' }, emails: ['bob@example.org'] }, 'refused <cy@example.org>');
      logger.error(new Error('550 dee@example.org unknown\nann@example.org'), 'failed');
    };
    const quiet = linesOf({ level: 'info' }, log);
    expect(quiet).not.toContain('example.org');
    expect(
      quiet
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toHaveLength(2);
    expect(linesOf({ level: 'debug' }, log)).toContain('ann@example.org');
  });

  it('keeps a Message-ID, which is nobody’s address', () => {
    const id = 'Z90001-20260914-k3v9qa.0123456789abcdef0123@csu.example.nhs.uk';
    expect(withoutAddresses(`sent ${id}, copy to ann@example.org`)).toBe(`sent ${id}, copy to [address]`);
  });

  it('writes lines for people where that is asked for', () => {
    const line = linesOf({ level: 'info', pretty: true }, (logger) => logger.warn({ attempt: 2 }, 'trying again'));
    expect(line).toMatch(/WARN.*trying again/);
    expect(() => JSON.parse(line) as unknown).toThrow();
  });
});
