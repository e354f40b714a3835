/** A practice's migration up to a day, with people who keep up as well as they can. */
import { instantOf } from '../../../rules/calendar/clock.js';
import type { Day } from '../../../rules/calendar/day.js';
import { emptyHead, sealRecords } from '../../../rules/migration/auditChain.js';
import { messageRow, migrationRow, milestoneRow } from '../../../rules/migration/registerRows.js';
import type { MessageOutcome } from '../../../rules/migration/messages.js';
import type { RegisterWrite } from '../../../rules/migration/records.js';
import { sentDrafts } from '../../../rules/migration/sentDrafts.js';
import { startMigration } from '../../../rules/migration/start.js';
import type { AuditDraft } from '../../../rules/migration/state.js';
import { workflowIdOfPractice } from '../../../workflows/migration/ids.js';
import { plannedExample } from '../examples.js';
import { Story, type Sent } from '../story.js';
import { luck, weeksBetween, type RehearsedPractice } from './practices.js';

function begun({ order }: RehearsedPractice): Story {
  const { plan, directory } = plannedExample(order);
  const atMs = instantOf(plan.workingTime.clock, order.orderedOn, plan.workingTime.sendAtMinute);
  const { odsCode } = order.practice;
  const migrationId = `${odsCode}-${order.orderedOn.replaceAll('-', '')}-a2b3c4`;
  return new Story(startMigration({ migrationId, rehearsal: false, order, plan, directory, atMs }));
}

function doWhatIsDue(story: Story, day: Day, { order, diligence }: RehearsedPractice): void {
  const { plan } = story.state;
  for (const { id, dueOn = '9999', kind, hop, anchor } of plan.milestones) {
    const isTheirs = dueOn <= day && kind !== 'anchor' && story.milestone(id).status === 'open';
    if (!isTheirs || luck(order.practice.odsCode, id) >= diligence) continue;
    const { on } = plan.anchors[anchor];
    story.done(id, hop !== undefined && on !== undefined ? { forDate: on } : {});
  }
}

/** @param on 12:00 on this day is where it ends */
export function storyUntil(practice: RehearsedPractice, on: Day): Story {
  const story = begun(practice);
  if (on <= practice.order.orderedOn) return story;
  for (const day of weeksBetween(practice.order.orderedOn, on)) doWhatIsDue(story.until(day), day, practice);
  return story;
}

const outcomeOf = ({ message }: Sent): MessageOutcome => ({
  key: message.key,
  outcome: 'sent',
  mayHaveRepeated: false,
  messageId: `<${message.key}@wealdcsu.example>`,
});

/** What the register is told of a story: all of it at first, and afterwards what has been added. */
export function writerOf(story: Story): () => RegisterWrite {
  const drafts: AuditDraft[] = [];
  let [outbox, sent] = [0, 0];
  const added = (): AuditDraft[] => {
    const records = story.state.outbox.slice(outbox);
    const sends = story.sent.slice(sent).flatMap((each) => sentDrafts([each.message], [outcomeOf(each)], each.atMs));
    [outbox, sent] = [story.state.outbox.length, story.sent.length];
    return [...records, ...sends].toSorted((one, other) => one.atMs - other.atMs);
  };
  return () => {
    const { state } = story;
    drafts.push(...added());
    return {
      asOfSeq: drafts.length,
      migration: migrationRow(state, workflowIdOfPractice(state.directory.practice.odsCode)),
      milestones: state.plan.milestones.map(({ id }) => milestoneRow(state, id)),
      messages: story.sent.map((each) => messageRow(each.message, outcomeOf(each), each.atMs)),
      audit: sealRecords(emptyHead, drafts).records,
    };
  };
}
