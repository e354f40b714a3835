import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { loadRules } from '../../config/loadRules.js';
import { decisionOutcomes } from '../../rules/migration/events.js';
import { explainMilestone, type ExplainedStep } from '../../rules/plan/explain.js';
import { isHandOver } from '../../rules/plan/planning.js';
import type { PlannedMilestone } from '../../rules/plan/types.js';
import { nearest } from '../../rules/text/nearest.js';
import type { PlanningAnswer } from '../../workflows/migration/messages.js';
import { explanationAnswer } from '../answers/explanation.js';
import { refusals } from '../answers/refusals.js';
import type { Migrations } from '../migrations.js';
import { answerOf, rejectionProblem } from '../outcomes.js';
import { milestoneParams, targetOf } from './requests.js';

type Answer = z.input<typeof explanationAnswer>;

const stepAnswer = (step: ExplainedStep): Answer['steps'][number] => ({ ...step, isHandOver: isHandOver(step) });

const NAMES_A_DAY: readonly (string | undefined)[] = ['formReturned', 'formReceived', 'scheduled'];

/** What can be said of it. */
function answersTo(milestone: PlannedMilestone, { state }: PlanningAnswer) {
  const { hop, kind, anchor, decides, waitsFor, advice = [] } = milestone;
  const { on } = state.plan.anchors[anchor];
  return {
    ...((hop !== undefined || kind === 'confirmation') && on !== undefined && { forDay: on }),
    namesDay: NAMES_A_DAY.includes(hop?.name),
    outcomes: decides === undefined ? [] : [...decisionOutcomes],
    canBeWaived: kind !== 'anchor' && kind !== 'confirmation',
    waitsFor,
    advice,
  };
}

/** @throws ApiProblem 404 where the migration has no such milestone */
async function explain(planning: PlanningAnswer, milestoneId: string): Promise<Answer> {
  const { plan } = planning.state;
  const milestone = plan.milestones.find(({ id }) => id === milestoneId);
  if (milestone === undefined) throw noMilestone(planning, milestoneId);
  const { rules } = await loadRules(planning.order);
  const { steps, openingSteps, ...explanation } = explainMilestone(plan, rules, milestone);
  return {
    ...explanation,
    steps: steps.map(stepAnswer),
    ...(openingSteps && { openingSteps: openingSteps.map(stepAnswer) }),
    ...answersTo(milestone, planning),
  };
}

const noMilestone = ({ state }: PlanningAnswer, milestoneId: string) =>
  rejectionProblem({
    type: 'UnknownMilestone',
    message: `There is no milestone "${milestoneId}".`,
    choices: nearest(
      milestoneId,
      state.plan.milestones.map(({ id }) => id),
    ),
  });

export interface ExplanationDependencies {
  migrations: Pick<Migrations, 'planning'>;
}

/** How the date of one milestone of a running migration came about, and what can be said of it. */
export const explanationRoutes =
  ({ migrations }: ExplanationDependencies): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/migrations/:id/milestones/:milestone/explanation',
      {
        schema: {
          summary: 'How the date of a milestone came about, day by day',
          tags: ['migrations'],
          params: milestoneParams,
          response: { 200: explanationAnswer, ...refusals(422) },
        },
      },
      async ({ params: { id, milestone } }) => explain(answerOf(await migrations.planning(targetOf(id))), milestone),
    );
  };
