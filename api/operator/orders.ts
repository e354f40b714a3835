/** Looking at what an order would come to, without starting anything: its plan, how a date came about, the whole migration in virtual time. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { planFromOrderText, type PlannedOrder } from '../../config/planFromText.js';
import { todayInLondon } from '../../config/today.js';
import { instantOf } from '../../rules/calendar/clock.js';
import type { Day } from '../../rules/calendar/day.js';
import { daySchema } from '../../rules/calendar/daySchema.js';
import { startMigration } from '../../rules/migration/start.js';
import type { Order } from '../../rules/order/schema.js';
import { explainMilestone } from '../../rules/plan/explain.js';
import { judgeFeasibility } from '../../rules/plan/feasibility.js';
import { nobody } from '../../rules/rehearsal/actor.js';
import { diligent } from '../../rules/rehearsal/diligent.js';
import { firstDayOf } from '../../rules/rehearsal/firstDay.js';
import { rehearseMigration } from '../../rules/rehearsal/run.js';
import { summaryOf } from '../../rules/rehearsal/summary.js';
import { nearest } from '../../rules/text/nearest.js';
import { makeMigrationId } from '../../workflows/migration/ids.js';
import { explanationAnswer, planAnswer, rehearsalAnswer } from '../answers/orders.js';
import { textLine } from '../plainJson.js';
import { ApiProblem } from '../problem.js';
import { MAX_ORDER_BYTES, startBody } from './requests.js';

const tags = ['orders'];

const orderBody = startBody.omit({ speed: true });
const explanationBody = orderBody.extend({ milestoneId: textLine(200).describe('Like notify.eps.') });
const rehearsalBody = orderBody.extend({
  asOf: daySchema
    .exactOptional()
    .describe('Its first day; the day of the order, or of the last thing done, by default.'),
  everybody: z
    .enum(['doesNothing', 'isEarly'])
    .default('doesNothing')
    .describe('doesNothing: all that can be reminded of and escalated is. isEarly: nobody has to be reminded.'),
});

const errorsOf = (code: string, detail: string, errors: object[]): ApiProblem =>
  new ApiProblem({ code, status: 400, title: 'The order is not valid', detail, errors });

/** @throws ApiProblem 400 with every problem, at its line */
async function planned(
  { fileName, text, asOf }: z.infer<typeof orderBody>,
  otherwise: (order: Order) => Day,
): Promise<PlannedOrder> {
  const reading = await planFromOrderText(text, fileName, asOf ?? otherwise);
  if (!reading.ok) throw errorsOf('order-unreadable', 'It cannot be planned.', reading.problems);
  const errors = reading.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw errorsOf('order-refused', 'It cannot be planned without errors.', errors);
  return reading;
}

function explained({ plan, ruleSet }: PlannedOrder, milestoneId: string) {
  const milestone = plan.milestones.find(({ id }) => id === milestoneId);
  if (milestone !== undefined) return explainMilestone(plan, ruleSet, milestone);
  const ids = plan.milestones.map(({ id }) => id);
  const detail = `This plan has no milestone "${milestoneId}"; did you mean ${nearest(milestoneId, ids).join(', ')}?`;
  throw new ApiProblem({ code: 'unknown-milestone', status: 404, title: 'There is no such milestone', detail });
}

function rehearsed({ order, plan, directory, asOf }: PlannedOrder, everybody: 'doesNothing' | 'isEarly') {
  const migrationId = makeMigrationId(order.practice.odsCode, order.orderedOn, 'dryrun', true);
  const atMs = instantOf(plan.workingTime.clock, asOf, plan.workingTime.sendAtMinute);
  const start = startMigration({ migrationId, rehearsal: true, order, plan, directory, atMs });
  const run = rehearseMigration(start, { actor: everybody === 'isEarly' ? diligent({ pace: 'early' }) : nobody });
  return { migrationId, asOf, summary: summaryOf(run), trace: run.trace };
}

/** `POST /api/orders/plan`, `/explanation` and `/rehearsal`. For a viewer too: nothing comes of them. */
export const orderRoutes: FastifyPluginAsyncZod = async (app) => {
  const options = { bodyLimit: MAX_ORDER_BYTES, config: { role: 'viewer' } } as const;
  const today = () => todayInLondon();
  app.post(
    '/orders/plan',
    { ...options, schema: { summary: 'The plan of an order', tags, body: orderBody, response: { 200: planAnswer } } },
    async ({ body }) => {
      const { order, ruleSet, plan, problems, refusals, asOf } = await planned(body, today);
      const { milestones, workingTime } = plan;
      const feasibility = judgeFeasibility({ order, ruleSet, milestones, workingTime, asOf });
      return { wouldBeRefused: refusals.length > 0, asOf, problems, ...(feasibility && { feasibility }), plan };
    },
  );
  app.post(
    '/orders/explanation',
    {
      ...options,
      schema: { summary: 'How a date came about', tags, body: explanationBody, response: { 200: explanationAnswer } },
    },
    async ({ body: { milestoneId, ...order } }) => ({
      explanation: explained(await planned(order, today), milestoneId),
    }),
  );
  const summary = 'The whole migration in virtual time: every wake, mail, escalation and change';
  app.post(
    '/orders/rehearsal',
    { ...options, schema: { summary, tags, body: rehearsalBody, response: { 200: rehearsalAnswer } } },
    async ({ body: { everybody, ...order } }) => rehearsed(await planned(order, firstDayOf), everybody),
  );
};
