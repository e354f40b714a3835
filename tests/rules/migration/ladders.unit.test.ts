import { describe, expect, it } from 'vitest';
import type { PlannedMilestone, Rung } from '../../../rules/plan/types.js';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { Story } from '../../support/story.js';

const examples = [
  ['plain', '2026-10-20'],
  ['rich', '2027-01-11'],
  ['mid-flight', '2026-11-02'],
] as const;

const storyOf = (name: string, asOf: string): Story => new Story(startedExample(exampleOrder(name), asOf));

const rungName = (milestone: string, rung: string): string => `${milestone}/${rung}`;

/** Why a rung of a plan may never go out; undefined where nothing explains it. */
function whyNot(story: Story, milestone: PlannedMilestone, rung: Rung): string | undefined {
  const { status, settledOn = '', rungs } = story.milestone(milestone.id);
  if (rungs[rung.id] === 'superseded') return isOvertaken(story, milestone, rung) ? 'overtaken' : undefined;
  const { asOf } = story.state.plan;
  const earliest = rung.on !== undefined && rung.on < asOf ? asOf : (rung.on ?? '9999');
  if (status !== 'open' && settledOn <= earliest) return 'settled first';
  if (milestone.kind === 'period' && (rung.on ?? '') > (milestone.dueOn ?? '')) return 'the period is over';
  const isHeldUp = milestone.waitsFor.some((id) => story.milestone(id).status === 'open');
  const isForCsu = rung.type === 'escalation' && (rung.to === 'csuOperator' || rung.to === 'csuManager');
  return isHeldUp && !isForCsu ? 'waits for an open hop' : undefined;
}

/** A later reminder, or an escalation, of the same milestone went out at an instant at which this one was still due. */
function isOvertaken(story: Story, milestone: PlannedMilestone, rung: Rung): boolean {
  return milestone.ladder.some((other) => {
    const isEscalated = other.type === 'escalation' && other.atMs === rung.atMs;
    const isLater = isEscalated || (other.atMs ?? 0) > (rung.atMs ?? 0);
    const sent = story.sent.find(({ message }) =>
      message.settles.some(({ milestoneId, rungId }) => milestoneId === milestone.id && rungId === other.id),
    );
    return isLater && sent !== undefined && sent.atMs >= (rung.atMs ?? 0);
  });
}

describe.each(examples)('%s, when nobody acts', (name, asOf) => {
  const story = storyOf(name, asOf).toTheEnd();
  const settled = story.sent.flatMap(({ message }) => message.settles);

  it('sends no rung twice', () => {
    const names = settled.map(({ milestoneId, rungId }) => rungName(milestoneId, rungId));
    expect(new Set(names).size).toBe(names.length);
  });

  it('sends every rung of every ladder, or has a reason not to', () => {
    const sent = new Set(settled.map(({ milestoneId, rungId }) => rungName(milestoneId, rungId)));
    const unexplained = story.state.plan.milestones.flatMap((milestone) =>
      milestone.ladder
        .filter((rung) => !sent.has(rungName(milestone.id, rung.id)) && whyNot(story, milestone, rung) === undefined)
        .map((rung) => rungName(milestone.id, rung.id)),
    );
    expect(unexplained).toEqual([]);
    expect(sent.size).toBeGreaterThan(80);
  });

  it('sends each rung on its own day, unless the start was later', () => {
    for (const { message, on } of story.sent)
      for (const { milestoneId, rungId } of message.settles) {
        const milestone = story.state.plan.milestones.find(({ id }) => id === milestoneId);
        const day = milestone?.ladder.find(({ id }) => id === rungId)?.on ?? on;
        expect(on, rungName(milestoneId, rungId)).toBe(day < asOf ? asOf : day);
      }
  });

  it('escalates everything that has slipped to somebody at the CSU or above', () => {
    const owed = ['request', 'task', 'notice', 'contact', 'window', 'followUp'];
    const slipped = story.state.plan.milestones.filter(
      ({ id, kind }) => owed.includes(kind) && story.milestone(id).slippedOn !== undefined,
    );
    expect(slipped.length).toBeGreaterThan(20);
    const unheard = slipped.filter(
      ({ id }) =>
        !story
          .mails({ about: id })
          .some(({ message: { kind, to } }) => to.role === 'csuOperator' && ['escalation', 'callTask'].includes(kind)),
    );
    expect(unheard.map(({ id }) => id)).toEqual([]);
  });
});

describe.each(examples)('%s, when everybody is early', (name, asOf) => {
  it('escalates nothing', () => {
    const story = storyOf(name, asOf);
    const { milestones, anchors } = story.state.plan;
    const isForPeople = ({ id, kind }: PlannedMilestone): boolean =>
      kind !== 'expiry' && kind !== 'anchor' && !((kind === 'notice' || kind === 'contact') && byMail(story, id));
    // Permission first: it sends the requests.
    for (const { id, hop, anchor, decides } of milestones.filter(isForPeople)) {
      const { on } = anchors[anchor];
      if (story.milestone(id).status !== 'open') continue;
      const said = { ...(hop && on && { forDate: on }), ...(decides && { outcome: 'needed' as const }) };
      expect(story.done(id, said), id).toBeUndefined();
    }
    expect(story.done('anchor.goLive')).toBeUndefined();
    story.toTheEnd();
    expect(story.told({ kind: 'escalation' })).toEqual([]);
    expect(story.told({ kind: 'notice' }).length).toBeGreaterThan(1);
    expect(story.finished).toBe(true);
  });
});

function byMail(story: Story, id: string): boolean {
  const { partyId } = story.state.plan.milestones.find((each) => each.id === id) ?? {};
  const channel = story.state.directory.parties.find((party) => party.id === partyId)?.channel;
  return channel === 'email' || channel === 'webhook';
}
