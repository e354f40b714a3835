import type { z } from 'zod';
import type { adoptionsAnswer } from '../../api/answers/redate.js';
import { plural } from '../../rules/text/plural.js';
import { askApi, type JsonOption } from '../apiCommand.js';
import type { ApiClient } from '../client.js';
import { table } from '../table.js';

type Row = z.infer<typeof adoptionsAnswer>['migrations'][number];

/** Each is asked what it would do: a page takes a while. */
const PAGE = 50;

async function all(api: ApiClient, rehearsals: boolean): Promise<Row[]> {
  const { adoptionsAnswer } = await import('../../api/answers/redate.js');
  const rows: Row[] = [];
  for (;;) {
    const page = await api.get(`/adoptions?limit=${PAGE}&offset=${rows.length}&rehearsals=${String(rehearsals)}`);
    const { migrations, total } = adoptionsAnswer.parse(page);
    rows.push(...migrations);
    if (migrations.length === 0 || rows.length >= total) return rows;
  }
}

function noteOf({ refused, needsAcceptance, dropped }: Row): string {
  const risk = refused ? ['cannot be planned so'] : needsAcceptance ? ['has risks'] : [];
  return [...risk, ...(dropped > 0 ? [`${dropped} no longer needed`] : [])].join('; ');
}

const whatOf = ({ adopts }: Row): string =>
  adopts.map(({ what, before, after }) => `${what} ${before} → ${after}`).join('\n');

function textOf(rows: readonly Row[]): string {
  const would = rows.filter(({ state }) => state === 'adopts');
  const unknown = rows.filter(({ state }) => state === 'unknown' || state === 'onHold');
  const lines = would.map((row) => [
    row.odsCode,
    row.practiceName,
    whatOf(row),
    String(row.moves),
    noteOf(row),
    row.migrationId,
  ]);
  return [
    ...(would.length === 0 ? [] : [table(['ODS', 'Practice', 'Would adopt', 'Days moved', '', 'Migration'], lines)]),
    `${plural(would.length, 'migration')} of ${rows.length} would adopt something: "leadtime adopt MIGRATION --preview" shows what it does.`,
    ...(unknown.length === 0
      ? []
      : [`Not known of ${unknown.map(({ migrationId, state }) => `${migrationId} (${state})`).join(', ')}.`]),
  ].join('\n');
}

/** Prints which running migrations the calendar and the rules in use concern. */
export async function listAffected(options: JsonOption & { rehearsals?: true }): Promise<void> {
  await askApi(options, async (api) => {
    const rows = await all(api, options.rehearsals === true);
    return { answer: { migrations: rows }, text: textOf(rows) };
  });
}
