import type { PortfolioRegister } from '../../../api/operator/portfolio.js';
import type { MigrationDetails } from '../../../register/types.js';

const details: MigrationDetails = {
  migration: {
    migrationId: 'Z90001-20260914-k3v9qa',
    workflowId: 'migration-Z90001',
    odsCode: 'Z90001',
    practiceName: 'Example Medical Centre',
    rehearsal: false,
    status: 'running',
    phase: 'preMigration',
    division: 'england-and-wales',
    icb: 'Example ICB',
    sourceSupplierId: 'emis',
    targetSupplierId: 'tpp',
    ruleSet: 'gp-england@1',
    calendarVersion: '1',
    dateVersion: 1,
    startedAtMs: Date.UTC(2026, 8, 14, 8),
    nextDeadlineOn: '2026-11-30',
    nextMilestoneId: 'clean-up',
    slipped: 1,
    anchors: { kickOff: { status: 'absent' }, goLive: { status: 'provisional', on: '2027-03-02' } },
    asOfSeq: 1,
  },
  milestones: [
    {
      milestoneId: 'clean-up',
      ruleId: 'clean-up',
      kind: 'task',
      title: 'Clean up the records',
      holder: 'practice',
      holderName: 'Example Medical Centre',
      anchor: 'goLive',
      dueOn: '2026-11-30',
      provisional: true,
      status: 'open',
      slippedOn: '2026-12-01',
    },
  ],
};

const isKnown = (id: string): boolean => [details.migration.migrationId, details.migration.odsCode].includes(id);

/** A register with one migration, as people see it. */
export const portfolio: PortfolioRegister = {
  list: async () => ({ migrations: [details.migration], total: 1 }),
  show: async (id) => (isKnown(id) ? details : undefined),
  history: async () => [
    {
      seq: 1,
      atMs: Date.UTC(2026, 8, 14, 8),
      actor: 'leadtime',
      type: 'started',
      data: { note: '\u001B[2Jgone' },
      prevHash: '0'.repeat(64),
      hash: '1'.repeat(64),
    },
  ],
  messages: async () => [],
  holdings: async () => [
    { holder: 'emis', holderName: 'EMIS', migrations: 2, open: 9, late: 3, nextDueOn: '2026-11-30' },
    { holder: 'practice', holderName: 'Example Medical Centre', migrations: 4, open: 21, late: 0 },
  ],
  ringRows: async () => [],
  hopsDone: async () =>
    [
      ['asked', '2027-01-04'],
      ['formAtPractice', '2027-01-11'],
    ].map(([hop = '', on = '']) => ({
      migrationId: 'Z90001-20260914-k3v9qa',
      milestoneId: `extract.initial.emis.core.1.${hop}`,
      on,
      by: hop,
      division: 'england-and-wales',
    })),
  blackoutConflicts: async () => [
    {
      migrationId: 'Z90001-20260914-k3v9qa',
      odsCode: 'Z90001',
      practiceName: 'Example Medical Centre',
      anchor: 'goLive',
      on: '2027-03-02',
      from: '2027-03-01',
      to: '2027-03-05',
      reason: 'staff leave',
      source: 'closures of the order',
      holder: 'practice',
    },
  ],
  crowdedDays: async () => [
    { supplierId: 'emis', on: '2027-01-07', practices: ['Z90001', 'Z90002', 'Z90003'] },
    { supplierId: 'tpp', on: '2027-01-07', practices: ['Z90004', 'Z90005'] },
    { supplierId: 'emis', on: '2027-01-14', practices: ['Z90006'] },
  ],
  chains: async () => [details.migration.migrationId, 'system'],
};
