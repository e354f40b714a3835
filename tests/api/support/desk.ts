import type { Migrations, Outcome } from '../../../api/migrations.js';
import { emptyHead, sealRecords } from '../../../rules/migration/auditChain.js';
import { apply } from '../../../rules/migration/apply.js';
import type { MigrationEvent, Rejection } from '../../../rules/migration/events.js';
import { judgeWaive } from '../../../rules/migration/judge.js';
import { milestoneState } from '../../../rules/migration/lookup.js';
import { isOwed } from '../../../rules/meeting/owed.js';
import { messageRow, migrationRow, milestoneRow } from '../../../rules/migration/registerRows.js';
import { judgeSlipAcknowledgement } from '../../../rules/migration/slipAcknowledged.js';
import { timelineOf } from '../../../rules/migration/timeline.js';
import type { Order } from '../../../rules/order/schema.js';
import type { Register } from '../../../register/types.js';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { Story } from '../../support/story.js';
import { createPageMigrations, type PageMigrations } from './pageMigrations.js';
import { startTestServer, type TestServer } from './testServer.js';

/** The real server over one migration that judges and applies, whose rows are the register's. */
export interface DeskServer extends TestServer {
  pages: PageMigrations;
  /** `/operator/migrations/…` */
  base: string;
  milestoneIds: string[];
}

export interface DeskSettings {
  order?: Order;
  /** As a day finds it: everything before has been sent, and nobody has answered. */
  on?: string;
  /** What happened before. */
  tell?: (story: Story) => void;
}

const WORKFLOW_ID = 'migration-test';

/** Rows as the register would have them, always of this moment. */
function registerOver(pages: PageMigrations, story: Story): Partial<Register> {
  const row = () => ({ ...migrationRow(pages.state(), WORKFLOW_ID), asOfSeq: pages.state().outbox.length });
  const isMeant = (id: string): boolean => [row().migrationId, row().odsCode].includes(id);
  const byDay = ({ dueOn = '9999' }, { dueOn: other = '9999' }): number => (dueOn < other ? -1 : 1);
  return {
    list: async () => ({ migrations: [row()], total: 1 }),
    show: async (id) => {
      if (!isMeant(id)) return undefined;
      const milestones = pages.state().plan.milestones.map(({ id: each }) => milestoneRow(pages.state(), each));
      return { migration: row(), milestones: milestones.toSorted(byDay) };
    },
    ringRows: async (today) => {
      const { migrationId, odsCode, practiceName, anchors, criticalMilestoneId } = row();
      const asked = new Set(
        story.sent.flatMap(({ message: { kind, items } }) =>
          kind === 'callTask' ? items.map(({ milestoneId }) => milestoneId) : [],
        ),
      );
      return pages
        .state()
        .plan.milestones.map(({ id }) => milestoneRow(pages.state(), id))
        .filter((each) => each.status === 'open' && isOwed(each))
        .filter(({ dueOn = '9999', milestoneId }) => dueOn < today || asked.has(milestoneId))
        .toSorted(byDay)
        .map((each) => ({
          ...each,
          migrationId,
          odsCode,
          practiceName,
          isCallTask: asked.has(each.milestoneId),
          ...(criticalMilestoneId !== undefined && { criticalMilestoneId }),
          ...(anchors[each.anchor]?.on !== undefined && { anchorOn: anchors[each.anchor]?.on ?? '' }),
        }));
    },
    history: async () => sealRecords(emptyHead, pages.state().outbox).records,
    messages: async () =>
      story.sent.map(({ message, atMs }) =>
        messageRow(
          message,
          { key: message.key, outcome: 'sent', mayHaveRepeated: false, messageId: `<${message.key}@x>` },
          atMs,
        ),
      ),
  };
}

/** What only operators ask and say. */
function operatorsPart(pages: PageMigrations, order: Order, nowMs: number): Partial<Migrations> {
  const answers = new Map<string, Outcome<never>>();
  function say<Answer>(id: string, rejection: Rejection | undefined, event: MigrationEvent, answer: () => Answer) {
    const first = answers.get(id);
    if (first !== undefined) return first;
    if (rejection !== undefined) return { kind: 'rejected', rejection } as const;
    pages.change((state) => apply(state, event));
    pages.taken.push(event);
    const outcome = { kind: 'answered', answer: answer() } as const;
    answers.set(id, outcome as Outcome<never>);
    return outcome;
  }
  const answerOn = (milestoneId: string) => () => ({
    milestoneId,
    status: milestoneState(pages.state(), milestoneId).status,
  });
  return {
    timeline: async () => ({ kind: 'answered', answer: timelineOf(pages.state()) }),
    planning: async () => ({ kind: 'answered', answer: { state: pages.state(), order, nowMs } }),
    waive: async ({ requestId, payload }) => {
      const event = { type: 'milestoneWaived', atMs: nowMs, ...payload } as const;
      return say(`waive:${requestId}`, judgeWaive(pages.state(), payload), event, answerOn(payload.milestoneId));
    },
    acknowledgeSlip: async ({ requestId, payload }) => {
      const event = { type: 'slipAcknowledged', atMs: nowMs, acknowledgement: payload } as const;
      const rejection = judgeSlipAcknowledgement(pages.state(), payload);
      return say(`slip:${requestId}`, rejection, event, answerOn(payload.milestoneId));
    },
  };
}

export async function startDeskServer({
  order = exampleOrder('plain'),
  on = '2026-11-23',
  tell = () => undefined,
}: DeskSettings = {}): Promise<DeskServer> {
  const story = new Story(startedExample(order)).until(on);
  tell(story);
  const pages = createPageMigrations(story.state, story.nowMs);
  const migrations = Object.assign(pages.migrations, operatorsPart(pages, order, story.nowMs));
  const server = await startTestServer({ migrations, register: registerOver(pages, story) });
  const { migrationId, plan } = story.state;
  return {
    app: server.app,
    runs: server.runs,
    migrations: pages.migrations,
    pages,
    base: `/operator/migrations/${migrationId}`,
    milestoneIds: plan.milestones.map(({ id }) => id),
  };
}
