import { describe, expect, it } from 'vitest';
import { armedOf, type Armed, type ArmedRung } from '../../../rules/migration/armed.js';
import { withContact } from '../../../rules/migration/contacts.js';
import type { MigrationState } from '../../../rules/migration/state.js';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { Story } from '../../support/story.js';

const containing = (part: string): unknown => expect.stringContaining(part);
const matching = (shape: RegExp): unknown => expect.stringMatching(shape);

const rich = (): Story => new Story(startedExample(exampleOrder('rich')));

const armedIn = ({ state, nowMs }: Story): Armed => armedOf(state, nowMs);

/** The story with another state of affairs. */
const given = (story: Story, change: (state: MigrationState) => MigrationState): Story => {
  story.state = change(story.state);
  return story;
};

const without =
  (target: string, contact: { name: string; email?: string; deputy?: { name: string; email: string } }) =>
  (state: MigrationState) => ({
    ...state,
    directory: withContact(state.directory, target, contact),
  });

const rungOf = ({ rungs }: Armed, milestoneId: string, rungId: string): ArmedRung | undefined =>
  rungs.find((each) => each.milestoneId === milestoneId && each.rungId === rungId);

describe('a migration as planned', () => {
  it('has a reader, a message and an instant for every rung that waits for nothing, by instant', () => {
    const { rungs, messages, findings } = armedIn(rich());
    expect(findings).toEqual([]);
    expect(rungs.length).toBeGreaterThan(500);
    expect(messages).toHaveLength(rungs.length);
    const instants = rungs.flatMap(({ atMs }) => atMs ?? []);
    expect(instants).toEqual(instants.toSorted((a, b) => a - b));
    expect(new Set(rungs.map(({ goesOut }) => goesOut))).toEqual(new Set(['at', 'afterStep']));
  });

  it('names what a rung waits for, and sends a supplier’s own system what it takes by webhook', () => {
    const armed = armedIn(rich());
    const asked = armed.rungs.find(
      ({ milestoneId, type }) => milestoneId.endsWith('docman.archive.1.asked') && type === 'deliver',
    );
    expect(asked).toMatchObject({
      goesOut: 'afterStep',
      waitsFor: containing('Let the CSU ask'),
      kind: 'request',
      reader: { wanted: 'docman.contact', by: 'webhook' },
    });
  });

  it('tells of nothing that has gone out, been overtaken or been done', () => {
    const story = rich().until('2027-03-01');
    const { rungs } = armedIn(story);
    for (const { milestoneId, rungId } of rungs) {
      expect(story.state.milestones[milestoneId]?.status ?? 'open').toBe('open');
      expect(story.state.milestones[milestoneId]?.rungs[rungId]).toBeUndefined();
    }
    expect(rungs.every(({ atMs = story.nowMs }) => atMs >= story.nowMs)).toBe(true);
  });

  it('is told what goes out next by the rung that goes out next', () => {
    const story = rich().until('2027-02-01');
    const [next] = armedIn(story).rungs;
    const before = story.sent.length;
    story.until(next?.on ?? '');
    const told = story.sent.slice(before).flatMap(({ message }) => message.settles);
    expect(told).toContainEqual(expect.objectContaining({ milestoneId: next?.milestoneId, rungId: next?.rungId }));
  });

  it('has nothing more to say once it is cancelled', () => {
    expect(armedIn(rich().cancel())).toEqual({ rungs: [], findings: [], messages: [] });
  });
});

describe('what waits', () => {
  it('for a date that nobody has confirmed says so', () => {
    const order = exampleOrder('rich');
    const on = order.anchors.finalDataProduction?.on ?? '';
    const anchors = { ...order.anchors, finalDataProduction: { on, status: 'provisional' as const } };
    const armed = armedIn(new Story(startedExample({ ...order, anchors })));
    const notice = armed.rungs.find(({ milestoneId, type }) => milestoneId === 'notify.eps' && type === 'deliver');
    expect(notice).toMatchObject({ goesOut: 'afterDate', waitsFor: matching(/^the confirmation of/) });
    expect(notice?.atMs).toBeUndefined();
  });

  it('rests while an operator has taken the slip on', () => {
    const story = rich().until('2027-03-10');
    const slipped = armedIn(story).rungs.find(
      ({ milestoneId, goesOut }) => goesOut === 'at' && story.state.milestones[milestoneId]?.slippedOn !== undefined,
    );
    const id = slipped?.milestoneId ?? '';
    expect(story.acknowledges(id)).toBeUndefined();
    const resting = armedIn(story).rungs.filter(({ milestoneId, type }) => milestoneId === id && type !== 'deliver');
    expect(resting.length).toBeGreaterThan(0);
    for (const { goesOut, waitsFor } of resting)
      expect([goesOut, waitsFor]).toEqual(['rests', 'Tom Ashdown, who has taken it on']);
    expect(armedIn(story).findings).toEqual([]);
  });
});

describe('a role without an address', () => {
  it('fails where nobody else can act on what is said: the operator on what the manager should hear', () => {
    const lost = armedIn(given(rich(), without('csuManager', { name: 'Helen Marsh' })));
    expect(lost.findings).toEqual([
      {
        severity: 'failed',
        what: matching(/^csuManager cannot be reached, .*: \d+ rungs will go to Tom Ashdown at Weald/),
        fix: containing('amend-contact ID csuManager'),
      },
    ]);
    const [rung] = lost.rungs.filter(({ to }) => to === 'csuManager');
    expect(rung?.reader).toMatchObject({ wanted: 'csuManager', key: 'csuOperator', by: 'other' });
  });

  it('is noted where somebody at the CSU reads it who can act', () => {
    const noManager = armedIn(given(rich(), without('alder.accountManager', { name: 'Rosa Lindqvist' })));
    expect(noManager.findings).toEqual([
      expect.objectContaining({ severity: 'note', what: containing('alder.accountManager') }),
    ]);
  });

  it('is nobody’s worry where its deputy reads it', () => {
    const deputy = { name: 'Grace Okoro', email: 'grace@csu.example' };
    const armed = armedIn(given(rich(), without('csuOperator', { name: 'Tom Ashdown', deputy })));
    expect(armed.findings).toEqual([]);
    expect(armed.rungs.find(({ to }) => to === 'csuOperator')?.reader).toMatchObject({
      by: 'deputy',
      name: 'Grace Okoro',
    });
  });
});

describe('a CSU without an address', () => {
  it('is read in its mailbox, which is noted', () => {
    const nobody = rich().state.directory.contacts;
    const story = given(rich(), without('csuOperator', { name: nobody.csuOperator.name }));
    const armed = armedIn(given(story, without('csuManager', { name: nobody.csuManager.name })));
    expect(armed.findings).toContainEqual(
      expect.objectContaining({ severity: 'note', what: containing('the mailbox of Weald') }),
    );
    expect(armed.rungs.find(({ to }) => to === 'csuOperator')?.reader).toMatchObject({ by: 'mailbox' });
  });
});

describe('a fault', () => {
  it('in what a migration would do by itself is found by running the rest of it', () => {
    const story = rich();
    // An instant that no wake comes for: outside of what the clock of the plan knows.
    const [first] = armedIn(story).rungs.filter(({ goesOut, type }) => goesOut === 'at' && type === 'reminder');
    const never = Number.POSITIVE_INFINITY;
    const broken = given(story, (state) => ({
      ...state,
      plan: {
        ...state.plan,
        milestones: state.plan.milestones.map((each) =>
          each.id === first?.milestoneId
            ? {
                ...each,
                ladder: each.ladder.map((rung) => (rung.id === first.rungId ? { ...rung, atMs: never } : rung)),
              }
            : each,
        ),
      },
    }));
    expect(armedIn(broken).findings).toEqual([
      expect.objectContaining({
        severity: 'failed',
        what: containing('would not go out'),
        milestoneId: first?.milestoneId,
      }),
    ]);
    expect(rungOf(armedIn(broken), first?.milestoneId ?? '', first?.rungId ?? '')).toBeDefined();
  });

  it('of a calendar that ends before a reminder is told with what to do', () => {
    const open = rich().state.plan.milestones[0]?.id ?? '';
    const problem = {
      severity: 'warning',
      code: 'reminder-outside-calendar',
      message: 'Three reminders lie after the calendar.',
      milestoneId: open,
    } as const;
    const armed = armedIn(given(rich(), (state) => ({ ...state, plan: { ...state.plan, problems: [problem] } })));
    expect(armed.findings).toEqual([
      { severity: 'failed', what: problem.message, fix: containing('calendar update'), milestoneId: open },
    ]);
  });
});
