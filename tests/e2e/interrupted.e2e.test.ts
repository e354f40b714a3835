import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messageId } from '../../activities/email/render.js';
import { verifyChain } from '../../rules/migration/auditChain.js';
import type { AuditRecord } from '../../rules/migration/records.js';
import { rehearseMigration } from '../../rules/rehearsal/run.js';
import { exampleOrder, startedExample } from '../support/examples.js';
import { startStack, type Stack } from './support/stack.js';

/** A day in a tenth of a second: the whole example passes in about fifteen seconds, with time to be killed in. */
const speed = '1d=100ms';

/** Every Message-ID that the example has to bring, by the pure core alone. */
function expectedMessageIds(migrationId: string): string[] {
  const start = { ...startedExample(exampleOrder('plain')), migrationId };
  return rehearseMigration(start).sent.map(({ message }) => messageId(message));
}

describe('a rehearsal whose processes are killed in the middle', () => {
  let stack: Stack;
  let migrationId: string;
  let mails: string[];
  let audit: AuditRecord[];

  beforeAll(async () => {
    stack = await startStack();
    const text = await readFile(new URL('../../examples/plain.yaml', import.meta.url), 'utf8');
    const started = await stack.post('/api/migrations', { fileName: 'plain.yaml', text, speed });
    migrationId = String(started['migrationId']);
    await stack.untilMails(15);
    await stack.kill('app');
    await stack.untilMails(40);
    await stack.kill('temporal');
    await stack.untilMails(60);
    await stack.kill('mail');
    await stack.untilMails(70);
    await stack.killEverything();
    await stack.startAgain();
    await stack.untilStatus(migrationId, 'completed');
    mails = await stack.messageIds(migrationId);
    audit = await stack.history(migrationId);
  });

  afterAll(async () => {
    await stack.stop();
  });

  it('misses no mail', () => {
    expect([...new Set(mails)].sort()).toEqual(expectedMessageIds(migrationId).sort());
  });

  it('repeats at most the mail in flight at each kill, and says so in the audit', () => {
    const repeated = mails.filter((id, index) => mails.indexOf(id) !== index);
    const marked = audit.filter(({ data }) => data['mayHaveRepeated'] === true).map(({ data }) => data['messageId']);
    expect(marked).toEqual(expect.arrayContaining(repeated));
    expect(marked.length).toBeLessThanOrEqual(4);
  });

  it('ends with a whole audit trail that has each mail once', () => {
    expect(verifyChain(audit)).toEqual({ ok: true });
    const sent = audit.filter(({ type }) => type === 'message.sent').map(({ data }) => data['messageId']);
    expect([...sent].sort()).toEqual(expectedMessageIds(migrationId).sort());
    expect(audit.at(-1)?.type).toBe('migration.ended');
  });
});
