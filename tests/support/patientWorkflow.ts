import { defineSearchAttributeKey } from '@temporalio/common';
import { sleep, upsertSearchAttributes } from '@temporalio/workflow';

export const phaseKey = defineSearchAttributeKey('TestPhase', 'KEYWORD');

/** Sleeps for some days, one timer a day, and answers with the milliseconds that went by on the workflow's clock. */
export async function sleepForDays(days: number): Promise<number> {
  const startedAtMs = Date.now();
  upsertSearchAttributes([{ key: phaseKey, value: 'asleep' }]);
  for (let day = 0; day < days; day += 1) await sleep('1 day');
  upsertSearchAttributes([{ key: phaseKey, value: 'awake' }]);
  return Date.now() - startedAtMs;
}
