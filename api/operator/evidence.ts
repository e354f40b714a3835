import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Register } from '../../register/types.js';
import { evidenceOf } from '../../rules/evidence/evidence.js';
import { slugSchema } from '../../rules/order/fields.js';
import { evidenceAnswer } from '../answers/evidence.js';
import type { Migrations } from '../migrations.js';
import { wantedText } from '../plainJson.js';
import { ApiProblem } from '../problem.js';
import { headOf, verdictOf } from './audit.js';
import { orUnavailable } from './orUnavailable.js';
import { pageLinks } from './pageLinks.js';
import { knownBy } from './portfolio.js';

const tags = ['audit'];
const params = z.object({ supplierId: slugSchema.describe('The supplier’s id in the orders.') });
const query = z.object({
  migration: wantedText(100).exactOptional().describe('Only this one: a migration id or an ODS code.'),
  limit: z.coerce.number().int().min(1).max(50).default(20).describe('Migrations on a page.'),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});

export interface EvidenceDependencies {
  register: Pick<Register, 'show' | 'history' | 'migrationsOfParty'>;
  migrations: Pick<Migrations, 'auditHead'>;
}

async function evidenceIn({ register, migrations }: EvidenceDependencies, id: string, supplierId: string) {
  const { migration, milestones } = await knownBy(register, id);
  const { migrationId, odsCode, practiceName, status, dateVersion, asOfSeq } = migration;
  // Before the records: what is written meanwhile is checked, too.
  const head = await headOf(migrations, migrationId);
  const records = await orUnavailable(register.history(migrationId));
  const theirs = milestones.filter(({ partyId, holder }) => partyId === supplierId || holder === supplierId);
  const milestoneIds = new Set(theirs.map(({ milestoneId }) => milestoneId));
  const entries = evidenceOf(records, { supplierId, milestoneIds });
  const trail = verdictOf(migrationId, records, { head, lastSeq: asOfSeq });
  return { migrationId, odsCode, practiceName, status, dateVersion, trail, entries };
}

const nothingOf = (supplierId: string, where: string): ApiProblem =>
  new ApiProblem({
    code: 'supplier-unknown',
    status: 404,
    title: 'There is no such supplier',
    detail: `${where} has to do with "${supplierId}". Ids are those of the parties in the orders, as "leadtime holders" lists them.`,
  });

/** Everything that passed between us and one supplier, so that a dispute can be settled. */
export const evidenceRoutes =
  (deps: EvidenceDependencies): FastifyPluginAsyncZod =>
  async (app) => {
    const { register } = deps;
    const pageOf = async (id: string, { migration, limit, offset }: z.infer<typeof query>) => {
      if (migration === undefined) return orUnavailable(register.migrationsOfParty(id, { limit, offset }));
      return { migrationIds: [migration], total: 1 };
    };
    const summary = 'Every request, notice, chase, form and event between us and a supplier, to be checked later';
    app.get(
      '/suppliers/:supplierId/evidence',
      { schema: { summary, tags, params, querystring: query, response: { 200: evidenceAnswer } } },
      async ({ params: { supplierId }, query: wanted, url }, reply) => {
        const { migrationIds, total } = await pageOf(supplierId, wanted);
        if (total === 0) throw nothingOf(supplierId, 'No migration');
        const found = [];
        for (const id of migrationIds) found.push(await evidenceIn(deps, id, supplierId));
        const isNothing = found.every(({ entries }) => entries.every(({ side }) => side === 'context'));
        if (wanted.migration !== undefined && isNothing) throw nothingOf(supplierId, 'Nothing in this migration');
        const { offset, limit } = wanted;
        void reply.headers(pageLinks(url, { offset, count: found.length, total, limit }));
        return { supplierId, madeAtMs: Date.now(), total, migrations: found };
      },
    );
  };
