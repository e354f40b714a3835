import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ArmedAnswer } from '../../../workflows/migration/messages.js';
import type { Migrations } from '../../../api/migrations.js';
import { withContact } from '../../../rules/migration/contacts.js';
import type { MigrationState } from '../../../rules/migration/state.js';
import { textFindings } from '../../../cli/doctor/texts.js';
import { createMemoryMigrations } from '../../api/support/memoryMigrations.js';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { Story } from '../../support/story.js';
import { armedOf } from '../../../rules/migration/armed.js';
import { decide } from '../../../rules/migration/decide.js';
import { runApi, type RunningApi } from '../support/runningApi.js';
import { runCli } from '../support/runCli.js';

const WAKES_IN_MS = 3_600_000;
const story = new Story(startedExample(exampleOrder('plain'))).until('2026-11-02');
const { migrationId } = story.state;

/** What a running migration says of itself; its wake comes in an hour of the wall clock. */
function answerOf(state: MigrationState, nowMs = story.nowMs): ArmedAnswer {
  const { wakeAtMs } = decide(state, nowMs);
  const wakes = wakeAtMs === undefined ? {} : { nextWakeAtMs: wakeAtMs, armedWakeAtMs: wakeAtMs };
  return { state, nowMs, due: 0, ...wakes, armedRealMs: Date.now() + WAKES_IN_MS };
}

const asking = (states: readonly MigrationState[]): Migrations =>
  Object.assign(createMemoryMigrations(), {
    running: async () => ({ kind: 'answered', answer: states.map((state) => state.migrationId) }),
    armed: async (target) => {
      const asked = 'migrationId' in target ? target.migrationId : target.odsCode;
      const state = states.find((each) => each.migrationId === asked);
      if (state !== undefined) return { kind: 'answered', answer: answerOf(state) };
      return { kind: 'absent', state: 'unknown', detail: 'No such migration has been started.' };
    },
  } satisfies Partial<Migrations>);

const worker = () => ({ buildId: 'b', lastSeenMs: Date.now() });
const temporal = {
  execution: async () => ({
    running: true,
    timers: [{ startedAtMs: 0, firesAtMs: Date.now() + WAKES_IN_MS }],
    activities: [],
  }),
  workers: async () => ({ workflow: [worker()], activity: [worker()], currentBuildId: 'b' }),
  namespace: async () => ({ namespace: 'default', retentionDays: 90, missing: [] }),
};

let api: RunningApi | undefined;
afterEach(async () => {
  await api?.app.close();
  api = undefined;
});

async function doctor(states: readonly MigrationState[], args: string[], look = temporal) {
  api = await runApi({ migrations: asking(states), temporal: look });
  return runCli(['doctor', ...args], api.env);
}

const withoutManager: MigrationState = {
  ...story.state,
  migrationId: migrationId.replace('test01', 'test02'),
  directory: withContact(story.state.directory, 'csuManager', { name: 'Helen Marsh' }),
};

describe('leadtime doctor --migration', () => {
  it('says that it is armed, with how many rungs and when the next goes out', async () => {
    const { exitCode, stdout } = await doctor([story.state], ['--migration', migrationId]);
    const { rungs } = armedOf(story.state, story.nowMs);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`armed: ${rungs.length} rungs, the next on ${rungs[0]?.on}`);
  });

  it('lists every finding with what to do, naming the migration, and answers 1', async () => {
    const { exitCode, stdout } = await doctor([withoutManager], ['--migration', withoutManager.migrationId]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/NOT armed: \d+ rungs, 1 finding\n/);
    expect(stdout).toContain('! csuManager cannot be reached');
    expect(stdout).toContain(`leadtime amend-contact ${withoutManager.migrationId} csuManager`);
  });

  it('finds a timer that Temporal does not keep', async () => {
    const untimed = async () => ({ running: true, timers: [], activities: [] });
    const { exitCode, stdout } = await doctor([story.state], ['--migration', migrationId], {
      ...temporal,
      execution: untimed,
    });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('! Temporal keeps no timer for the wake at');
  });

  it('answers 1 of one that is not running, and 2 of something that is no id', async () => {
    const unknown = await doctor([], ['--migration', 'A12345-20270104-k3v9qa']);
    expect([unknown.exitCode, unknown.stderr]).toEqual([1, expect.stringContaining('There is no such migration')]);
    await api?.app.close();
    const ended = await doctor([{ ...story.state, status: 'completed' }], ['--migration', migrationId]);
    expect([ended.exitCode, ended.stdout]).toEqual([1, expect.stringContaining('The migration is completed')]);
    await api?.app.close();
    expect((await doctor([], ['--migration', 'everything!'])).exitCode).toBe(2);
    await api?.app.close();
    expect((await doctor([], ['--migration', migrationId, '--all'])).exitCode).toBe(2);
  });

  it('prints what it found as JSON', async () => {
    const { exitCode, stdout } = await doctor([withoutManager], ['--migration', withoutManager.migrationId, '--json']);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      migrationId: withoutManager.migrationId,
      armed: false,
      findings: [{ severity: 'failed', what: expect.stringContaining('csuManager') as unknown }],
    });
  });
});

describe('leadtime doctor --all', () => {
  it('looks at every running migration and shows those with findings', async () => {
    const { exitCode, stdout } = await doctor([story.state, withoutManager], ['--all']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(withoutManager.migrationId);
    expect(stdout).not.toContain(`${migrationId}  `);
    expect(stdout).toContain('Armed: 1 of 2.');
  });

  it('counts one that cannot be looked at as not armed', async () => {
    const states = [story.state];
    const lost = {
      ...asking(states),
      running: async () => ({ kind: 'answered' as const, answer: [withoutManager.migrationId] }),
    };
    api = await runApi({ migrations: Object.assign(createMemoryMigrations(), lost), temporal });
    const { exitCode, stdout } = await runCli(['doctor', '--all'], api.env);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('It cannot be looked at')]);
  });
});

describe('the text of a message that is still to go out', () => {
  it('is made for every rung', () => {
    expect(textFindings(armedOf(story.state, story.nowMs).messages)).toEqual([]);
  });

  it('is told once for each kind where its template is broken', () => {
    const { messages } = armedOf(story.state, story.nowMs);
    const findings = textFindings(messages, ({ kind }) => {
      if (kind === 'notice') throw new Error('attempted to output null\n  in notice.njk');
      return { subject: 's', text: kind === 'contact' ? ' ' : 't', html: 'h' };
    });
    expect(findings.map(({ what }) => what)).toEqual([
      'The text of a "notice" message cannot be made: attempted to output null in notice.njk.',
      'The text of a "contact" message cannot be made: a part of it is empty.',
    ]);
  });
});

describe('leadtime doctor', () => {
  it('tells of every part that the API looked at, and answers 1 where one is wrong', async () => {
    const checks = [
      { part: 'Temporal', ok: true, what: 'namespace default' },
      { part: 'mail', ok: false, what: 'connect ECONNREFUSED', fix: 'Look at the mail server.' },
    ];
    api = await runApi({ systemChecks: async () => checks });
    const { exitCode, stdout } = await runCli(['doctor'], api.env);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^ok {5}API +answers, and takes the token$/m);
    expect(stdout).toMatch(/^FAILED mail +connect ECONNREFUSED\n +Look at the mail server\.$/m);
    const shown = await runCli(['doctor', '--json'], api.env);
    expect(JSON.parse(shown.stdout)).toMatchObject({ ok: false, checks: [{ part: 'API', ok: true }, ...checks] });
  });

  it('looks by its own settings where there is no API, and still tells of each part', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'leadtime-doctor-'));
    const settings = {
      LEADTIME_DATA_DIR: folder,
      TEMPORAL_ADDRESS: '127.0.0.1:1',
      LEADTIME_SMTP_URL: 'smtp://127.0.0.1:1',
    };
    const { exitCode, stdout } = await runCli(['doctor', '--json'], settings);
    expect(exitCode).toBe(1);
    const { checks } = JSON.parse(stdout) as { checks: { part: string; ok: boolean }[] };
    const failed = checks.filter(({ ok }) => !ok).map(({ part }) => part);
    expect(failed).toEqual(['API', 'Temporal', 'worker', 'register', 'mail', 'link keys']);
    expect(checks.filter(({ ok }) => ok).map(({ part }) => part)).toEqual([
      'webhook secrets',
      'calendar',
      'rules',
      'clock',
    ]);
  });
});
