import { ApplicationFailure } from '@temporalio/common';
import type { CalendarData } from '../../rules/calendar/data.js';
import type { MigrationActivities, PlanInput } from '../../rules/migration/ports.js';
import { planMigration, type PlannedMigration } from '../../rules/plan/planMigration.js';
import { refusals } from '../../rules/plan/refusal.js';
import type { Problem } from '../../rules/plan/types.js';
import type { RuleSet } from '../../rules/ruleset/schema.js';

export interface PlanDependencies {
  /** @param id the rule set that the order names */
  loadRuleSet: (id: string) => Promise<RuleSet>;
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
  loadRuleSet,
  loadCalendar,
}: PlanDependencies): Pick<MigrationActivities, 'planMigration'> {
  return {
    /** @throws ApplicationFailure `PlanRefused`, never retried, for errors and for risks that nobody has accepted */
    planMigration: async ({ order, asOf, migrationId }: PlanInput): Promise<PlannedMigration> => {
      const [ruleSet, calendar] = await Promise.all([loadRuleSet(order.ruleSet), loadCalendar()]);
      const planned = planMigration(order, ruleSet, calendar, asOf);
      const problems = refusals(planned.plan.problems, order);
      if (problems.length > 0) throw refused(migrationId, problems);
      return planned;
    },
  };
}
