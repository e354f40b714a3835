import { describe, expect, it } from 'vitest';
import { systemChecks, type Check, type SystemDependencies } from '../../../api/doctor/systemChecks.js';
import { everyRule } from '../../../config/everyRule.js';
import { loadCalendar } from '../../../config/loadCalendar.js';
import { testLinks } from '../support/testServer.js';

const nowMs = Date.UTC(2026, 10, 23, 10);
const worker = { buildId: 'b', lastSeenMs: nowMs - 1_000 };

const healthy: SystemDependencies = {
  temporal: {
    namespace: async () => ({ namespace: 'default', retentionDays: 90, missing: [] }),
    workers: async () => ({ workflow: [worker], activity: [worker], currentBuildId: 'b' }),
  },
  pingRegister: async () => true,
  checkMail: async () => undefined,
  links: async () => testLinks,
  webhookSecrets: { of: async () => [] },
  calendar: () => loadCalendar(),
  rules: everyRule,
  today: () => '2026-11-23',
  nowMs: () => nowMs,
};

const away = async (): Promise<never> => Promise.reject(new Error('connect ECONNREFUSED 127.0.0.1:1\n  at somewhere'));

const failures = async (change: Partial<SystemDependencies>): Promise<Check[]> =>
  (await systemChecks({ ...healthy, ...change })).filter(({ ok }) => !ok);

describe('a look at every part', () => {
  it('finds nothing wrong where all is well, and says what it found of each', async () => {
    const checks = await systemChecks(healthy);
    expect(checks.map(({ part, ok }) => [part, ok])).toEqual(
      ['Temporal', 'worker', 'register', 'mail', 'link keys', 'webhook secrets', 'calendar', 'rules', 'clock'].map(
        (part) => [part, true],
      ),
    );
    expect(checks.every(({ what, fix }) => what !== '' && fix === undefined)).toBe(true);
  });

  it('tells of each part that is away by itself, in one line, with what to do', async () => {
    const temporal = { namespace: away, workers: away };
    const found = await failures({ temporal, checkMail: away, pingRegister: async () => false });
    expect(found.map(({ part }) => part)).toEqual(['Temporal', 'worker', 'register', 'mail']);
    expect(found.every(({ what, fix }) => !what.includes('\n') && (fix ?? '') !== '')).toBe(true);
  });

  it('finds a namespace that was not prepared, and one that forgets too soon', async () => {
    const of = (change: object) => ({
      ...healthy.temporal,
      namespace: async () => ({ namespace: 'gp', retentionDays: 90, missing: [], ...change }),
    });
    const [unprepared] = await failures({ temporal: of({ missing: ['OdsCode', 'MigrationPhase'] }) });
    expect(unprepared?.what).toContain('OdsCode, MigrationPhase');
    const [forgetful] = await failures({ temporal: of({ retentionDays: 1 }) });
    expect(forgetful?.what).toContain('after 1 days');
  });

  it('finds a calendar that ends within a year, keys that cannot be read, and rules that cannot be used', async () => {
    const calendar = async () => ({ ...(await loadCalendar()), horizon: '2027-10-31' });
    const found = await failures({ calendar, links: away, rules: away, webhookSecrets: { of: away } });
    expect(found.map(({ part }) => part)).toEqual(['link keys', 'webhook secrets', 'calendar', 'rules']);
    expect(found[2]?.what).toContain('Sunday 31 October 2027');
  });

  it('finds clocks that are apart', async () => {
    const ahead = { buildId: 'b', lastSeenMs: nowMs + 90_000 };
    const workers = async () => ({ workflow: [ahead], activity: [worker], currentBuildId: 'b' });
    expect(await failures({ temporal: { ...healthy.temporal, workers } })).toEqual([
      expect.objectContaining({ part: 'clock', what: expect.stringContaining('90 seconds ahead') as unknown }),
    ]);
  });
});
