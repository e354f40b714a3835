import { describe, expect, it } from 'vitest';
import { evidenceOf, type EvidenceEntry } from '../../../rules/evidence/evidence.js';
import { emptyHead, sealRecords } from '../../../rules/migration/auditChain.js';
import type { AuditDraft } from '../../../rules/migration/state.js';

const HOP = 'extract.initial.emis.core.1.formAtPractice';

const draft = (type: string, data: Record<string, unknown>, actor = 'leadtime'): AuditDraft => ({
  atMs: 1_800_000_000_000,
  actor,
  type,
  data,
});
const message = (type: string, kind: string, to: string): AuditDraft =>
  draft(type, { key: `${kind}/${to}/1`, kind, to, milestoneIds: [HOP], messageId: '<m1@csu.example>' });

function evidence(...drafts: AuditDraft[]): EvidenceEntry[] {
  const { records } = sealRecords(emptyHead, drafts);
  return evidenceOf(records, { supplierId: 'emis', milestoneIds: new Set([HOP]) });
}
const read = (...drafts: AuditDraft[]): string[] => evidence(...drafts).map(({ side, what }) => `${side}: ${what}`);

describe('the evidence of one supplier', () => {
  it('has mails to its people, sent or come back, and those that ask somebody to tell it', () => {
    const sent = message('message.sent', 'request', 'emis.contact');
    const back = message('message.bounced', 'chase', 'emis.accountManager');
    const byHand = message('message.sent', 'callTask', 'csuOperator');
    expect(read(sent, back, byHand)).toEqual([
      'toSupplier: Request for an extract, to emis.contact',
      'toSupplier: Chase, to emis.accountManager',
      'about: Somebody is asked to tell them by portal, telephone or post, to csuOperator',
    ]);
    expect(evidence(back)[0]).toMatchObject({ outcome: 'came back', messageId: '<m1@csu.example>' });
  });

  it('leaves out what others were sent or said, also where their id begins the same', () => {
    const reminder = message('message.sent', 'reminder', 'practiceManager');
    const other = message('message.sent', 'request', 'emis-x.contact');
    const said = draft(
      'supplier.event',
      { supplierId: 'emis-x', event: 'extract.scheduled', milestoneId: HOP },
      'emis-x',
    );
    const done = draft('milestone.done', { milestoneId: 'posters.main', on: '2026-11-20', effect: 'done' }, 'Ana');
    expect(read(reminder, other, said, done)).toEqual([]);
  });

  it('tells its own word from one that an operator has noted, and names the day that it gave', () => {
    const data = {
      supplierId: 'emis',
      event: 'form.received',
      milestoneId: HOP,
      effect: 'mismatch',
      date: '2027-01-07',
    };
    expect(read(draft('supplier.event', data, 'emis'), draft('supplier.event', data, 'Ana'))).toEqual([
      'fromSupplier: They say: form.received, for 2027-01-07',
      'fromSupplier: They say: form.received, as an operator has noted, for 2027-01-07',
    ]);
    expect(evidence(draft('supplier.event', data, 'emis'))[0]?.outcome).toBe('mismatch');
  });

  it('gives each record the version of the days that counted then', () => {
    const chase = message('message.sent', 'chase', 'emis.contact');
    const started = draft('migration.started', { dateVersion: 1 });
    const moved = draft('migration.redated', { dateVersion: 2, reason: 'staff' }, 'Ana');
    expect(evidence(started, chase, moved, chase).map(({ dateVersion }) => dateVersion)).toEqual([1, 1, 2, 2]);
  });

  it('repeats nobody’s own words, and keeps what it does not know', () => {
    const held = draft('migration.held', { reason: 'Mrs Smith is ill' }, 'Ana');
    const unknown = draft('milestone.paused', { milestoneId: HOP, milestones: 'not a list' });
    expect(read(held, unknown)).toEqual(['context: On hold: nothing is sent', 'about: milestone.paused']);
  });
});
