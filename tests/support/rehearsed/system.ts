/** The real server over a real register and a small portfolio that was rehearsed up to a day: what is done on its pages happens. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createStandings } from '../../../api/operator/standings.js';
import { createPageLinks } from '../../../config/pageLinks.js';
import type { Migrations, MigrationTarget, Outcome } from '../../../api/migrations.js';
import { openRegister } from '../../../register/open.js';
import type { Day } from '../../../rules/calendar/day.js';
import type { Rejection } from '../../../rules/migration/events.js';
import { judgeRedate } from '../../../rules/migration/redate/judge.js';
import { judgeSlipAcknowledgement } from '../../../rules/migration/slipAcknowledged.js';
import { timelineOf } from '../../../rules/migration/timeline.js';
import type { Order } from '../../../rules/order/schema.js';
import { createMemoryMigrations } from '../../api/support/memoryMigrations.js';
import { PUBLIC_URL, startTestServer, testLinks, type TestServer } from '../../api/support/testServer.js';
import type { Story } from '../story.js';
import { rehearsedPractices } from './practices.js';
import { storyUntil, writerOf } from './story.js';

interface Rehearsed {
  story: Story;
  order: Order;
}

export interface RehearsedSystem extends Pick<TestServer, 'app'> {
  /** By ODS code, in order. */
  stories: ReadonlyMap<string, Rehearsed>;
  close(): Promise<void>;
}

const unknown: Outcome<never> = { kind: 'absent', state: 'unknown', detail: 'There is none.' };

/** Migrations that judge and apply, and tell the register; once for each request id. */
function migrationsOver(stories: ReadonlyMap<string, Rehearsed>, tell: (story: Story) => Promise<void>): Migrations {
  const answered = new Map<string, unknown>();
  const of = (target: MigrationTarget): Rehearsed | undefined =>
    stories.get('odsCode' in target ? target.odsCode : (target.migrationId.split('-')[0] ?? ''));
  const look = <Answer>(target: MigrationTarget, answer: (rehearsed: Rehearsed) => Answer): Outcome<Answer> => {
    const rehearsed = of(target);
    return rehearsed === undefined ? unknown : { kind: 'answered', answer: answer(rehearsed) };
  };
  async function say<Answer>(
    { target, requestId }: { target: MigrationTarget; requestId: string },
    happen: (story: Story) => Rejection | undefined,
    answer: (story: Story) => Answer,
  ): Promise<Outcome<Answer>> {
    const rehearsed = of(target);
    if (rehearsed === undefined) return unknown;
    const { story } = rehearsed;
    if (answered.has(requestId)) return { kind: 'answered', answer: answered.get(requestId) as Answer };
    const rejection = happen(story);
    if (rejection !== undefined) return { kind: 'rejected', rejection };
    answered.set(requestId, answer(story));
    await tell(story);
    return { kind: 'answered', answer: answer(story) };
  }
  const milestone = (milestoneId: string) => (story: Story) => ({
    milestoneId,
    status: story.milestone(milestoneId).status,
  });
  return {
    ...createMemoryMigrations(),
    timeline: async (target) => look(target, ({ story }) => timelineOf(story.state)),
    planning: async (target) => look(target, ({ story, order }) => ({ state: story.state, order, nowMs: story.nowMs })),
    done: (request) =>
      say(
        request,
        (story) => story.done(request.payload.milestoneId, request.payload),
        milestone(request.payload.milestoneId),
      ),
    acknowledgeSlip: (request) =>
      say(
        request,
        (story) => {
          const rejection = judgeSlipAcknowledgement(story.state, request.payload);
          if (rejection === undefined)
            story.happens({ type: 'slipAcknowledged', atMs: story.nowMs, acknowledgement: request.payload });
          return rejection;
        },
        milestone(request.payload.milestoneId),
      ),
    redate: (request) =>
      say(
        request,
        (story) => {
          const rejection = judgeRedate(story.state, request.payload, story.nowMs);
          if (rejection === undefined) story.happens({ type: 'redated', atMs: story.nowMs, redate: request.payload });
          return rejection;
        },
        ({ state: { migrationId, plan } }) => ({ migrationId, dateVersion: plan.dateVersion, anchors: plan.anchors }),
      ),
  };
}

/**
 * @param practices how many, at most twenty
 * @param on the day on which everything stands: `Date.now` must be on it, too
 */
export async function startRehearsedSystem(practices: number, on: Day): Promise<RehearsedSystem> {
  const folder = await mkdtemp(path.join(tmpdir(), 'leadtime-rehearsed-'));
  const register = await openRegister({ pgliteFolder: path.join(folder, 'register') });
  const stories = new Map(
    rehearsedPractices(practices).map((practice) => [
      practice.order.practice.odsCode,
      { story: storyUntil(practice, on), order: practice.order },
    ]),
  );
  const writers = new Map([...stories.values()].map(({ story }) => [story, writerOf(story)]));
  const tell = async (story: Story): Promise<void> => {
    const write = writers.get(story)?.();
    if (write !== undefined) await register.write(write);
  };
  for (const { story } of stories.values()) await tell(story);
  const server = await startTestServer({
    migrations: migrationsOver(stories, tell),
    register,
    standings: createStandings(),
    pageLinkOf: createPageLinks(testLinks, PUBLIC_URL),
  });
  const close = async (): Promise<void> => {
    await server.app.close();
    await register.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { app: server.app, stories, close };
}
