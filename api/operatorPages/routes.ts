/** `/operator`: the pages of whoever looks after migrations. They are made of what the operators' API answers. */
import type { FastifyInstance } from 'fastify';
import type { RateChecks } from '../rateLimits.js';
import type { SignIn } from '../signIn/signIn.js';
import { historyPage, messagesPage, migrationPage } from './migration/pages.js';
import { portfolioPage } from './portfolio.js';
import { usePages } from './shell.js';
import { doorsOf } from './visit.js';

export interface OperatorPageDependencies {
  signIn: SignIn;
  rateChecks: Pick<RateChecks, 'perAddress'>;
}

export const operatorPageRoutes =
  ({ signIn, rateChecks }: OperatorPageDependencies) =>
  async (app: FastifyInstance): Promise<void> => {
    await usePages(app);
    app.addHook('onRequest', async (request) => {
      await rateChecks.perAddress(request, request.ip);
    });
    const { get } = doorsOf(app, signIn);
    get('/', portfolioPage);
    get('/migrations/:id', migrationPage);
    get('/migrations/:id/messages', messagesPage);
    get('/migrations/:id/history', historyPage);
  };
