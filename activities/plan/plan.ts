import { ApplicationFailure } from '@temporalio/common';
import type { CalendarData } from '../../rules/calendar/data.js';
import type { Order } from '../../rules/order/schema.js';
import type { MigrationActivities, PlanInput } from '../../rules/migration/ports.js';
import { planMigration, withProblems, type PlannedMigration } from '../../rules/plan/planMigration.js';
import { refusals } from '../../rules/plan/refusal.js';
import type { Problem } from '../../rules/plan/types.js';
import type { EffectiveRules } from '../../rules/ruleset/effective.js';

export interface PlanDependencies {
  /** The rules that count for an order, with its layers. */
  loadRules: (order: Order) => Promise<{ rules: EffectiveRules; problems: Problem[] }>;
  loadCalendar: () => Promise<CalendarData>;
}

/** Type of the failure of an order that cannot be planned; its details are the problems. */
export const planRefusedType = 'PlanRefused';

function refused(migrationId: string, problems: readonly Problem[]): ApplicationFailure {
  // The problems may name people: they go into the details, which the codec encrypts; a message is stored as it is.
  return ApplicationFailure.create({
    message: `Migration ${migrationId} cannot start: ${problems.map(({ code }) => code).join(', ')}.`,
    type: planRefusedType,
    nonRetryable: true,
    details: [[...problems]],
  });
}

/** Makes the activity that plans a migration, so that the plan is recorded in its history. */
export function createPlanActivities({
  loadRules,
  loadCalendar,
}: PlanDependencies): Pick<MigrationActivities, 'planMigration'> {
  return {
    /** @throws ApplicationFailure `PlanRefused`, never retried, for errors and for risks that nobody has accepted */
    planMigration: async ({ order, asOf, migrationId }: PlanInput): Promise<PlannedMigration> => {
      const [{ rules, problems: found }, calendar] = await Promise.all([loadRules(order), loadCalendar()]);
      const planned = withProblems(planMigration(order, rules, calendar, asOf), found);
      const problems = refusals(planned.plan.problems, order);
      if (problems.length > 0) throw refused(migrationId, problems);
      return planned;
    },
  };
}
