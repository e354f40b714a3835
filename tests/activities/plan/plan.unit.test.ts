import { ApplicationFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { createPlanActivities } from '../../../activities/plan/plan.js';
import { loadCalendar } from '../../../config/loadCalendar.js';
import { exampleOrder, plannedExample, shippedRuleSet } from '../../support/examples.js';

const migrationId = 'Z90001-20260914-k3v9qa';
const activities = createPlanActivities({ loadRuleSet: () => Promise.resolve(shippedRuleSet()), loadCalendar });

async function failureOf(planning: Promise<unknown>): Promise<ApplicationFailure> {
  const error: unknown = await planning.then(
    () => new Error('it was planned'),
    (reason: unknown) => reason,
  );
  if (error instanceof ApplicationFailure) return error;
  throw error;
}

/** As late as can be: the day before the Initial data production day. */
const tooLate = '2027-01-06';

describe('planMigration', () => {
  it('plans an order as the rules do', async () => {
    const order = exampleOrder('plain');
    const planned = await activities.planMigration({ order, asOf: order.orderedOn, migrationId });
    expect(planned).toEqual(plannedExample(order));
  });

  it('asks for the rule set that the order names', async () => {
    const asked: string[] = [];
    const loadRuleSet = (id: string) => {
      asked.push(id);
      return Promise.resolve(shippedRuleSet());
    };
    const order = exampleOrder('plain');
    await createPlanActivities({ loadRuleSet, loadCalendar }).planMigration({
      order,
      asOf: order.orderedOn,
      migrationId,
    });
    expect(asked).toEqual(['gp-england']);
  });

  it('refuses for good what cannot be started in time, and says each thing that is wrong', async () => {
    const failure = await failureOf(
      activities.planMigration({ order: exampleOrder('plain'), asOf: tooLate, migrationId }),
    );
    expect(failure).toMatchObject({ type: 'PlanRefused', nonRetryable: true });
    expect(failure.message).toContain(`Migration ${migrationId} cannot start: latest-start-passed`);
    expect(failure.details?.[0]).toEqual(
      expect.arrayContaining([expect.objectContaining({ severity: 'risk', code: 'latest-start-passed' })]),
    );
  });

  it('plans what is late when somebody has accepted the risk by name', async () => {
    const acceptRisk = { by: 'Ann Manager', reason: 'The supplier has agreed.' };
    const order = exampleOrder('plain', { acceptRisk });
    const { plan } = await activities.planMigration({ order, asOf: tooLate, migrationId });
    expect(plan.problems.map(({ code }) => code)).toContain('latest-start-passed');
  });

  it('never lets an acceptance cover an error', async () => {
    const acceptRisk = { by: 'Ann Manager', reason: 'Whatever.' };
    const order = exampleOrder('plain', { acceptRisk, parties: exampleOrder('plain').parties.slice(0, 1) });
    const failure = await failureOf(activities.planMigration({ order, asOf: order.orderedOn, migrationId }));
    expect(failure.message).toContain('supplier-count');
  });
});
