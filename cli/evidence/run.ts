import path from 'node:path';
import { evidenceAnswer } from '../../api/answers/evidence.js';
import { askApi, step, type JsonOption } from '../apiCommand.js';
import type { ApiClient } from '../client.js';
import { ANSWER_IS_NO } from '../failure.js';
import { writePack } from '../pack/writePack.js';
import { harmless } from '../table.js';
import { evidenceFiles, type Evidence } from './files.js';

export interface EvidenceOptions extends JsonOption {
  out: string;
  migration?: string;
}

/** Page after page: a supplier has hundreds of migrations, and each of them hundreds of records. */
async function allOf(api: ApiClient, supplier: string, migration: string | undefined): Promise<Evidence> {
  const only = migration === undefined ? '' : `&migration=${step(migration)}`;
  const ask = async (offset: number): Promise<Evidence> =>
    evidenceAnswer.parse(await api.get(`/suppliers/${step(supplier)}/evidence?offset=${offset}${only}`));
  const first = await ask(0);
  const migrations = [...first.migrations];
  while (migrations.length < first.total) {
    const next = await ask(migrations.length);
    if (next.migrations.length === 0) break;
    migrations.push(...next.migrations);
  }
  return { ...first, migrations };
}

function summaryText({ migrations }: Evidence, files: readonly string[]): string {
  const entries = migrations.reduce((sum, each) => sum + each.entries.length, 0);
  const bad = migrations.filter(({ trail }) => !trail.ok);
  return [
    ...files,
    `${entries} records of ${migrations.length} migrations.`,
    ...bad.map(({ migrationId, trail }) => `Not as it was written: ${migrationId}, from record ${trail.firstBadSeq}.`),
  ].join('\n');
}

/** Writes the pack. The exit code says whether every trail is as it was written. @throws CommandFailure */
export async function writeEvidence(supplier: string, { out, migration, ...options }: EvidenceOptions): Promise<void> {
  await askApi(options, async (api) => {
    const evidence = await allOf(api, supplier, migration);
    const files = evidenceFiles(evidence);
    await writePack(out, files, false);
    if (evidence.migrations.some(({ trail }) => !trail.ok)) process.exitCode = ANSWER_IS_NO;
    const names = files.map(({ name }) => path.join(out, name));
    const trails = evidence.migrations.map(({ trail }) => trail);
    return { answer: { folder: out, files: names, trails }, text: harmless(summaryText(evidence, names)) };
  });
}
