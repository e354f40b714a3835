import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyHead, sealRecords, verifyChain } from '../../../rules/migration/auditChain.js';
import type { AuditRecord } from '../../../rules/migration/records.js';
import type { AuditDraft } from '../../../rules/migration/state.js';

const started: AuditDraft = { atMs: 1_799_312_400_000, actor: 'leadtime', type: 'started', data: { dateVersion: 1 } };
const done: AuditDraft = {
  atMs: 1_799_398_800_000,
  actor: 'Asha Patel',
  type: 'milestoneDone',
  data: { reference: '£5 “quoted”', on: '2027-01-08', 10: 'ten', 9: undefined, nested: { b: [1, null, -0], a: true } },
};

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

const anyDraft = fc.record({
  atMs: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  actor: fc.string({ unit: 'binary' }),
  type: fc.string({ unit: 'binary' }),
  data: fc.dictionary(fc.string({ unit: 'binary' }), fc.anything()),
});

describe('the audit chain', () => {
  it('has the hashes that anyone gets from the canonical JSON and SHA-256', () => {
    const { records, head } = sealRecords(emptyHead, [started, done]);
    const first = sha256(
      `${'0'.repeat(64)}\n{"actor":"leadtime","atMs":1799312400000,"data":{"dateVersion":1},"type":"started"}`,
    );
    const second = sha256(
      `${first}\n{"actor":"Asha Patel","atMs":1799398800000,"data":{"10":"ten","nested":{"a":true,"b":[1,null,0]},"on":"2027-01-08","reference":"£5 “quoted”"},"type":"milestoneDone"}`,
    );
    expect(records.map(({ seq, prevHash, hash }) => ({ seq, prevHash, hash }))).toEqual([
      { seq: 1, prevHash: '0'.repeat(64), hash: first },
      { seq: 2, prevHash: first, hash: second },
    ]);
    expect(head).toEqual({ seq: 2, hash: second });
  });

  it('is the same whether drafts are sealed at once or one by one', () => {
    const oneByOne = sealRecords(sealRecords(emptyHead, [started]).head, [done]);
    expect(oneByOne.head).toEqual(sealRecords(emptyHead, [started, done]).head);
  });

  it('does not depend on the order of the members', () => {
    const turned = { data: { dateVersion: 1 }, type: 'started', actor: 'leadtime', atMs: started.atMs };
    expect(sealRecords(emptyHead, [turned]).head).toEqual(sealRecords(emptyHead, [started]).head);
  });

  it('seals nothing when there is nothing, and keeps the head', () => {
    expect(sealRecords(emptyHead, [])).toEqual({ records: [], head: emptyHead });
    expect(verifyChain([], emptyHead)).toEqual({ ok: true });
  });

  it('verifies whatever was sealed, also after a trip through JSON', () => {
    fc.assert(
      fc.property(fc.array(anyDraft, { maxLength: 6 }), (drafts) => {
        const { records, head } = sealRecords(emptyHead, drafts);
        const kept = JSON.parse(JSON.stringify(records)) as AuditRecord[];
        expect(verifyChain(kept, head)).toEqual({ ok: true });
      }),
    );
  });

  it('holds no character that a database refuses, in whatever depth', () => {
    const hostile = { ...started, actor: 'a\0b', data: { 'k\0': ['\ud800', { deep: 'x\0' }], pair: '😀' } };
    const [record] = sealRecords(emptyHead, [hostile]).records;
    expect(record?.actor).toBe('a\uFFFDb');
    expect(record?.data).toEqual({ 'k\uFFFD': ['\uFFFD', { deep: 'x\uFFFD' }], pair: '😀' });
  });

  it('keeps a record whose data is nested thousands of levels deep', () => {
    let deep: unknown = 'bottom';
    for (let level = 0; level < 5_000; level += 1) deep = [deep];
    const { records, head } = sealRecords(emptyHead, [{ ...started, data: { deep } }]);
    expect(verifyChain(records, head)).toEqual({ ok: true });
    expect(JSON.stringify(records)).toContain('nested too deeply');
  });

  it('seals whole milliseconds, because that is what the register keeps', () => {
    const [record] = sealRecords(emptyHead, [{ ...started, atMs: 1000.4 }]).records;
    expect(record?.atMs).toBe(1000);
  });
});

describe('verifying an audit chain', () => {
  const { records, head } = sealRecords(emptyHead, [started, done, started, done]);

  const tampering: [string, (chain: AuditRecord[]) => AuditRecord[], number][] = [
    ['a changed actor', (chain) => chain.map((one) => (one.seq === 2 ? { ...one, actor: 'Someone Else' } : one)), 2],
    ['a changed instant', (chain) => chain.map((one) => (one.seq === 3 ? { ...one, atMs: one.atMs + 1 } : one)), 3],
    ['changed data', (chain) => chain.map((one) => (one.seq === 1 ? { ...one, data: { dateVersion: 2 } } : one)), 1],
    ['a record taken out', (chain) => chain.filter((one) => one.seq !== 2), 2],
    ['two records swapped', ([a, b, ...rest]) => (a && b ? [b, a, ...rest] : []), 1],
    ['a missing beginning', (chain) => chain.slice(1), 1],
    ['a cut tail', (chain) => chain.slice(0, 2), 3],
    ['a chain that is gone', () => [], 1],
    ['a rewritten tail', (chain) => [...chain.slice(0, 2), ...sealRecords(headOf(chain[1]), [done, done]).records], 4],
  ];

  it.each(tampering)('finds %s', (_name, tamper, firstBadSeq) => {
    expect(verifyChain(tamper(records), head)).toEqual({ ok: false, firstBadSeq });
  });

  it('cannot see a cut tail without the head', () => {
    expect(verifyChain(records.slice(0, 2))).toEqual({ ok: true });
  });

  it('accepts records that came after the head that it was given', () => {
    expect(verifyChain(records, headOf(records[1]))).toEqual({ ok: true });
  });

  function headOf(record: AuditRecord | undefined) {
    return record ? { seq: record.seq, hash: record.hash } : emptyHead;
  }
});
