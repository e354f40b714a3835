import type { DeliverInput, DeliverResult, MigrationActivities } from '../../rules/migration/ports.js';
import type { PlannedMigration } from '../../rules/plan/planMigration.js';
import type { OutboundMessage } from '../../rules/migration/messages.js';
import type { AuditRecord, MilestoneRow, RegisterWrite } from '../../rules/migration/records.js';
import { endOf, sealRecords } from '../../rules/migration/auditChain.js';
import { sentDrafts } from '../../rules/migration/sentDrafts.js';

/** What a migration did, as a test sees it: every mail with its instant, every audit record, the newest row of each milestone. */
export interface Recording {
  sent: { atMs: number; message: OutboundMessage }[];
  audit: AuditRecord[];
  milestones: Map<string, MilestoneRow>;
  writes: number;
  /** How many more times the register answers "not written". */
  registerAwayFor: number;
  /** Keys of addressees whose mail is refused for good. */
  refused: Set<string>;
  activities: MigrationActivities;
}

/** Activities that do nothing but remember, typed as the real ones. @param planned what the planning activity answers */
export function recordActivities(planned: PlannedMigration): Recording {
  const recording: Recording = {
    sent: [],
    audit: [],
    milestones: new Map(),
    writes: 0,
    registerAwayFor: 0,
    refused: new Set(),
    activities: {
      planMigration: () => Promise.resolve(planned),
      deliverMessages: (input) => Promise.resolve(deliver(recording, input)),
      writeRegister: (write) => Promise.resolve({ registerWritten: remember(recording, write) }),
    },
  };
  return recording;
}

function remember(recording: Recording, write: RegisterWrite): boolean {
  recording.registerAwayFor -= 1;
  if (recording.registerAwayFor >= 0) return false;
  recording.writes += 1;
  // As the register does: a record that is there already stays.
  recording.audit.push(...write.audit.filter(({ seq }) => !recording.audit.some((record) => record.seq === seq)));
  for (const row of write.milestones) recording.milestones.set(row.milestoneId, row);
  return true;
}

function deliver(recording: Recording, { messages, write, head, atMs }: DeliverInput): DeliverResult {
  const outcomes = messages.map((message) => ({
    key: message.key,
    outcome: recording.refused.has(message.to.key) ? ('undeliverable' as const) : ('sent' as const),
    mayHaveRepeated: false,
    messageId: `<${message.key}@test>`,
  }));
  recording.sent.push(...messages.map((message) => ({ atMs, message })));
  const { records } = sealRecords(head, sentDrafts(messages, outcomes, atMs));
  const registerWritten = remember(recording, { ...write, audit: [...write.audit, ...records] });
  const end = endOf(records);
  return { outcomes, registerWritten, ...(registerWritten && end && { head: end }) };
}
