/** `/operator`: the pages of whoever looks after migrations. They are made of what the operators' API answers. */
import type { FastifyInstance } from 'fastify';
import type { RateChecks } from '../rateLimits.js';
import type { SignIn } from '../signIn/signIn.js';
import { ringPage } from './meeting/ringPage.js';
import { weekPage } from './meeting/weekPage.js';
import { historyPage, messagesPage, migrationPage } from './migration/pages.js';
import { lookAtMove, moveDays, movePage } from './move/pages.js';
import { rehearseOrder } from './orders/rehearsalPage.js';
import { changeOrder, lookAtOrder, startedPage, startExample, startOrder, startPage } from './orders/startPages.js';
import { milestonePage, takeMilestone } from './milestone/page.js';
import { portfolioPage } from './portfolio.js';
import { usePages } from './shell.js';
import { suppliersPage } from './suppliers/page.js';
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
    const { get, post } = doorsOf(app, signIn);
    get('/', portfolioPage);
    get('/migrations/:id', migrationPage);
    get('/migrations/:id/messages', messagesPage);
    get('/migrations/:id/history', historyPage);
    get('/migrations/:id/week', weekPage);
    get('/ring-list', ringPage);
    get('/migrations/:id/milestones/:milestone', milestonePage);
    post('/migrations/:id/milestones/:milestone/:what', takeMilestone);
    get('/migrations/:id/move', movePage);
    post('/migrations/:id/move/preview', lookAtMove);
    post('/migrations/:id/move', moveDays);
    get('/suppliers', suppliersPage);
    get('/start', startPage);
    post('/start/plan', lookAtOrder);
    post('/start/change', changeOrder);
    post('/start', startOrder);
    post('/start/example', startExample);
    get('/started/:id', startedPage);
    post('/rehearse', rehearseOrder);
  };
