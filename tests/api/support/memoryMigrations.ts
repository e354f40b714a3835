import type { SupplierEvent } from '../../../rules/migration/events.js';
import type { PlanningAnswer } from '../../../workflows/migration/messages.js';
import { redateVersion } from '../../../rules/migration/redate/version.js';
import type { Migrations, MigrationTarget, Outcome, StartMigration, StartOutcome } from '../../../api/migrations.js';

interface Said {
  what: string;
  target?: MigrationTarget;
  payload: unknown;
}

/** Migrations in memory: remembers what it was told, and answers as it was told to. */
export interface MemoryMigrations extends Migrations {
  said: Said[];
  started: StartMigration[];
  /** What every supplier's event comes to from now on. */
  answerEventsWith(outcome: (event: SupplierEvent) => Outcome<never> | undefined): void;
  answerStartsWith(outcome: StartOutcome): void;
  answerBouncesWith(outcome: Outcome<never>): void;
  /** What a plan for other days is made from. */
  planFrom(outcome: Outcome<PlanningAnswer>): void;
}

export function createMemoryMigrations(): MemoryMigrations {
  const said: Said[] = [];
  const started: StartMigration[] = [];
  let forEvents: (event: SupplierEvent) => Outcome<never> | undefined = () => undefined;
  let forStarts: StartOutcome | undefined;
  let forBounces: Outcome<never> | undefined;
  let forPlanning: Outcome<PlanningAnswer> = { kind: 'unavailable', detail: 'Temporal is away.' };
  const taken = async <Answer>(entry: Said, answer: Answer): Promise<Outcome<Answer>> => {
    said.push(entry);
    return { kind: 'answered', answer };
  };
  return {
    said,
    started,
    answerEventsWith: (outcome) => (forEvents = outcome),
    answerStartsWith: (outcome) => (forStarts = outcome),
    answerBouncesWith: (outcome) => (forBounces = outcome),
    planFrom: (outcome) => (forPlanning = outcome),
    start: async (command) => {
      started.push(command);
      return forStarts ?? { kind: 'started', migrationId: command.migrationId, workflowId: 'migration-Z90001' };
    },
    sendSupplierEvent: async (target, event) => {
      const other = forEvents(event);
      if (other !== undefined) return other;
      const { webhookId } = event;
      const answer = {
        webhookId,
        migrationId: 'Z90001-20260914-k3v9qa',
        milestoneId: 'extract.initial.emis.core.1.asked',
      };
      return taken({ what: 'event', target, payload: event }, { ...answer, effect: 'done', message: 'Noted.' });
    },
    done: async ({ target, payload }) =>
      taken({ what: 'done', target, payload }, { milestoneId: payload.milestoneId, status: 'done' }),
    waive: async ({ target, payload }) =>
      taken({ what: 'waive', target, payload }, { milestoneId: payload.milestoneId, status: 'waived' }),
    acknowledgeSlip: async ({ target, payload }) =>
      taken({ what: 'acknowledgeSlip', target, payload }, { milestoneId: payload.milestoneId, status: 'open' }),
    cancel: async ({ target, payload }) => taken({ what: 'cancel', target, payload }, { status: 'cancelled' }),
    hold: async ({ target, payload }) =>
      taken({ what: 'hold', target, payload }, { migrationId: 'Z90001-20260914-k3v9qa', on: '2026-11-23' }),
    redate: async ({ target, payload }) => {
      const { anchors } = payload.plan;
      // As a migration would: another change came first.
      if (forPlanning.kind === 'answered' && redateVersion(forPlanning.answer.state) !== payload.version)
        return { kind: 'rejected', rejection: { type: 'PreviewOutdated', message: 'It has changed.', choices: [] } };
      return taken(
        { what: 'redate', target, payload },
        { migrationId: 'Z90001-20260914-k3v9qa', dateVersion: 2, anchors },
      );
    },
    planning: async () => forPlanning,
    amendContact: async ({ target, payload }) =>
      taken({ what: 'amendContact', target, payload }, { target: payload.target }),
    reportCounts: async ({ target, payload }) => {
      const counts = Object.entries(payload.values).map(([counterId, value]) => ({
        counterId,
        title: counterId,
        value,
        on: payload.on ?? '2026-11-23',
      }));
      return taken({ what: 'reportCounts', target, payload }, { counts });
    },
    decide: async ({ target, payload }) => {
      const answer = { milestoneId: 'reconciliation-decision', status: 'done', resting: [] } as const;
      return taken({ what: 'decide', target, payload }, { ...answer, resting: [] });
    },
    addItem: async ({ target, payload }) => {
      const milestoneId = `${payload.item.kind}.${payload.item.id}`;
      return taken({ what: 'addItem', target, payload }, { milestoneId, status: 'open' });
    },
    reportBounce: async ({ target, payload }) =>
      forBounces ?? taken({ what: 'reportBounce', target, payload }, { milestoneId: 'notify.eps', status: 'open' }),
    askHelp: async ({ target, payload }) =>
      taken({ what: 'askHelp', target, payload }, { milestoneId: payload.milestoneId }),
    revokeLinks: async ({ target, payload }) =>
      taken({ what: 'revokeLinks', target, payload }, { role: payload.role, generation: 1 }),
    page: async () => ({ kind: 'answered', answer: undefined }),
    armed: async () => ({ kind: 'unavailable', detail: 'Temporal is away.' }),
    running: async () => ({ kind: 'answered', answer: [] }),
    calendar: async () => ({ kind: 'answered', answer: undefined }),
    auditHead: async () => ({ kind: 'unavailable', detail: 'Temporal is away.' }),
    timeline: async (target) => taken({ what: 'timeline', target, payload: undefined }, []),
  };
}
