/** The files of an evidence pack: to read, to sort, and to check. */
import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';
import type { evidenceAnswer } from '../../api/answers/evidence.js';
import { renderPage } from '../../api/pack/render.js';
import { instant } from '../table.js';

export type Evidence = z.infer<typeof evidenceAnswer>;
type Migration = Evidence['migrations'][number];
type Entry = Migration['entries'][number];

const SIDES: Readonly<Record<Entry['side'], string>> = {
  toSupplier: 'to them',
  fromSupplier: 'from them',
  about: 'about them',
  context: 'days and state',
};

const columns: [string, (entry: Entry, migration: Migration) => string][] = [
  ['odsCode', (_, { odsCode }) => odsCode],
  ['practice', (_, { practiceName }) => practiceName],
  ['migrationId', (_, { migrationId }) => migrationId],
  ['record', ({ record }) => String(record.seq)],
  ['at', ({ record }) => new Date(record.atMs).toISOString()],
  ['side', ({ side }) => SIDES[side]],
  ['what', ({ what }) => what],
  ['milestones', ({ milestoneIds }) => milestoneIds.join(' ')],
  ['dateVersion', ({ dateVersion }) => String(dateVersion)],
  ['outcome', ({ outcome }) => outcome ?? ''],
  ['messageId', ({ messageId }) => messageId ?? ''],
  ['actor', ({ record }) => record.actor],
  ['type', ({ record }) => record.type],
  ['hash', ({ record }) => record.hash],
  ['previousHash', ({ record }) => record.prevHash],
];

/** One line a record. A cell that a spreadsheet would take for a formula is kept from being one. */
function csvOf({ migrations }: Evidence): string {
  const rows = migrations.flatMap((migration) =>
    migration.entries.map((entry) => columns.map(([, valueOf]) => valueOf(entry, migration))),
  );
  return stringify([columns.map(([name]) => name), ...rows], { escape_formulas: true });
}

function trailWords({ trail }: Migration): string {
  const { ok, records, comparedWithMigration, end, firstBadSeq, what } = trail;
  if (!ok)
    return `Not as it was written: record ${firstBadSeq ?? 0} was ${what ?? 'changed'}. What follows it proves nothing.`;
  const known = comparedWithMigration
    ? 'The migration itself names the same end.'
    : 'The migration itself could not be asked where it ends.';
  return `As it was written: ${records} records, of which the last is ${end?.seq ?? 0}, ${end?.hash ?? ''}. ${known}`;
}

const lineOf = ({ record, side, what, milestoneIds, dateVersion, outcome, messageId }: Entry) => ({
  what,
  dateVersion,
  outcome: outcome ?? '',
  messageId: messageId ?? '',
  seq: record.seq,
  actor: record.actor,
  hash: record.hash,
  at: instant(record.atMs),
  side: SIDES[side],
  milestones: milestoneIds.join(', '),
});

function pageOf(evidence: Evidence): string {
  const { supplierId, madeAtMs, migrations } = evidence;
  return renderPage('evidence.njk', {
    supplierId,
    madeAt: instant(madeAtMs),
    migrations: migrations.map((migration) => ({
      ...migration,
      intact: migration.trail.ok,
      trailWords: trailWords(migration),
      lines: migration.entries.map(lineOf),
    })),
  });
}

const HOW =
  'hash = SHA-256 in hex of: previous hash, a line feed, and the canonical JSON (RFC 8785) of {actor, atMs, data, type}';

function recordsOf({ supplierId, madeAtMs, migrations }: Evidence): string {
  const kept = migrations.map(({ migrationId, trail, entries }) => ({
    migrationId,
    trail,
    records: entries.map(({ record }) => record),
  }));
  return `${JSON.stringify({ supplierId, madeAtMs, how: HOW, migrations: kept }, null, 2)}\n`;
}

export const evidenceFiles = (evidence: Evidence): { name: string; text: string }[] => [
  { name: 'evidence.html', text: pageOf(evidence) },
  { name: 'evidence.csv', text: csvOf(evidence) },
  { name: 'records.json', text: recordsOf(evidence) },
];
