import { describe, expect, it } from 'vitest';
import type { MigrationState } from '../../../rules/migration/state.js';
import type { PlannedMilestone, Rung } from '../../../rules/plan/types.js';
import { independentGroups } from '../../../rules/rehearsal/independent.js';
import { prove } from '../../../rules/rehearsal/prove.js';
import { exampleOrder, startedExample } from '../../support/examples.js';

const plain = startedExample(exampleOrder('plain'));
const rich = startedExample(exampleOrder('rich'));

/** The same migration with one milestone planned in another way. */
function withMilestone(
  start: MigrationState,
  id: string,
  change: (milestone: PlannedMilestone) => Partial<PlannedMilestone>,
): MigrationState {
  const milestones = start.plan.milestones.map((each) => (each.id === id ? { ...each, ...change(each) } : each));
  return { ...start, plan: { ...start.plan, milestones } };
}

/** A reminder a day before a formal mail. */
const dayBefore = ({ atMs = 0 }: Rung): Rung => ({
  id: 'before',
  type: 'reminder',
  to: 'csuOperator',
  atMs: atMs - 86_400_000,
});

describe('the proof of a plan', () => {
  it.each([
    ['plain', plain],
    ['rich', rich],
    ['mid-flight', startedExample(exampleOrder('mid-flight'), '2026-11-02')],
  ])('holds for %s: every rung goes out where it is needed, and none where everybody is early', (_name, start) => {
    const { proved, faults, coverage, early, total, nobody } = prove(start);
    expect({ faults, uncovered: coverage.uncovered, unavoidable: early.unavoidable }).toEqual({
      faults: [],
      uncovered: [],
      unavoidable: [],
    });
    expect(proved).toBe(true);
    expect(coverage.fired + coverage.excused.length).toBe(total);
    expect(nobody.fired + nobody.silent.length).toBe(total);
  });

  it('excuses, where nothing is done before the start, only what lay before it or shares its morning with another rung', () => {
    const { excused } = prove(rich).coverage;
    for (const { milestoneId, why, on } of excused.filter((each) => each.why !== 'beforeStart')) {
      const ladder = rich.plan.milestones.find(({ id }) => id === milestoneId)?.ladder ?? [];
      expect(why).toBe('overtaken');
      expect(ladder.filter((rung) => rung.on === on).map(({ type }) => type)).toContain('escalation');
    }
  });

  it('gives a reason for each rung that stays silent while nobody acts', () => {
    const { silent } = prove(plain).nobody;
    const whyOf = (milestoneId: string) => silent.find((each) => each.milestoneId === milestoneId);
    expect(whyOf('extract.initial.alder.core.1.formReturned')).toMatchObject({
      why: 'heldUp',
      because: 'extract.initial.alder.core.1.formAtPractice',
    });
    expect(whyOf('notify.eps')).toMatchObject({ why: 'served' });
  });

  it('holds for a date that nobody can confirm, and says what goes out all the same', () => {
    const order = exampleOrder('plain');
    const { goLive: _, ...anchors } = order.anchors;
    const { proved, early } = prove(startedExample({ ...order, anchors }));
    expect(proved).toBe(true);
    expect(early.unavoidable.map(({ milestoneId }) => milestoneId)).toContain('confirm.goLive');
  });

  it('holds for a late start: what lay before it is excused', () => {
    const { proved, coverage, early } = prove(startedExample(exampleOrder('plain'), '2026-12-01'));
    expect(proved).toBe(true);
    expect(coverage.excused.map(({ why }) => why)).toContain('beforeStart');
    expect(early.unavoidable.map(({ why }) => why)).toContain('its instant had come before anybody could act');
  });
});

describe('a plan that cannot be proved', () => {
  it('has a rung behind a step that never comes', () => {
    const broken = withMilestone(plain, 'posters.main', () => ({ waitsFor: ['old-system-read-only-ends'] }));
    const { proved, coverage } = prove(broken);
    expect(proved).toBe(false);
    expect(new Set(coverage.uncovered.map(({ milestoneId, why }) => `${milestoneId} ${why}`))).toEqual(
      new Set(['posters.main tooLate']),
    );
  });

  it('has a reminder that goes out before the mail that it reminds of', () => {
    const broken = withMilestone(plain, 'notify.eps', ({ ladder }) => ({
      ladder: ladder.flatMap((rung) => (rung.type === 'deliver' ? [dayBefore(rung), rung] : [rung])),
    }));
    const { proved, faults } = prove(broken);
    expect(proved).toBe(false);
    expect(faults).toMatchObject([{ run: 'early', milestoneId: 'notify.eps', rungId: 'before' }]);
  });
});

describe('milestones that can be late together', () => {
  it('never wait for each other, and leave none out', () => {
    const groups = independentGroups(rich);
    const waits = new Map(rich.plan.milestones.map(({ id, waitsFor }) => [id, waitsFor]));
    for (const group of groups)
      for (const id of group) expect(group.filter((other) => waits.get(id)?.includes(other))).toEqual([]);
    expect(groups.flat().toSorted()).toEqual(rich.plan.milestones.map(({ id }) => id).toSorted());
  });
});
