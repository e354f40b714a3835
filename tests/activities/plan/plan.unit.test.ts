import { ApplicationFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { createPlanActivities } from '../../../activities/plan/plan.js';
import { loadCalendar } from '../../../config/loadCalendar.js';
import { loadRules } from '../../../config/loadRules.js';
import { exampleOrder, plannedExample } from '../../support/examples.js';

const migrationId = 'Z90001-20260914-k3v9qa';
const activities = createPlanActivities({ loadRules, loadCalendar });

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

  it('plans with the layers that the order names, and records which', async () => {
    const order = exampleOrder('plain', { layers: ['catalogue-solution-slas'] });
    const { plan } = await activities.planMigration({ order, asOf: order.orderedOn, migrationId });
    expect(plan.layers).toEqual([{ id: 'catalogue-solution-slas', version: '1.0.0' }]);
    expect(plan.milestones.map(({ id }) => id)).toContain('sla-process-review');
  });

  it('refuses an order that names a layer that is not there', async () => {
    const order = exampleOrder('plain', { layers: ['nowhere'] });
    const failure = await failureOf(activities.planMigration({ order, asOf: order.orderedOn, migrationId }));
    expect(failure.message).toContain('cannot start: unknown-layer');
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
