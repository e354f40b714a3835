import { ApplicationFailure } from '@temporalio/common';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
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

  it('plans with the rule set and layer of the deployment’s own folder, as leadtime plan does', async () => {
    const own = await mkdtemp(path.join(tmpdir(), 'leadtime-own-'));
    await mkdir(path.join(own, 'layers'));
    const shipped = await readFile('config/rulesets/gp-england.yaml', 'utf8');
    const northern = shipped
      .replace('id: gp-england', 'id: gp-north')
      .replace('eps: { amount: 5,', 'eps: { amount: 7,');
    await writeFile(path.join(own, 'rules.yaml'), northern);
    const region = await readFile('config/rulesets/layers/example-region.yaml', 'utf8');
    const weald = region.replace('id: example-region', 'id: icb-weald').replace('over: gp-england', 'over: gp-north');
    await writeFile(path.join(own, 'layers', 'weald.yaml'), weald);
    vi.stubEnv('LEADTIME_RULE_SETS', own);
    try {
      const order = exampleOrder('plain', { ruleSet: 'gp-north', layers: ['icb-weald'] });
      const { plan } = await activities.planMigration({ order, asOf: order.orderedOn, migrationId });
      expect(plan).toMatchObject({ ruleSet: { id: 'gp-north' }, layers: [{ id: 'icb-weald', version: '1.0.0' }] });
      const dueOn = (id: string) => plan.milestones.find((each) => each.id === id)?.dueOn;
      // Seven weeks, and the region's eight, before Thu 28 Jan 2027.
      expect([dueOn('notify.eps'), dueOn('posters.main')]).toEqual(['2026-12-10', '2026-12-03']);
    } finally {
      vi.unstubAllEnvs();
      await rm(own, { recursive: true });
    }
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
