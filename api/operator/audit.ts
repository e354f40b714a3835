import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { systemChainId, type Register } from '../../register/types.js';
import { endOf, verifyChain } from '../../rules/migration/auditChain.js';
import type { AuditRecord, ChainHead } from '../../rules/migration/records.js';
import { workflowIdOf } from '../../workflows/migration/ids.js';
import { chainsAnswer, historyAnswer, verdictAnswer } from '../answers/system.js';
import type { Migrations } from '../migrations.js';
import { absentProblem } from '../outcomes.js';
import { wantedText } from '../plainJson.js';
import { orUnavailable } from './orUnavailable.js';
import { historyQuery } from './requests.js';

const tags = ['audit'];

const params = z.object({ chain: wantedText().describe('A migration id, or `system` for sign-ins and refusals.') });

/** Unlike a migration's trail this one has no end, so it is read in parts. */
const systemQuery = historyQuery.extend({
  limit: z.coerce.number().int().min(1).max(1_000).default(1_000).describe('At most so many; Link leads to the next.'),
});

const nextAfter = (seq: number, limit: number): string => `</api/audit/system?after=${seq}&limit=${limit}>; rel="next"`;

export type AuditRegister = Pick<Register, 'chains' | 'history' | 'show'>;

export interface AuditDependencies {
  register: AuditRegister;
  migrations: Pick<Migrations, 'auditHead'>;
}

/** What the migration itself says of its end; without it a cut tail shows only by the number of its last record. */
export async function headOf(
  migrations: Pick<Migrations, 'auditHead'>,
  migrationId: string,
): Promise<ChainHead | undefined> {
  if (workflowIdOf(migrationId) === undefined) return undefined;
  const outcome = await migrations.auditHead({ migrationId });
  return outcome.kind === 'answered' ? outcome.answer : undefined;
}

/** Whether the audit trail is as it was written: which chains there are, and what holds of one. */
export const auditRoutes =
  ({ register, migrations }: AuditDependencies): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/audit',
      { schema: { summary: 'The chains of the audit trail', tags, response: { 200: chainsAnswer } } },
      async () => ({
        chains: await orUnavailable(register.chains()),
      }),
    );
    app.get(
      '/audit/system',
      {
        config: { role: 'admin' },
        schema: {
          summary: 'The system’s own trail: sign-ins, tokens, refusals',
          tags,
          querystring: systemQuery,
          response: { 200: historyAnswer },
        },
      },
      async ({ query: part }, reply) => {
        const audit = await orUnavailable(register.history(systemChainId, part));
        const last = audit.at(-1)?.seq;
        if (last !== undefined && audit.length === part.limit) void reply.header('link', nextAfter(last, part.limit));
        return { migrationId: systemChainId, audit };
      },
    );
    app.get(
      '/audit/:chain/verdict',
      { schema: { summary: 'Whether one chain is as it was written', tags, params, response: { 200: verdictAnswer } } },
      async ({ params: { chain } }) => {
        // A practice's code means its migration. The end is asked for before the records: what is written meanwhile is checked too.
        const details = await orUnavailable(register.show(chain));
        const head = await headOf(migrations, details?.migration.migrationId ?? chain);
        const records = await orUnavailable(register.history(chain));
        if (details === undefined && records.length === 0 && chain !== systemChainId)
          throw absentProblem('unknown', `The register has no audit trail of "${chain}".`);
        return verdictOf(chain, records, { head, lastSeq: details?.migration.asOfSeq ?? 0 });
      },
    );
  };

interface KnownEnd {
  head: ChainHead | undefined;
  /** Number of the record up to which the register's other tables know the migration. */
  lastSeq: number;
}

/** Whether records are a whole chain as it was written. */
export function verdictOf(
  chain: string,
  records: AuditRecord[],
  { head, lastSeq }: KnownEnd,
): z.infer<typeof verdictAnswer> {
  const verdict = verifyChain(records, head);
  const end = endOf(records);
  const comparedWithMigration = head !== undefined;
  const base = { chain, records: records.length, comparedWithMigration, ...(end && { end }) };
  const isCut = verdict.ok && records.length < lastSeq;
  if (verdict.ok && !isCut) return { ...base, ok: true };
  const firstBadSeq = verdict.ok ? records.length + 1 : verdict.firstBadSeq;
  const standing = records.find(({ seq }) => seq === firstBadSeq);
  return {
    ...base,
    ok: false,
    firstBadSeq,
    what: standing === undefined ? 'removed' : 'changed',
    ...(standing && { record: { atMs: standing.atMs, actor: standing.actor, type: standing.type } }),
  };
}
