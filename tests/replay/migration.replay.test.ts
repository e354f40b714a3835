import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { recordedHistories, type RecordedHistory } from './histories.js';
import { historyOfText, historyToText, type History } from './historyJson.js';

const histories = recordedHistories();
const workflowsPath = fileURLToPath(new URL('../../workflows/index.ts', import.meta.url));
const maximumBytes = 600_000;

/** Migrations that were recorded while they were running, by name; all others have to have ended. */
const recordedRunning: string[] = [];

const closingAttributes = [
  'workflowExecutionCompletedEventAttributes',
  'workflowExecutionContinuedAsNewEventAttributes',
] as const;

function hasEnded({ history }: RecordedHistory): boolean {
  const last = history.events?.at(-1);
  return last !== undefined && closingAttributes.some((name) => Boolean(last[name]));
}

/** What the payloads of a history say. */
function payloadTexts(history: History): string[] {
  const encoded = historyToText(history).matchAll(/"data":"([^"]*)"/g);
  return Array.from(encoded, ([, base64 = '']) => Buffer.from(base64, 'base64').toString('utf8'));
}

/** @throws DeterminismViolationError when the workflow would not have done what the history says */
async function replay(code: string, { name, history }: RecordedHistory): Promise<void> {
  await Worker.runReplayHistory({ workflowBundle: { code } }, history, name);
}

/** The workflows with a module of `wrong/` between them and Temporal. */
async function bundleWith(module: string): Promise<string> {
  const between = fileURLToPath(new URL(`wrong/${module}.ts`, import.meta.url));
  const logger = new DefaultLogger('ERROR');
  const { code } = await bundleWorkflowCode({ workflowsPath, workflowInterceptorModules: [between], logger });
  return code;
}

beforeAll(() => {
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'OFF' } } });
});

describe('the recorded histories', () => {
  it('are one for each shape of control flow', () => {
    expect(histories.map(({ name }) => name)).toEqual([
      '0.1.0-cancelled-with-withdrawals',
      '0.1.0-carried-on-and-continued-again',
      '0.1.0-dates-moved',
      '0.1.0-everybody-early-through-go-live',
      '0.1.0-mail-away',
      '0.1.0-mismatch-then-corrected',
      '0.1.0-nobody-acts',
      '0.1.0-on-hold',
      '0.1.0-one-of-an-instance',
      '0.1.0-provisional-anchor-confirmed',
      '0.1.0-register-away',
      '0.1.0-rejected-extract-second-iteration',
      '0.1.0-request-bounced',
      '0.1.0-undeliverable-address',
      '0.1.0-update-before-the-plan',
    ]);
  });

  it.for(histories)('$name is whole: from its start to its end, without a gap, and small', (recorded) => {
    const ids = recorded.history.events?.map(({ eventId }) => Number(eventId)) ?? [];
    expect(ids).toEqual(Array.from(ids, (_, index) => index + 1));
    expect(hasEnded(recorded)).toBe(!recordedRunning.includes(recorded.name));
    expect(recorded.bytes).toBeLessThan(maximumBytes);
  });

  it.for(histories)('$name holds nobody but the example people', ({ history }) => {
    const addresses = payloadTexts(history).flatMap((text) => text.match(/[\w.+-]+@[\w.-]+/g) ?? []);
    expect(addresses.length).toBeGreaterThan(0);
    // `@test` ends the Message-IDs that recorded mails were given.
    expect(addresses.filter((address) => !/(?:\.example|@test)$/.test(address))).toEqual([]);
  });

  it.for(histories)('$name is written again as it was read', ({ history }) => {
    expect(historyOfText(historyToText(history))).toEqual(history);
  });
});

describe("today's workflow", () => {
  it.for(histories)('does what it did in $name', async (recorded) => {
    await replay(inject('workflowBundleCode'), recorded);
  });
});

describe('a workflow that writes the register before it delivers', () => {
  let wrong: string;
  beforeAll(async () => {
    wrong = await bundleWith('registerFirst');
  });

  it.for(histories)('is found out by $name', async (recorded) => {
    await expect(replay(wrong, recorded)).rejects.toThrow(DeterminismViolationError);
  });

  it('is found out for the mistake alone: the same seam without it replays', async () => {
    const unchanged = await bundleWith('nothingChanged');
    for (const recorded of histories) await replay(unchanged, recorded);
  });
});
