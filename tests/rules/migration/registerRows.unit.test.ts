import { describe, expect, it } from 'vitest';
import type { MessageOutcome, OutboundMessage } from '../../../rules/migration/messages.js';
import { messageRow, migrationRow, milestoneRow } from '../../../rules/migration/registerRows.js';
import type { MigrationState, MilestoneState } from '../../../rules/migration/state.js';
import type { PlannedMilestone } from '../../../rules/plan/types.js';

const atMs = 1_799_312_400_000;

function planned(id: string, over: Partial<PlannedMilestone> = {}): PlannedMilestone {
  return {
    id,
    ruleId: id,
    kind: 'task',
    title: `Title of ${id}`,
    action: 'Do it.',
    section: 'Pre-migration',
    source: 'guide/01-kick-off.md:1',
    holder: 'practice',
    anchor: 'goLive',
    steps: [],
    provisional: false,
    needsConfirmedDate: false,
    waitsFor: [],
    ladder: [],
    ...over,
  };
}

const open: MilestoneState = { status: 'open', rungs: {} };

function stateOf(
  milestones: [PlannedMilestone, MilestoneState?][],
  over: Partial<MigrationState> = {},
): MigrationState {
  const person = { name: 'Asha Patel', email: 'asha@practice.example' };
  const absent = { status: 'absent' } as const;
  const anchors = {
    kickOff: absent,
    technicalSurvey: absent,
    initialDataProduction: absent,
    finalDataProduction: absent,
  };
  return {
    migrationId: 'A12345-20270107-abc123',
    rehearsal: false,
    status: 'running',
    phase: 'preMigration',
    startedAtMs: atMs,
    directory: {
      practice: { odsCode: 'A12345', name: 'Example Medical Centre', sites: [] },
      csu: { name: 'Example CSU', mailbox: 'migrations@csu.example', phone: '0113 496 0000' },
      icb: { name: 'NHS Example ICB' },
      contacts: { practiceManager: person, csuOperator: person, csuManager: person },
      parties: [
        { id: 'emis', name: 'EMIS', roles: ['sourceSupplier'], channel: 'email' },
        { id: 'docman', name: 'DocMan', roles: ['thirdParty', 'targetSupplier'], channel: 'portal' },
      ],
      extractRequestSentBy: 'csu',
      chasedBy: 'csu',
    },
    plan: {
      ruleSet: { id: 'gp-england', version: '1.0.0' },
      calendar: { id: 'england-and-wales', version: '2026-11-01' },
      asOf: '2027-01-07',
      dateVersion: 2,
      anchors: {
        ...anchors,
        order: { status: 'confirmed', on: '2027-01-07' },
        goLive: { status: 'provisional', on: '2027-05-22' },
      },
      milestones: milestones.map(([milestone]) => milestone),
      problems: [],
      workingTime: {
        division: 'england-and-wales',
        calendarVersion: '2026-11-01',
        from: '2027-01-01',
        horizon: '2028-12-31',
        holidays: [],
        closures: [],
        clock: {
          zone: 'Europe/London',
          minuteOfDay: 540,
          offsets: [{ fromMs: 0, utcOffsetMinutes: 0 }],
          untilMs: 2e12,
        },
        sendAtMinute: 540,
        workUntilMinute: 1020,
      },
      hopLadders: {},
      endsOn: '2027-06-30',
    },
    milestones: Object.fromEntries(milestones.map(([milestone, current]) => [milestone.id, current ?? open])),
    ledger: {},
    pending: [],
    outbox: [],
    dirty: [],
    ...over,
  };
}

const nextOf = (state: MigrationState) => {
  const { nextDeadlineOn, nextMilestoneId } = migrationRow(state, 'migration-A12345');
  return [nextDeadlineOn, nextMilestoneId];
};

describe("a migration's register row", () => {
  it('says who, which versions, and how the anchors stand', () => {
    expect(migrationRow(stateOf([]), 'migration-A12345')).toMatchObject({
      migrationId: 'A12345-20270107-abc123',
      workflowId: 'migration-A12345',
      odsCode: 'A12345',
      practiceName: 'Example Medical Centre',
      division: 'england-and-wales',
      icb: 'NHS Example ICB',
      sourceSupplierId: 'emis',
      targetSupplierId: 'docman',
      ruleSet: 'gp-england@1.0.0',
      calendarVersion: '2026-11-01',
      dateVersion: 2,
      startedAtMs: atMs,
      anchors: { kickOff: { status: 'absent' }, goLive: { status: 'provisional', on: '2027-05-22' } },
    });
  });

  it('has the earliest open milestone that waits for no other open one as its next deadline', () => {
    const state = stateOf([
      [planned('later', { dueOn: '2027-03-01' })],
      [planned('waits', { dueOn: '2027-01-10', waitsFor: ['later'] })],
      [planned('settled', { dueOn: '2027-01-08' }), { ...open, status: 'waived' }],
      [planned('next', { dueOn: '2027-02-01', waitsFor: ['settled'] })],
      [planned('same-day', { dueOn: '2027-02-01' })],
      [planned('undated')],
    ]);
    expect(nextOf(state)).toEqual(['2027-02-01', 'next']);
  });

  it('has the earliest of those that wait, where everything dated waits', () => {
    const state = stateOf([
      [planned('undated')],
      [planned('b', { dueOn: '2027-02-02', waitsFor: ['undated'] })],
      [planned('a', { dueOn: '2027-02-01', waitsFor: ['undated'] })],
    ]);
    expect(nextOf(state)).toEqual(['2027-02-01', 'a']);
  });

  it('has no next deadline when nothing is open or dated, nor once it has ended', () => {
    const due = planned('due', { dueOn: '2027-02-01' });
    expect(nextOf(stateOf([[due, { ...open, status: 'done' }], [planned('undated')]]))).toEqual([undefined, undefined]);
    expect(nextOf(stateOf([[due]], { status: 'cancelled' }))).toEqual([undefined, undefined]);
  });

  it('counts the slipped milestones that are still open', () => {
    const slipped = { ...open, slippedOn: '2027-02-02' };
    const state = stateOf([[planned('a'), slipped], [planned('b'), { ...slipped, status: 'done' }], [planned('c')]]);
    expect(migrationRow(state, 'migration-A12345').slipped).toBe(1);
  });
});

describe("a milestone's register row", () => {
  it('names its holder as people do, and leaves out what is not so', () => {
    const state = stateOf([[planned('a')], [planned('b', { holder: 'docman' })], [planned('c', { holder: 'csu' })]]);
    expect(milestoneRow(state, 'a')).toEqual({
      milestoneId: 'a',
      ruleId: 'a',
      kind: 'task',
      title: 'Title of a',
      holder: 'practice',
      holderName: 'Example Medical Centre',
      anchor: 'goLive',
      provisional: false,
      status: 'open',
      // The second version of the dates.
      calendarSequence: 1,
      calendarChangedAtMs: atMs,
    });
    expect(milestoneRow(state, 'b').holderName).toBe('DocMan');
    expect(milestoneRow(state, 'c').holderName).toBe('Example CSU');
  });

  it('has its days, its party, and how it was settled', () => {
    const days = { opensOn: '2027-01-11', dueOn: '2027-01-14' };
    const settled = { settledOn: '2027-01-15', settledBy: 'Asha Patel', slippedOn: '2027-01-15' };
    const state = stateOf([[planned('a', { ...days, partyId: 'docman' }), { ...open, ...settled, status: 'done' }]]);
    expect(milestoneRow(state, 'a')).toMatchObject({ ...days, ...settled, partyId: 'docman', status: 'done' });
  });

  it('is refused for a milestone that the plan does not have', () => {
    expect(() => milestoneRow(stateOf([]), 'nothing')).toThrow('has no milestone "nothing"');
  });
});

describe("a message's register row", () => {
  it('names roles and milestones, and no address', () => {
    const item = { rungId: 'r', title: 't', action: 'a', provisional: false, holderName: 'h', source: 's' };
    const message: OutboundMessage = {
      key: 'digest.1',
      kind: 'digest',
      channel: 'email',
      to: { key: 'practiceManager', role: 'practiceManager', name: 'Asha Patel', email: 'asha@practice.example' },
      cc: [],
      about: {
        migrationId: 'A12345-20270107-abc123',
        odsCode: 'A12345',
        practiceName: 'Example Medical Centre',
        rehearsal: false,
        csu: { name: 'Example CSU', mailbox: 'migrations@csu.example', phone: '0113 496 0000' },
        sourceSupplierName: 'EMIS',
        targetSupplierName: 'DocMan',
        provisional: [],
        dateVersion: 1,
      },
      items: ['a', 'b', 'a'].map((milestoneId) => ({ ...item, milestoneId })),
      settles: [],
      sentOn: '2027-01-07',
    };
    const outcome: MessageOutcome = {
      key: 'digest.1',
      outcome: 'sent',
      mayHaveRepeated: true,
      messageId: '<1@csu.example>',
    };
    expect(messageRow(message, outcome, atMs)).toEqual({
      key: 'digest.1',
      messageId: '<1@csu.example>',
      kind: 'digest',
      toKey: 'practiceManager',
      outcome: 'sent',
      mayHaveRepeated: true,
      sentAtMs: atMs,
      milestoneIds: ['a', 'b'],
    });
  });
});
