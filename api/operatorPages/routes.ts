/** `/operator`: the pages of whoever looks after migrations. They are made of what the operators' API answers. */
import type { FastifyInstance } from 'fastify';
import { MAX_ORDER_BYTES } from '../operator/requests.js';
import { livePageHeaders } from '../pages/headers.js';
import type { RateChecks } from '../rateLimits.js';
import type { SignIn } from '../signIn/signIn.js';
import { MAX_LIST_FORM_BYTES, takeFiles } from './bulk/csvForms.js';
import { listKinds } from './bulk/listKinds.js';
import { changeList, doByList, listForm, lookAtList } from './bulk/listPages.js';
import { bulkListPage, bulkPage, repeatBulk, stopBulk } from './bulk/pages.js';
import type { LiveRegister } from './live/look.js';
import { liveRoutes } from './live/routes.js';
import { ringPage } from './meeting/ringPage.js';
import { weekPage } from './meeting/weekPage.js';
import { historyPage, messagesPage, migrationPage } from './migration/pages.js';
import { lookAtMove, moveDays, movePage } from './move/pages.js';
import { lookAtForm, orderFormPage } from './orders/formPages.js';
import { rehearseOrder } from './orders/rehearsalPage.js';
import { changeOrder, lookAtOrder, startedPage, startExample, startOrder, startPage } from './orders/startPages.js';
import { changePage, changeState, commitChange, lookAtChange } from './change/pages.js';
import { wayNames } from './change/ways.js';
import { milestonePage, takeMilestone } from './milestone/page.js';
import { portfolioPage } from './portfolio.js';
import { usePages } from './shell.js';
import { evidencePage } from './suppliers/evidencePage.js';
import { suppliersPage } from './suppliers/page.js';
import { doorsOf } from './visit.js';

export interface OperatorPageDependencies {
  signIn: SignIn;
  rateChecks: Pick<RateChecks, 'perAddress'>;
  register: LiveRegister;
}

/** As large as the API takes an order, with each line end as three characters. */
const MAX_ORDER_FORM_BYTES = 2 * MAX_ORDER_BYTES;

/** Lists can be long, and can be files. */
const bulkRoutes =
  (signIn: SignIn) =>
  async (app: FastifyInstance): Promise<void> => {
    await takeFiles(app);
    const { get, post } = doorsOf(app, signIn, { bodyLimit: MAX_LIST_FORM_BYTES });
    get('/bulk', bulkListPage);
    for (const kind of listKinds) {
      get(`/bulk/${kind.path}`, listForm(kind));
      post(`/bulk/${kind.path}/look`, lookAtList(kind));
      post(`/bulk/${kind.path}/change`, changeList(kind));
      post(`/bulk/${kind.path}`, doByList(kind));
    }
    get('/bulk/:id', bulkPage);
    post('/bulk/:id/repeat', repeatBulk);
    post('/bulk/:id/stop', stopBulk);
  };

export const operatorPageRoutes =
  ({ signIn, rateChecks, register }: OperatorPageDependencies) =>
  async (app: FastifyInstance): Promise<void> => {
    await usePages(app);
    app.addHook('onRequest', async (request, reply) => {
      reply.headers(livePageHeaders);
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
    get('/suppliers/:id/evidence', evidencePage);
    const { post: postOrder } = doorsOf(app, signIn, { bodyLimit: MAX_ORDER_FORM_BYTES });
    get('/migrations/:id/change', changePage);
    for (const name of wayNames) {
      postOrder(`/migrations/:id/change/${name}/preview`, lookAtChange(name));
      postOrder(`/migrations/:id/change/${name}`, commitChange(name));
    }
    post('/migrations/:id/change/hold', changeState('hold'));
    post('/migrations/:id/change/cancel', changeState('cancel'));
    get('/start', startPage);
    get('/start/form', orderFormPage);
    postOrder('/start/form', lookAtForm);
    postOrder('/start/plan', lookAtOrder);
    postOrder('/start/change', changeOrder);
    postOrder('/start', startOrder);
    postOrder('/start/example', startExample);
    get('/started/:id', startedPage);
    postOrder('/rehearse', rehearseOrder);
    await app.register(bulkRoutes(signIn));
    await app.register(liveRoutes({ signIn, register }));
  };
