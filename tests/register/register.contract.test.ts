import fc from 'fast-check';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../register/connection.js';
import { RegisterConflictError } from '../../register/errors.js';
import { openRegister, type RegisterPlace } from '../../register/open.js';
import { openPglite } from '../../register/pglite.js';
import { connectPostgres } from '../../register/postgres.js';
import type { BlackoutConflict } from '../../rules/migration/blackoutConflicts.js';
import { historyOf } from '../../register/queries.js';
import {
  type ApiToken,
  type HistoryPart,
  type ListFilter,
  type Register,
  systemChainId,
} from '../../register/types.js';
import { ratingOf, ratings } from '../../rules/portfolio/standing.js';
import { emptyHead, sealRecords, verifyChain } from '../../rules/migration/auditChain.js';
import type { MilestoneRow, RegisterWrite } from '../../rules/migration/records.js';
import { type Places, pglitePlaces, postgresPlaces } from './places.js';
import {
  chain,
  draft,
  message,
  migration,
  milestone,
  MORNING_MS,
  undatedMigration,
  undatedMilestone,
  write,
} from './registerWrites.js';

const engines: [string, () => Promise<Places>][] = [
  ['PGlite', pglitePlaces],
  ['PostgreSQL', postgresPlaces],
];

describe.each(engines)('the register on %s', (_engine, makePlaces) => {
  let places: Places;
  let register: Register;
  let made = 0;

  beforeAll(async () => {
    places = await makePlaces();
    register = await openRegister(await places.fresh());
  });

  afterAll(async () => {
    await register.close();
    await places.stop();
  });

  /** A migration that no other test has touched. */
  const unused = (over: Parameters<typeof migration>[0] = {}) => {
    made += 1;
    const odsCode = `T${String(made).padStart(5, '0')}`;
    return migration({ migrationId: `${odsCode}-20270107-aaaaaa`, odsCode, ...over });
  };

  const standing = async (id: string) => ({
    shown: await register.show(id),
    history: await register.history(id),
    messages: await register.messages(id),
  });

  it('gives back what was written', async () => {
    const row = unused();
    const full = milestone({
      partyId: 'docman',
      opensOn: '2027-01-11',
      settledOn: '2027-01-12',
      settledBy: 'Asha Patel',
      slippedOn: '2027-01-12',
      status: 'done',
    });
    await register.write(write({ migration: row, milestones: [full], asOfSeq: 3, audit: chain(3) }));
    expect(await standing(row.migrationId)).toEqual({
      shown: { migration: { ...row, asOfSeq: 3 }, milestones: [full] },
      history: chain(3),
      messages: [message()],
    });
  });

  it('gives back a part of a trail', async () => {
    const row = unused();
    await register.write(write({ migration: row, asOfSeq: 4, audit: chain(4) }));
    const seqs = async (part: HistoryPart) => (await register.history(row.migrationId, part)).map(({ seq }) => seq);
    expect(await seqs({ after: 1, limit: 2 })).toEqual([2, 3]);
    expect(await seqs({ limit: 1 })).toEqual([1]);
    expect(await seqs({ after: 3 })).toEqual([4]);
    expect(await seqs({ after: 4 })).toEqual([]);
  });

  describe('finding migrations', () => {
    const icb = 'NHS Filtered ICB';
    const english = { today: '2026-12-23', amberUntil: '2027-01-04' };
    const scottish = { today: '2026-12-23', amberUntil: '2027-01-05' };
    const days = { 'england-and-wales': english, scotland: scottish, 'northern-ireland': english };
    const rows: Record<string, Parameters<typeof migration>[0]> = {
      late: { criticalOn: '2026-12-22', delayHolders: ['emis', 'practice'], practiceName: 'Late 100% Surgery' },
      soon: { criticalOn: '2027-01-04', nextDeadlineOn: '2026-12-30', phase: 'cutOver', owner: 'Tom Ashdown' },
      slow: {
        instanceId: 'mill-valley',
        nextDeadlineOn: '2026-12-22',
        sourceSupplierId: 'tpp',
        targetSupplierId: 'emis',
      },
      well: { criticalOn: '2027-01-05', nextDeadlineOn: '2026-12-23' },
      scot: { division: 'scotland', criticalOn: '2027-01-05' },
      held: { phase: 'onHold', onHoldSince: '2026-12-01', criticalOn: '2026-12-22' },
      over: { status: 'completed', criticalOn: '2026-12-01' },
    };
    const names = new Map<string, string>();

    beforeAll(async () => {
      for (const [name, over] of Object.entries(rows)) {
        const row = unused({ icb, ...over });
        names.set(row.migrationId, name);
        await register.write(write({ migration: row }));
      }
    });

    it.each<[ListFilter, string[]]>([
      [{}, ['held', 'late', 'over', 'scot', 'slow', 'soon', 'well']],
      [{ rated: { rating: 'red', days } }, ['late']],
      [{ rated: { rating: 'amber', days } }, ['scot', 'slow', 'soon']],
      [{ rated: { rating: 'green', days } }, ['well']],
      [{ rated: { rating: 'onHold', days } }, ['held']],
      [{ delayHolder: 'practice' }, ['late']],
      [{ phase: 'cutOver' }, ['soon']],
      [{ owner: 'Tom Ashdown' }, ['soon']],
      [{ sourceSupplierId: 'tpp' }, ['slow']],
      [{ targetSupplierId: 'emis' }, ['slow']],
      [{ instanceId: 'mill-valley' }, ['slow']],
      [{ dueBefore: '2026-12-23' }, ['slow']],
      [{ search: 'late 100%' }, ['late']],
      [{ search: '%' }, ['late']],
      [{ search: 'Nobody' }, []],
    ])('%j', async (filter, expected) => {
      const { migrations, total } = await register.list({ icb, ...filter });
      expect(migrations.map(({ migrationId }) => names.get(migrationId)).sort()).toEqual(expected);
      expect(total).toBe(expected.length);
    });

    it('by the beginning of an ODS code, in capitals or not', async () => {
      const [first] = [...names.keys()].map((id) => id.slice(0, 6));
      expect((await register.list({ search: first?.toLowerCase() ?? '' })).total).toBe(1);
    });

    it.each(ratings)('rates %s as the rule does', async (rating) => {
      const all = await register.list({ icb });
      const byRule = all.migrations.filter(
        (row) => ratingOf(row, row.division === 'scotland' ? scottish : english) === rating,
      );
      const bySql = await register.list({ icb, rated: { rating, days } });
      expect(bySql.migrations).toEqual(byRule);
    });
  });

  it('knows which hops are done, of migrations that are no rehearsals', async () => {
    const hop = (name: string, over: Partial<MilestoneRow> = {}) =>
      milestone({ milestoneId: `extract.initial.hopper.core.1.${name}`, ...over });
    const done = { status: 'done', settledOn: '2026-12-01', settledBy: 'Bo' } as const;
    const milestones = [hop('asked', done), hop('formAtPractice'), milestone({ milestoneId: 'other', ...done })];
    const [real, rehearsed] = [unused(), unused({ rehearsal: true })];
    for (const migration of [real, rehearsed]) await register.write(write({ migration, milestones }));
    const found = (await register.hopsDone()).filter(({ milestoneId }) => milestoneId.includes('.hopper.'));
    const { migrationId, division } = real;
    const milestoneId = 'extract.initial.hopper.core.1.asked';
    expect(found).toEqual([{ migrationId, milestoneId, on: '2026-12-01', by: 'Bo', division }]);
  });

  it('knows which days of running migrations lie in a blackout, from a day on', async () => {
    const conflict = (on: string): BlackoutConflict => {
      return { anchor: 'goLive', on, from: on, to: on, reason: 'flu clinics', source: 'the order' };
    };
    const rows = [
      unused({ blackoutConflicts: [conflict('2031-03-04'), conflict('2031-03-02')] }),
      unused({ blackoutConflicts: [conflict('2031-03-03')] }),
      unused({ blackoutConflicts: [conflict('2031-03-03')], status: 'cancelled' }),
      unused(),
    ];
    for (const migration of rows) await register.write(write({ migration }));
    const found = (await register.blackoutConflicts('2031-03-03')).filter(({ on }) => on.startsWith('2031'));
    expect(found.map(({ odsCode, on }) => [odsCode, on])).toEqual([
      [rows[1]?.odsCode, '2031-03-03'],
      [rows[0]?.odsCode, '2031-03-04'],
    ]);
    expect(found[0]).toMatchObject({ migrationId: rows[1]?.migrationId, reason: 'flu clinics', source: 'the order' });
  });

  it('knows who holds what, and which days are crowded, of running migrations that are no rehearsals', async () => {
    const initial = { initialDataProduction: { status: 'confirmed', on: '2029-01-09' } };
    const other = { initialDataProduction: { status: 'confirmed', on: '2028-12-31' } };
    const [first, second] = [unused({ anchors: initial }), unused({ anchors: initial })];
    const left = [
      unused({ anchors: initial, rehearsal: true }),
      unused({ anchors: initial, status: 'cancelled' }),
      unused({ anchors: other }),
    ];
    const held = (milestoneId: string, over: Partial<MilestoneRow> = {}) =>
      milestone({ milestoneId, holder: 'holder-x', holderName: 'Holder X', dueOn: '2029-01-02', ...over });
    const rows = [
      held('a'),
      held('b', { status: 'done' }),
      held('c', { dueOn: '2029-02-01' }),
      held('d', { kind: 'period' }),
    ];
    for (const row of [first, second, ...left]) await register.write(write({ migration: row, milestones: rows }));
    const holdings = await register.holdings('2029-01-03');
    expect(holdings.find(({ holder }) => holder === 'holder-x')).toEqual({
      holder: 'holder-x',
      holderName: 'Holder X',
      migrations: 3,
      open: 6,
      late: 3,
      nextDueOn: '2029-01-02',
    });
    expect(await register.crowdedDays('2029-01-01')).toEqual([
      { supplierId: 'emis', on: '2029-01-09', practices: [first.odsCode, second.odsCode] },
    ]);
  });

  it('lists what somebody may have to be rung about, for all operators or for one', async () => {
    const mine = { owner: 'Ring Owner', criticalMilestoneId: 'late' };
    const ringed = unused({ ...mine, anchors: { goLive: { status: 'confirmed', on: '2029-03-01' } } });
    const rows = [
      milestone({ milestoneId: 'late', anchor: 'goLive', dueOn: '2029-01-02' }),
      milestone({ milestoneId: 'today', dueOn: '2029-01-03' }),
      milestone({ milestoneId: 'done', dueOn: '2029-01-02', status: 'done' }),
      milestone({ milestoneId: 'period', dueOn: '2029-01-02', kind: 'period' }),
      milestone({ milestoneId: 'go-live', dueOn: '2029-01-01', kind: 'anchor', anchor: 'goLive' }),
      milestone({ milestoneId: 'call', dueOn: '2029-01-20', holder: 'csu', partyId: 'emis' }),
    ];
    const messages = [
      message({ key: 'a', kind: 'callTask', milestoneIds: ['call'] }),
      message({ key: 'b', kind: 'callTask', milestoneIds: ['today'], outcome: 'undeliverable' }),
      message({ key: 'c', kind: 'reminder', milestoneIds: ['today'] }),
    ];
    await register.write(write({ migration: ringed, milestones: rows, messages }));
    for (const left of [{ rehearsal: true }, { status: 'completed' as const }, { phase: 'onHold' as const }])
      await register.write(write({ migration: unused({ ...mine, ...left }), milestones: rows }));
    const listed = await register.ringRows('2029-01-03', 'Ring Owner');
    expect(listed.map(({ milestoneId, isCallTask }) => [milestoneId, isCallTask])).toEqual([
      ['go-live', false],
      ['late', false],
      ['call', true],
    ]);
    expect(listed[1]).toMatchObject({
      migrationId: ringed.migrationId,
      criticalMilestoneId: 'late',
      anchorOn: '2029-03-01',
      dueOn: '2029-01-02',
    });
    expect(await register.ringRows('2029-01-03', 'Nobody')).toEqual([]);
    const everybodys = await register.ringRows('2029-01-03');
    expect(everybodys).toEqual(expect.arrayContaining(listed));
  });

  it('keeps tokens, and revokes one once', async () => {
    const token: ApiToken = {
      tokenId: 'aaaaaaaaaaaa',
      name: 'nightly export',
      role: 'viewer',
      secretHash: 'f'.repeat(64),
      createdAtMs: MORNING_MS,
      createdBy: 'Bo',
      expiresAtMs: MORNING_MS + 1,
    };
    await register.addToken(token);
    await register.addToken({ ...token, tokenId: 'bbbbbbbbbbbb', createdAtMs: MORNING_MS + 5 });
    expect(await register.findToken('aaaaaaaaaaaa')).toEqual(token);
    expect(await register.findToken('cccccccccccc')).toBeUndefined();
    expect((await register.tokens()).map(({ tokenId }) => tokenId)).toEqual(['bbbbbbbbbbbb', 'aaaaaaaaaaaa']);
    expect(await register.revokeToken('aaaaaaaaaaaa', MORNING_MS + 9)).toBe(true);
    expect(await register.revokeToken('aaaaaaaaaaaa', MORNING_MS + 10)).toBe(false);
    expect(await register.findToken('aaaaaaaaaaaa')).toEqual({ ...token, revokedAtMs: MORNING_MS + 9 });
  });

  it('names every chain, also that of a migration whose trail is gone', async () => {
    const [kept, emptied] = [unused(), unused()];
    await register.write(write({ migration: kept, audit: chain(2), asOfSeq: 2 }));
    await register.write(write({ migration: emptied, audit: [], asOfSeq: 0 }));
    const chains = await register.chains();
    expect(chains).toEqual(expect.arrayContaining([kept.migrationId, emptied.migrationId]));
    expect(new Set(chains).size).toBe(chains.length);
  });

  it('knows nothing of what was never written', async () => {
    expect(await standing('Z99999')).toEqual({ shown: undefined, history: [], messages: [] });
  });

  it('leaves absent days absent, and takes a day away again', async () => {
    const row = unused();
    const { migrationId, odsCode } = row;
    await register.write(write({ migration: row }));
    const undated = undatedMigration({ migrationId, odsCode });
    await register.write(write({ migration: undated, asOfSeq: 2, audit: [], milestones: [undatedMilestone()] }));
    expect(await register.show(migrationId)).toEqual({
      migration: { ...undated, asOfSeq: 2 },
      milestones: [undatedMilestone()],
    });
  });

  it('changes nothing when a write is repeated', async () => {
    const row = unused();
    const once = write({ migration: row, asOfSeq: 2, audit: chain(2) });
    await register.write(once);
    const before = await standing(row.migrationId);
    await register.write(once);
    expect(await standing(row.migrationId)).toEqual(before);
  });

  it('keeps newer rows when an older write comes late, and still takes its missing records and rows', async () => {
    const row = unused();
    const [first, second] = chain(2);
    if (!first || !second) throw new Error('two records expected');
    const newer = write({
      migration: { ...row, slipped: 1 },
      asOfSeq: 2,
      audit: [second],
      messages: [],
      milestones: [milestone({ status: 'done' })],
    });
    const older = write({
      migration: row,
      asOfSeq: 1,
      audit: [first],
      milestones: [milestone(), milestone({ milestoneId: 'other' })],
    });
    await register.write(newer);
    await register.write(older);
    const { shown, history, messages } = await standing(row.migrationId);
    expect(shown?.migration).toMatchObject({ slipped: 1, asOfSeq: 2 });
    expect(shown?.milestones.map(({ milestoneId, status }) => [milestoneId, status])).toEqual([
      ['clean-up', 'done'],
      ['other', 'open'],
    ]);
    expect(history).toEqual(chain(2));
    expect(messages).toEqual([message()]);
  });

  it('ends the same whatever order writes come in, and however often', async () => {
    const seqs = [1, 2, 3, 4, 5];
    const arrival = fc.shuffledSubarray([...seqs, ...seqs, ...seqs], { minLength: 5 });
    await fc.assert(
      fc.asyncProperty(arrival, async (order) => {
        const row = unused();
        // Every write arrives at least once: Temporal retries until it does.
        for (const seq of [...order, ...seqs.filter((one) => !order.includes(one))])
          await register.write(nth(seq, row));
        const { shown, history, messages } = await standing(row.migrationId);
        expect(shown?.migration).toMatchObject({ asOfSeq: 5, slipped: 5 });
        expect(shown?.milestones.map(({ milestoneId, title }) => `${milestoneId} ${title}`).sort()).toEqual([
          'even 4',
          'odd 5',
        ]);
        expect(history).toEqual(chain(5));
        expect(messages.map(({ key }) => key)).toEqual(seqs.map((seq) => `message-${seq}`));
      }),
      { numRuns: 15 },
    );
  });

  /** Write number `seq` of five: its own record and message, and one of two milestones. */
  function nth(seq: number, row: ReturnType<typeof migration>): RegisterWrite {
    return {
      asOfSeq: seq,
      migration: { ...row, slipped: seq },
      milestones: [milestone({ milestoneId: seq % 2 === 0 ? 'even' : 'odd', title: String(seq) })],
      messages: [message({ key: `message-${seq}`, sentAtMs: MORNING_MS + seq })],
      audit: chain(5).filter((record) => record.seq === seq),
    };
  }

  it('refuses another record at a place that is taken, and then writes nothing of it', async () => {
    const row = unused();
    await register.write(write({ migration: row }));
    const before = await standing(row.migrationId);
    const forged = sealRecords(emptyHead, [draft({ actor: 'Someone Else' })]).records;
    const other = write({ migration: { ...row, practiceName: 'Other' }, asOfSeq: 9, audit: forged });
    const refused = await register.write(other).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RegisterConflictError);
    expect(refused).toMatchObject({ migrationId: row.migrationId, seq: 1 });
    expect(await standing(row.migrationId)).toEqual(before);
  });

  it('lets two writers of one migration take turns', async () => {
    const row = unused();
    await Promise.all([5, 1, 4, 2, 3, 5, 1].map((seq) => register.write(nth(seq, row))));
    const { shown, history } = await standing(row.migrationId);
    expect(shown?.migration).toMatchObject({ asOfSeq: 5, slipped: 5 });
    expect(history).toEqual(chain(5));
  });

  it('takes a rebuild of thousands of rows in one write', async () => {
    const row = unused();
    const milestones = Array.from({ length: 1_201 }, (_, index) => milestone({ milestoneId: `m${index}` }));
    const records = chain(3_000);
    await register.write(write({ migration: row, milestones, audit: records, asOfSeq: 3_000 }));
    expect((await register.show(row.migrationId))?.milestones).toHaveLength(1_201);
    expect(verifyChain(await register.history(row.migrationId))).toEqual({ ok: true });
  });

  it('takes the last of two rows of the same milestone or message', async () => {
    const row = unused();
    const twice = {
      milestones: [milestone(), milestone({ status: 'done' })],
      messages: [message(), message({ mayHaveRepeated: true })],
    };
    await register.write(write({ migration: row, ...twice }));
    const { shown, messages } = await standing(row.migrationId);
    expect(shown?.milestones).toEqual([milestone({ status: 'done' })]);
    expect(messages).toEqual([message({ mayHaveRepeated: true })]);
  });

  const hostile = [
    `'; drop table audit; --`,
    `"quoted" \\ $1 $$ %s`,
    '<script>alert(1)</script>',
    '🙂 né\u202e',
    `a\0b\ud800`,
  ];

  it.each(hostile)('keeps %j as text, in every place that takes words', async (text) => {
    const kept = text.replace('\0', '\uFFFD').replace('\ud800', '\uFFFD');
    const row = unused();
    const { records, head } = sealRecords(emptyHead, [
      draft({ actor: text, data: { [text]: [text], nested: { text } } }),
    ]);
    await register.write(
      write({
        migration: { ...row, practiceName: text, icb: text },
        milestones: [milestone({ milestoneId: text, title: text, holderName: text })],
        messages: [message({ key: text, milestoneIds: [text] })],
        audit: records,
      }),
    );
    const { shown, history, messages } = await standing(row.migrationId);
    expect(shown?.migration).toMatchObject({ practiceName: kept, icb: kept });
    expect(shown?.milestones).toEqual([milestone({ milestoneId: kept, title: kept, holderName: kept })]);
    expect(messages).toEqual([message({ key: kept, milestoneIds: [kept] })]);
    expect(history[0]).toMatchObject({ actor: kept, data: { [kept]: [kept], nested: { text: kept } } });
    expect(verifyChain(history, head)).toEqual({ ok: true });
    expect(await register.show(text)).toBeUndefined();
  });

  it('verifies what it kept of any event, numbers, keys and all', async () => {
    const data = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(data, fc.integer({ min: 0, max: 4_000_000_000_000 }), async (members, atMs) => {
        const row = unused();
        const { records, head } = sealRecords(emptyHead, [draft({ data: members, atMs })]);
        await register.write(write({ migration: row, audit: records }));
        expect(verifyChain(await register.history(row.migrationId), head)).toEqual({ ok: true });
      }),
      { numRuns: 60 },
    );
  });

  it('is not stopped by a day that SQL does not have', async () => {
    const row = unused();
    await register.write(
      write({ migration: row, milestones: [milestone({ settledOn: '0000-01-01', dueOn: 'soon' })] }),
    );
    expect((await register.show(row.migrationId))?.milestones).toEqual([undatedMilestone()]);
  });

  it('answers a ping', async () => {
    expect(await register.ping()).toBe(true);
  });

  describe('asked by ODS code', () => {
    const later = MORNING_MS + 86_400_000;

    it('shows the running migration rather than a newer one that has ended', async () => {
      const row = unused({ status: 'running' });
      await register.write(write({ migration: row }));
      await register.write(
        write({ migration: { ...row, migrationId: `${row.odsCode}-2`, status: 'cancelled', startedAtMs: later } }),
      );
      expect((await register.show(row.odsCode.toLowerCase()))?.migration.migrationId).toBe(row.migrationId);
      expect(await register.history(row.odsCode)).toHaveLength(1);
      expect(await register.messages(row.odsCode)).toHaveLength(1);
    });

    it('shows the newest where none is running', async () => {
      const row = unused({ status: 'completed' });
      await register.write(write({ migration: row }));
      await register.write(write({ migration: { ...row, migrationId: `${row.odsCode}-2`, startedAtMs: later } }));
      expect((await register.show(row.odsCode))?.migration.migrationId).toBe(`${row.odsCode}-2`);
    });

    it('shows a rehearsal only where the practice has nothing else', async () => {
      const row = unused({ rehearsal: true, startedAtMs: later });
      await register.write(write({ migration: row }));
      expect((await register.show(row.odsCode))?.migration.rehearsal).toBe(true);
      await register.write(
        write({ migration: { ...row, migrationId: `${row.odsCode}-2`, rehearsal: false, status: 'completed' } }),
      );
      expect((await register.show(row.odsCode))?.migration.rehearsal).toBe(false);
    });
  });

  it('keeps one system chain for many writers', async () => {
    const refusals = Array.from({ length: 8 }, (_, index) => draft({ type: 'signInRefused', data: { index } }));
    const records = await Promise.all(refusals.map((one) => register.appendSystemAudit(one)));
    const history = await register.history(systemChainId);
    expect(records.map(({ seq }) => seq).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(history.map(({ data }) => data['index']).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(verifyChain(history)).toEqual({ ok: true });
  });

  describe('listing', () => {
    let portfolio: Register;
    const ids = async (filter?: Parameters<Register['list']>[0]) => {
      const { migrations, total } = await portfolio.list(filter);
      return { ids: migrations.map(({ migrationId }) => migrationId), total };
    };

    beforeAll(async () => {
      portfolio = await openRegister(await places.fresh());
      const rows = [
        undatedMigration({ migrationId: 'undated', status: 'completed' }),
        migration({ migrationId: 'late', nextDeadlineOn: '2027-03-01' }),
        migration({ migrationId: 'early', nextDeadlineOn: '2026-12-30' }),
        migration({ migrationId: 'rehearsal-early', nextDeadlineOn: '2026-01-01', rehearsal: true }),
        migration({ migrationId: 'b-same-day' }),
        migration({ migrationId: 'a-same-day' }),
      ];
      for (const row of rows) await portfolio.write(write({ migration: row }));
    });

    afterAll(() => portfolio.close());

    it('goes by next deadline, those without one last, and leaves rehearsals out', async () => {
      expect(await ids()).toEqual({ ids: ['early', 'a-same-day', 'b-same-day', 'late', 'undated'], total: 5 });
    });

    it('shows rehearsals when asked', async () => {
      expect((await ids({ includeRehearsals: true })).ids[0]).toBe('rehearsal-early');
    });

    it('keeps to one status', async () => {
      expect(await ids({ status: 'completed' })).toEqual({ ids: ['undated'], total: 1 });
      expect(await ids({ status: 'cancelled' })).toEqual({ ids: [], total: 0 });
    });

    it('gives every migration once, page after page', async () => {
      const pages = [0, 2, 4].map((offset) => ids({ limit: 2, offset }));
      expect((await Promise.all(pages)).map((page) => page.ids)).toEqual([
        ['early', 'a-same-day'],
        ['b-same-day', 'late'],
        ['undated'],
      ]);
      expect(await ids({ limit: -5, offset: -5 })).toEqual({ ids: ['early'], total: 5 });
    });
  });

  it('still has everything once it is opened again, and its tables are not made twice', async () => {
    const place = await places.fresh();
    const first = await openRegister(place);
    await first.write(write());
    await first.close();
    const second = await openRegister(place);
    expect(await second.history('A12345')).toEqual(chain(1));
    await second.close();
  });

  describe('the audit, past the register, by its owner', () => {
    let connection: Connection;

    beforeAll(async () => {
      const place = await places.fresh();
      const written = await openRegister(place);
      await written.write(write());
      await written.close();
      connection = await connect(place);
    });

    afterAll(() => connection.close());

    it.each([
      `update audit set actor = 'nobody'`,
      `update audit set actor = 'nobody' where false`,
      'delete from audit',
      'truncate audit',
      'truncate audit, messages cascade',
      `insert into audit select * from audit on conflict (migration_id, seq) do update set actor = 'nobody'`,
      `set session_replication_role = replica; update audit set actor = 'nobody'`,
    ])('refuses "%s"', async (statements) => {
      const refused = inTurn(connection, statements.split('; '));
      const message: unknown = expect.stringContaining('append-only');
      await expect(refused).rejects.toMatchObject({ cause: { code: '42501', message } });
      expect(await historyOf(connection.db, 'A12345')).toEqual(chain(1));
    });
  });
});

/** In one transaction, that is, on one connection. */
async function inTurn({ db }: Connection, statements: string[]): Promise<void> {
  await db.transaction(async (tx) => {
    for (const statement of statements) await tx.execute(sql.raw(statement));
  });
}

async function connect(place: RegisterPlace): Promise<Connection> {
  return 'databaseUrl' in place ? connectPostgres(place.databaseUrl) : openPglite(place.pgliteFolder);
}
