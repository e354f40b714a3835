import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { PageLinkOf } from '../../config/pageLinks.js';
import { todayInLondon } from '../../config/today.js';
import { revokedAnswer } from '../answers/actions.js';
import { pageLinkAnswer } from '../answers/links.js';
import type { Migrations } from '../migrations.js';
import { answerOf, rejectionProblem } from '../outcomes.js';
import { freeText, textLine } from '../plainJson.js';
import { migrationParams, requestIdOf, targetOf } from './requests.js';

const role = textLine(80).describe('Whose page: practiceManager, or PARTY.contact.');
const linkBody = z.strictObject({ role });
const revocationBody = z.strictObject({ role, by: freeText().describe('Who revokes them, for the audit trail.') });

const tags = ['migrations'];

export const noPage = (asked: string) =>
  rejectionProblem({
    type: 'NoPage',
    message: `Nobody has a page as "${asked}". Write practiceManager, or PARTY.contact with a party of this migration.`,
    choices: [],
  });

export interface LinkDependencies {
  migrations: Migrations;
  pageLinkOf: PageLinkOf;
}

/** The links to people's pages: a fresh one for somebody who has lost theirs, and the end of all that went out. */
export const linkRoutes =
  ({ migrations, pageLinkOf }: LinkDependencies): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/migrations/:id/links',
      {
        schema: {
          summary: 'A fresh link to somebody’s page',
          tags,
          params: migrationParams,
          body: linkBody,
          response: { 200: pageLinkAnswer },
        },
      },
      async (request, reply) => {
        const page = answerOf(await migrations.page(targetOf(request.params.id), request.body.role));
        if (page === undefined) throw noPage(request.body.role);
        const { migrationId, role: of, linkGeneration: generation } = page;
        request.log.info({ migrationId, role: of }, 'a link to a page was made');
        const link = await pageLinkOf({ migrationId, role: of, generation }, todayInLondon());
        return reply.header('cache-control', 'no-store').send({ migrationId, role: of, ...link });
      },
    );
    app.post(
      '/migrations/:id/links/revoke',
      {
        schema: {
          summary: 'Links to a page end',
          tags,
          params: migrationParams,
          body: revocationBody,
          response: { 200: revokedAnswer },
        },
      },
      async (request) => {
        const command = { target: targetOf(request.params.id), requestId: requestIdOf(request), payload: request.body };
        return answerOf(await migrations.revokeLinks(command));
      },
    );
  };
