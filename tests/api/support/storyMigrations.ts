import type { Migrations, MigrationTarget, Outcome } from '../../../api/migrations.js';
import { judgeRedate } from '../../../rules/migration/redate/judge.js';
import type { RedateAnswer } from '../../../workflows/migration/messages.js';
import { sharedOrder } from '../../support/sharedInstance.js';
import type { Story } from '../../support/story.js';
import { createMemoryMigrations } from './memoryMigrations.js';

const away: Outcome<never> = { kind: 'unavailable', detail: 'Temporal is away.' };

/** Migrations that are moved as running ones are: judged against the version, once for each request id. */
export function storyMigrations(stories: ReadonlyMap<string, Story>) {
  const answered = new Map<string, RedateAnswer>();
  const broken = new Set<string>();
  const storyOf = (target: MigrationTarget) =>
    stories.get('odsCode' in target ? target.odsCode : (target.migrationId.split('-')[0] ?? ''));
  const migrations: Migrations = {
    ...createMemoryMigrations(),
    planning: async (target) => {
      const story = storyOf(target);
      if (story === undefined) return { kind: 'absent', state: 'unknown', detail: 'There is none.' };
      const { state, nowMs } = story;
      return { kind: 'answered', answer: { state, nowMs, order: sharedOrder(state.directory.practice.odsCode) } };
    },
    redate: async ({ target, requestId, payload }) => {
      const story = storyOf(target);
      if (story === undefined || broken.has(story.state.directory.practice.odsCode)) return away;
      const first = answered.get(requestId);
      if (first !== undefined) return { kind: 'answered', answer: first };
      const rejection = judgeRedate(story.state, payload, story.nowMs);
      if (rejection !== undefined) return { kind: 'rejected', rejection };
      story.happens({ type: 'redated', atMs: story.nowMs, redate: payload });
      const { migrationId, plan } = story.state;
      const answer = { migrationId, dateVersion: plan.dateVersion, anchors: plan.anchors };
      answered.set(requestId, answer);
      return { kind: 'answered', answer };
    },
  };
  return { migrations, broken };
}
