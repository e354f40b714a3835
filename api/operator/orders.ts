/** Looking at what an order would come to, without starting anything: its plan, how a date came about, the whole migration in virtual time. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { loadRules } from '../../config/loadRules.js';
import { planFromOrderText, type PlannedOrder } from '../../config/planFromText.js';
import { todayInLondon } from '../../config/today.js';
import { fileProblem } from '../../rules/files/fromProblems.js';
import { readYaml } from '../../rules/files/readYaml.js';
import { entriesOf, type RulesShown } from '../../rules/ruleset/entries.js';
import { instantOf } from '../../rules/calendar/clock.js';
import type { Day } from '../../rules/calendar/day.js';
import { daySchema } from '../../rules/calendar/daySchema.js';
import { startMigration } from '../../rules/migration/start.js';
import { orderSchema, type Order } from '../../rules/order/schema.js';
import { explainMilestone } from '../../rules/plan/explain.js';
import { judgeFeasibility } from '../../rules/plan/feasibility.js';
import { nobody } from '../../rules/rehearsal/actor.js';
import { diligent } from '../../rules/rehearsal/diligent.js';
import { firstDayOf } from '../../rules/rehearsal/firstDay.js';
import { rehearseMigration } from '../../rules/rehearsal/run.js';
import { summaryOf } from '../../rules/rehearsal/summary.js';
import { nearest } from '../../rules/text/nearest.js';
import { makeMigrationId } from '../../workflows/migration/ids.js';
import { explanationAnswer, packAnswer, planAnswer, rehearsalAnswer } from '../answers/orders.js';
import { rulesAnswer } from '../answers/reference.js';
import { packFiles } from '../pack/files.js';
import { textLine } from '../plainJson.js';
import { ApiProblem } from '../problem.js';
import { withKnownRules } from './knownRules.js';
import { MAX_ORDER_BYTES, startBody } from './requests.js';

const tags = ['orders'];

const orderBody = startBody.omit({ speed: true });
const rulesBody = orderBody.omit({ asOf: true });
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

/** @throws ApiProblem 400 with every problem, at its line */
async function rulesOf({ fileName, text }: z.infer<typeof rulesBody>): Promise<RulesShown> {
  const reading = readYaml(text, fileName, orderSchema);
  if (!reading.ok) throw errorsOf('order-unreadable', 'It names no rules that can be read.', reading.problems);
  const { rules, problems } = await withKnownRules(loadRules(reading.value));
  const errors = problems.map((each) => fileProblem(each, fileName, reading.locate));
  if (errors.length > 0) throw errorsOf('order-refused', 'Its rules cannot be used.', errors);
  return entriesOf(rules, reading.value);
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
  app.post(
    '/orders/pack',
    {
      ...options,
      schema: {
        summary: 'The kick-off pack: plan, contacts, agenda, posters, texts for patients, calendar file',
        tags,
        body: orderBody,
        response: { 200: packAnswer },
      },
    },
    async ({ body }) => {
      const order = await planned(body, today);
      return { wouldBeRefused: order.refusals.length > 0, asOf: order.asOf, files: packFiles(order) };
    },
  );
  app.post(
    '/orders/rules',
    {
      ...options,
      schema: {
        summary: 'The rules as they count for an order, with the layer that each value comes from',
        tags,
        body: rulesBody,
        response: { 200: rulesAnswer },
      },
    },
    async ({ body }) => rulesOf(body),
  );
  const summary = 'The whole migration in virtual time: every wake, mail, escalation and change';
  app.post(
    '/orders/rehearsal',
    { ...options, schema: { summary, tags, body: rehearsalBody, response: { 200: rehearsalAnswer } } },
    async ({ body: { everybody, ...order } }) => rehearsed(await planned(order, firstDayOf), everybody),
  );
};
