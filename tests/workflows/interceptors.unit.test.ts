import { describe, expect, it } from 'vitest';
import { interceptors } from '../../workflows/interceptors.js';

const timer = { fireTimer: { seq: 1 } };
const query = { queryWorkflow: { queryId: 'legacy', queryType: 'planning' } };

interface Step {
  startedAt: number;
  historyLength: number;
  job?: object;
  batchIndex?: number;
  isReplaying?: boolean;
}

/** Goes through activations, and says which of them were let through. */
function through(...steps: Step[]): boolean[] {
  const [internals] = interceptors().internals ?? [];
  return steps.map(({ startedAt, historyLength, job = timer, batchIndex = 0, isReplaying = false }) => {
    const timestamp = { nanos: startedAt };
    let passed = false;
    try {
      internals?.activate?.(
        { activation: { timestamp, historyLength, isReplaying, jobs: [job] }, batchIndex },
        () => (passed = true),
      );
    } catch {
      return false;
    }
    return passed;
  });
}

describe('a workflow that a query finds in nobody’s memory', () => {
  it('is not run past its last task', () => {
    const steps = [
      { startedAt: 1, historyLength: 3 },
      { startedAt: 1, historyLength: 8 },
    ];
    expect(through(...steps)).toEqual([true, false]);
  });

  it('answers where nothing has happened since', () => {
    const steps = [
      { startedAt: 1, historyLength: 3 },
      { startedAt: 1, historyLength: 5, job: query },
    ];
    expect(through(...steps)).toEqual([true, true]);
  });

  it('is replayed as it has lived, also where two tasks have the same start', () => {
    const steps = [
      { startedAt: 1, historyLength: 3, isReplaying: true },
      { startedAt: 1, historyLength: 8, isReplaying: true },
    ];
    expect(through(...steps)).toEqual([true, true]);
  });

  it('goes on with each new task, with several activations of one, and with all batches of one', () => {
    const steps = [
      { startedAt: 1, historyLength: 3 },
      { startedAt: 1, historyLength: 3 },
      { startedAt: 2, historyLength: 9 },
      { startedAt: 2, historyLength: 9, batchIndex: 1 },
    ];
    expect(through(...steps)).toEqual([true, true, true, true]);
  });
});
