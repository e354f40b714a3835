/** Operations on many practices in memory: a register for them, and runs that go through the real activities at once. */
import { createBulkActivities } from '../../../activities/bulk/bulk.js';
import type { BulkRuns } from '../../../api/bulk/runs.js';
import type { BulkRegister, BulkRow, NewBulk, WaitingBulkRow } from '../../../register/bulkTypes.js';
import type { BulkCounts, BulkState, RowRange } from '../../../rules/bulk/bulk.js';
import type { ApplyRow } from '../../../rules/bulk/ports.js';
import type { AuditDraft } from '../../../rules/migration/state.js';

type KeptRow = BulkRow & Pick<WaitingBulkRow, 'attempt' | 'request'>;

interface Kept {
  bulk: NewBulk;
  state: BulkState;
  endedAtMs?: number;
  rows: KeptRow[];
}

const inRange =
  ({ from, to }: RowRange) =>
  (each: KeptRow) =>
    each.row >= from && each.row <= to;
const everything: RowRange = { from: 1, to: Infinity };

function countsOf(rows: readonly KeptRow[]): BulkCounts {
  const counts = { done: 0, failed: 0, waiting: 0 };
  for (const { status } of rows) counts[status] += 1;
  return counts;
}

/** @param audit told of every record of the system's own audit */
export function createMemoryBulk(audit: (draft: AuditDraft) => void = () => undefined): BulkRegister {
  const kept = new Map<string, Kept>();
  const rowsOf = (bulkId: string): KeptRow[] => kept.get(bulkId)?.rows ?? [];
  const shown = ({ bulk, state, endedAtMs, rows }: Kept) => ({
    ...bulk,
    state,
    total: rows.length,
    ...countsOf(rows),
    ...(endedAtMs !== undefined && { endedAtMs }),
  });
  return {
    addBulk: async (bulk, rows, draft) => {
      if (kept.has(bulk.bulkId)) return;
      const waiting = rows.map((row) => ({ ...row, attempt: 1, status: 'waiting' as const }));
      kept.set(bulk.bulkId, { bulk, state: 'waiting', rows: waiting });
      audit(draft);
    },
    findBulk: async (bulkId) => {
      const found = kept.get(bulkId);
      return found && shown(found);
    },
    bulks: async (limit) => [...kept.values()].reverse().slice(0, limit).map(shown),
    bulkRows: async (bulkId, { status, after = 0, limit = 100 } = {}) =>
      rowsOf(bulkId)
        .filter((each) => each.row > after && (status === undefined || each.status === status))
        .slice(0, limit)
        .map(({ attempt: _, request: __, ...row }) => row),
    beginBulk: async (bulkId) => {
      const found = kept.get(bulkId);
      if (found === undefined || found.state === 'ended' || found.state === 'stopped') return [];
      found.state = 'running';
      return found.rows.filter(({ status }) => status === 'waiting').map(({ row }) => row);
    },
    waitingBulkRows: async (bulkId, range) =>
      rowsOf(bulkId).filter((each) => each.status === 'waiting' && inRange(range)(each)),
    bulkCounts: async (bulkId, range = everything) => countsOf(rowsOf(bulkId).filter(inRange(range))),
    keepBulkResults: async (bulkId, results) => {
      for (const result of results) {
        const row = rowsOf(bulkId).find((each) => each.row === result.row && each.status === 'waiting');
        if (row !== undefined) Object.assign(row, result);
      }
    },
    endBulk: async (bulkId, end) => {
      const found = kept.get(bulkId);
      const counts = countsOf(rowsOf(bulkId));
      if (found === undefined || found.state === 'ended' || found.state === 'stopped') return counts;
      Object.assign(found, { state: end.state, endedAtMs: end.atMs });
      audit(end.audit(counts));
      return counts;
    },
    reopenBulk: async (bulkId, from, draft) => {
      const found = kept.get(bulkId);
      if (found?.state !== from) return false;
      found.state = 'waiting';
      for (const row of found.rows.filter(({ status }) => status === 'failed')) {
        row.attempt += row.code === 'unavailable' ? 0 : 1;
        row.status = 'waiting';
        delete row.code;
        delete row.detail;
      }
      audit(draft);
      return true;
    },
  };
}

export interface MemoryRuns extends BulkRuns {
  /** What starting and looking comes to from now on: Temporal is away, or there again. */
  beAway(away: boolean): void;
  /** From now on nothing begins until it is told to. */
  hold(): void;
  /** Begins what was held. */
  letGo(): Promise<void>;
}

/** Runs an operation to its end as soon as it is asked for, chunk by chunk. */
export function createMemoryRuns(register: BulkRegister, applyRow: ApplyRow): MemoryRuns {
  let isAway = false;
  let held: { bulkId: string; by: string }[] | undefined;
  const attempt = { attempt: 5, isOver: () => false, isStopped: () => false, heartbeat: () => undefined };
  const settings = { atOnce: 4, perSecond: 1_000 };
  const activities = createBulkActivities({
    register,
    applyRow,
    settings,
    currentAttempt: () => attempt,
    nowMs: Date.now,
  });
  const runNow = async (run: { bulkId: string; by: string }): Promise<void> => {
    for (const chunk of await activities.beginBulk(run)) await activities.applyBulkRows({ ...run, ...chunk });
    await activities.endBulk({ ...run, stopped: false });
  };
  const start = async (run: { bulkId: string; by: string }): Promise<boolean> => {
    if (isAway) return false;
    if (held === undefined) await runNow(run);
    else held.push(run);
    return true;
  };
  return {
    start,
    startAgain: start,
    isRunning: async (bulkId) => (isAway ? undefined : (held ?? []).some((each) => each.bulkId === bulkId)),
    stop: async (bulkId) => {
      if (isAway) return 'away';
      const isHeld = held?.some((each) => each.bulkId === bulkId) ?? false;
      held = held?.filter((each) => each.bulkId !== bulkId);
      return isHeld ? 'stopping' : 'absent';
    },
    beAway: (away) => (isAway = away),
    hold: () => (held = []),
    letGo: async () => {
      const runs = held ?? [];
      held = undefined;
      for (const run of runs) await runNow(run);
    },
  };
}
