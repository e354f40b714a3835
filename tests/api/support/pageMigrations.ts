import { migrationCalendar } from '../../../rules/calendarEntries/ofMigration.js';
import { apply } from '../../../rules/migration/apply.js';
import type { MigrationEvent, Rejection } from '../../../rules/migration/events.js';
import { judgeDone, judgeSupplierEvent } from '../../../rules/migration/judge.js';
import { judgeCounts } from '../../../rules/migration/judgeCounts.js';
import { judgeHelp, judgeRevocation } from '../../../rules/migration/judgePage.js';
import { milestoneState } from '../../../rules/migration/lookup.js';
import { hasPage, pageOf } from '../../../rules/migration/page.js';
import type { MigrationState } from '../../../rules/migration/state.js';
import type { Migrations, OperatorRequest, Outcome } from '../../../api/migrations.js';
import { createMemoryMigrations, type MemoryMigrations } from './memoryMigrations.js';

/** One migration in memory that judges and applies as a running one does; a repeat of a request gets the first answer. */
export interface PageMigrations {
  migrations: MemoryMigrations;
  state: () => MigrationState;
  change: (change: (state: MigrationState) => MigrationState) => void;
  /** What reached the migration and was taken, in order. */
  taken: MigrationEvent[];
  /** From now on nothing answers. */
  goAway: (away: boolean) => void;
}

export function createPageMigrations(start: MigrationState, nowMs: number): PageMigrations {
  let state = start;
  let away = false;
  const taken: MigrationEvent[] = [];
  const answers = new Map<string, Outcome<unknown>>();
  const unavailable = { kind: 'unavailable', detail: 'Temporal is away.' } as const;

  function say<Answer>(
    id: string,
    rejection: () => Rejection | undefined,
    event: MigrationEvent,
    answer: () => Answer,
  ): Outcome<Answer> {
    if (away) return unavailable;
    const first = answers.get(id);
    if (first !== undefined) return first as Outcome<Answer>;
    const refused = rejection();
    if (refused !== undefined) return { kind: 'rejected', rejection: refused };
    state = apply(state, event);
    taken.push(event);
    const outcome = { kind: 'answered', answer: answer() } as const;
    answers.set(id, outcome);
    return outcome;
  }

  const requestKey = (what: string, { requestId }: OperatorRequest<unknown>): string => `${what}:${requestId}`;
  const atMs = nowMs;
  const mine: Partial<Migrations> = {
    page: async ({ ...target }, role) => {
      if (away) return unavailable;
      if (!('migrationId' in target) || target.migrationId !== state.migrationId)
        return { kind: 'absent', state: 'unknown', detail: 'No such migration.' };
      return { kind: 'answered', answer: hasPage(state, role) ? pageOf(state, role, nowMs) : undefined };
    },
    calendar: async (target, role) => {
      if (away) return unavailable;
      if (!('migrationId' in target) || target.migrationId !== state.migrationId)
        return { kind: 'absent', state: 'unknown', detail: 'No such migration.' };
      return { kind: 'answered', answer: hasPage(state, role) ? migrationCalendar(state, role) : undefined };
    },
    done: async (request) => {
      const { payload } = request;
      const judge = () => judgeDone(state, payload, nowMs);
      return say(requestKey('done', request), judge, { type: 'milestoneDone', atMs, report: payload }, () => ({
        milestoneId: payload.milestoneId,
        status: milestoneState(state, payload.milestoneId).status,
      }));
    },
    reportCounts: async (request) =>
      say(
        requestKey('counts', request),
        () => judgeCounts(state, request.payload, nowMs),
        { type: 'countsReported', atMs, report: request.payload },
        () => ({ counts: [] }),
      ),
    askHelp: async (request) =>
      say(
        requestKey('help', request),
        () => judgeHelp(state, request.payload),
        { type: 'helpAsked', atMs, request: request.payload },
        () => ({ milestoneId: request.payload.milestoneId }),
      ),
    revokeLinks: async (request) =>
      say(
        requestKey('revoke', request),
        () => judgeRevocation(state, request.payload),
        { type: 'linksRevoked', atMs, ...request.payload },
        () => ({ role: request.payload.role, generation: 1 }),
      ),
    sendSupplierEvent: async (_target, event) =>
      say(
        `event:${event.webhookId}`,
        () => judgeSupplierEvent(state, event),
        { type: 'supplierEventReceived', atMs, event },
        () => {
          const answer = state.ledger[event.webhookId];
          if (answer === undefined) throw new Error('the event was not applied');
          return answer;
        },
      ),
  };
  return {
    migrations: Object.assign(createMemoryMigrations(), mine),
    state: () => state,
    change: (change) => (state = change(state)),
    taken,
    goAway: (isAway) => (away = isAway),
  };
}
