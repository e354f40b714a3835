import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../../rules/migration/auditChain.js';
import type { AuditDraft } from '../../../rules/migration/state.js';
import { emptyQueue, seal, written } from '../../../workflows/migration/registerQueue.js';

const draft = (atMs: number): AuditDraft => ({ atMs, actor: 'leadtime', type: 'milestone.slipped', data: {} });

describe('records that are sealed after a write', () => {
  it('follow the end that the register tells, also where a replay has other instants for those before', () => {
    const lived = seal(emptyQueue(), [draft(1_000)], []);
    const replayed = seal(emptyQueue(), [draft(11_000)], []);
    const next = seal(written(replayed, lived.head), [draft(12_000)], []);
    expect(verifyChain([...lived.unwritten.audit, ...next.unwritten.audit])).toEqual({ ok: true });
  });

  it('follow their own end where the register does not tell it, as in old histories', () => {
    const queue = seal(emptyQueue(), [draft(1_000)], []);
    const next = seal(written(queue), [draft(2_000)], []);
    expect(verifyChain([...queue.unwritten.audit, ...next.unwritten.audit])).toEqual({ ok: true });
  });
});
