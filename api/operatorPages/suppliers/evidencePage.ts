/** What passed between us and one supplier, for a dispute: read, printed, and checked against the trail that it is taken from. */
import type { z } from 'zod';
import { evidenceAnswer } from '../../answers/evidence.js';
import { hrefOf } from '../migration/frame.js';
import { operatorHtml } from '../shell.js';
import type { Visit } from '../visit.js';
import { instantWords } from '../words.js';

type Answer = z.infer<typeof evidenceAnswer>;
type Evidence = Answer['migrations'][number];
type Entry = Evidence['entries'][number];

const PAGE = 10;

const SIDES: Readonly<Record<Entry['side'], string>> = {
  toSupplier: 'From us',
  fromSupplier: 'From them',
  about: 'About it',
  context: 'The days',
};

/** Enough of a hash to be found again; the whole is in the pack that the command makes. */
const SHOWN_HASH = 12;

const entryView = ({ side, what, dateVersion, messageId = '', outcome = '', record }: Entry): object => ({
  what,
  dateVersion,
  messageId,
  outcome,
  seq: record.seq,
  side: SIDES[side],
  at: instantWords(record.atMs),
  hash: record.hash.slice(0, SHOWN_HASH),
});

const migrationView = ({ migrationId, odsCode, practiceName, dateVersion, trail, entries }: Evidence): object => ({
  migrationId,
  odsCode,
  practiceName,
  dateVersion,
  href: hrefOf(migrationId),
  isWhole: trail.ok,
  records: trail.records,
  firstBad: trail.firstBadSeq ?? null,
  entries: entries.map(entryView),
});

const pageNumber = (text = ''): number => (/^[1-9]\d{0,3}$/.test(text) ? Number(text) : 1);

/** `/operator/suppliers/:id/evidence`; with `?migration=` of one alone. */
export async function evidencePage({ desk, params, query, signedIn }: Visit): Promise<string> {
  const page = pageNumber(query['page']);
  const migration = (query['migration'] ?? '').trim();
  const wanted = new URLSearchParams({
    ...(migration !== '' && { migration }),
    limit: String(PAGE),
    offset: String((page - 1) * PAGE),
  });
  const path = `/suppliers/${encodeURIComponent(params.id)}/evidence`;
  const { supplierId, madeAtMs, total, migrations } = await desk.get(`${path}?${wanted.toString()}`, evidenceAnswer);
  const last = Math.max(Math.ceil(total / PAGE), 1);
  const hrefOfPage = (number: number): string => `?${new URLSearchParams({ page: String(number) }).toString()}`;
  const view = {
    supplierId,
    total,
    migration,
    madeAt: instantWords(madeAtMs),
    migrations: migrations.map(migrationView),
    pages: {
      number: page,
      last,
      previousHref: page > 1 ? hrefOfPage(Math.min(page - 1, last)) : null,
      nextHref: page < last ? hrefOfPage(page + 1) : null,
    },
  };
  return operatorHtml('evidence', { signedIn, section: 'suppliers' }, view);
}
